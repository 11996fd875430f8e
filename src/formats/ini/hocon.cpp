#include "formats/ini/hocon.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr size_t deepest = 100;
constexpr size_t longest_path = 300;
constexpr size_t most_variables = 8;  // that replace one value
constexpr Escapes escapes{.letters = "nrtbf", .meanings = "\n\r\t\b\f", .hex = escape_hex::U};

// An object or a list that is open.
struct Level {
  size_t length = 0;  // of the path around it
  bool list = false;
  uint32_t element = 0;
};

// What was said last of a name, and how many variables may replace it.
struct Latest {
  size_t fact = 0;
  size_t variables = 0;
};

// A value as its parts are put together: quoted texts, references and what stands bare.
struct Joined {
  std::string text;
  std::vector<Arg> reads;
  size_t parts = 0;
  bool quoted = false;  // a part is
  Value only;           // of a single reference
  Span span;
};

class HoconReader {
 public:
  HoconReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts) {}

  void read() {
    for (skip_space(); at_ < text_.size() && !facts_.full(); skip_space()) step();
    if (too_deep_) facts_.lose(Unread::TooDeep, "nested too deeply; what lies below is left out");
  }

 private:
  bool ahead(std::string_view mark) const { return text_.substr(at_, mark.size()) == mark; }
  bool at_comment() const { return text_[at_] == '#' || ahead("//"); }

  void skip_space() {
    while (at_ < text_.size()) {
      if (at_comment())
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if (std::string_view(" \t\r\n,").find(text_[at_]) != none)
        ++at_;
      else
        return;
    }
  }

  void step() {
    char c = text_[at_];
    if (c == '}' || c == ']') return close();
    bool in_list = !levels_.empty() && levels_.back().list;
    if (in_list) return value(std::to_string(levels_.back().element++));
    if (c == '{') return open({}, false);
    std::string key = read_key();
    if (at_ == text_.size()) return;
    c = text_[at_];
    if (c == '{') return open(key, false);
    if (c != '=' && c != ':') return void(at_ += c == '\n' ? 1 : 0);  // include "x"
    at_ += ahead("=>") ? 2 : 1;                                       // as Logstash writes it
    at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    value(key);
  }

  // Up to what gives it a value; the dots of a key in quotes are its own, and its quotes are left out.
  std::string read_key() {
    std::string key;
    while (at_ < text_.size() && std::string_view("={:}\n").find(text_[at_]) == none && !at_comment()) {
      if (text_[at_] == '"') {
        size_t close = closing_quote(text_, at_, QuoteEscapes::Backslash, longest_path);
        if (close == none) return at_ = std::min(text_.find('\n', at_), text_.size()), std::string();
        key += text_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
      } else {
        if (text_[at_] != '+' && key.size() < longest_path) key += text_[at_];
        ++at_;
      }
    }
    if (at_ < text_.size() && at_comment()) at_ = std::min(text_.find('\n', at_), text_.size());
    return std::string(trim(key));
  }

  void open(std::string_view key, bool list) {
    ++at_;
    too_deep_ = too_deep_ || levels_.size() >= deepest;
    levels_.push_back({path_.size(), list, 0});
    if (levels_.size() < deepest && path_.size() < longest_path && !key.empty())
      path_.append(path_.empty() ? "" : ".").append(key.substr(0, longest_path));
  }

  void close() {
    ++at_;
    if (levels_.empty()) return;
    path_.resize(levels_.back().length);
    levels_.pop_back();
  }

  void value(const std::string& key) {
    if (at_ == text_.size()) return;
    if (text_[at_] == '{') return open(key, false);
    if (text_[at_] == '[') return open(key, true);
    Joined joined = read_joined();
    // ${base} { … }: what it is made from and what is its own.
    if (at_ < text_.size() && text_[at_] == '{') return open(key, false);
    if (at_ < text_.size() && text_[at_] == '[' && joined.parts > 0) return open(key, true);
    if (joined.parts > 0 && !key.empty() && !too_deep_) add(key, joined);
  }

  Joined read_joined() {
    Joined joined;
    joined.span.begin = static_cast<uint32_t>(at_);
    while (at_ < text_.size() && std::string_view("\n,}]{[").find(text_[at_]) == none && !at_comment()) {
      if (ahead("\"\"\""))
        take_lines(joined);
      else if (text_[at_] == '"')
        take_quoted(joined);
      else if (ahead("${"))
        take_reference(joined);
      else
        take_bare(joined);
    }
    return joined;
  }

  void take(Joined& joined, std::string_view text, size_t begin, size_t end) {
    if (joined.parts++ == 0) joined.span.begin = static_cast<uint32_t>(begin);
    joined.span.end = static_cast<uint32_t>(end);
    joined.text += text;
    joined.only = {};
  }

  void take_lines(Joined& joined) {
    size_t close = std::min(text_.find("\"\"\"", at_ + 3), text_.size());
    take(joined, text_.substr(at_ + 3, close - at_ - 3), at_ + 3, close);
    joined.quoted = true;
    at_ = std::min(close + 3, text_.size());
  }

  void take_quoted(Joined& joined) {
    size_t line = std::min(text_.find('\n', at_), text_.size());
    size_t close = closing_quote(text_.substr(0, line), at_, QuoteEscapes::Backslash);
    close = std::min(close, line);
    take(joined, unescape(text_.substr(at_ + 1, close - at_ - 1), escapes), at_ + 1, close);
    joined.quoted = true;
    at_ = std::min(close + 1, line);
  }

  // ${X}, and ${?X}, which may be missing. Names in capitals are variables of the environment.
  void take_reference(Joined& joined) {
    size_t close = text_.substr(0, std::min(at_ + longest_path, text_.size())).find('}', at_);
    if (close == none) return void(at_ = std::min(text_.find('\n', at_), text_.size()));
    size_t begin = at_ + (ahead("${?") ? 3 : 2);
    std::string_view name = trim(text_.substr(begin, close - begin));
    Span span{static_cast<uint32_t>(at_), static_cast<uint32_t>(close + 1)};
    Value read = facts_.value(env_like(name) ? ValueKind::Env : ValueKind::Name, name, span);
    take(joined, "${" + std::string(name) + "}", at_, close + 1);
    if (read.is(ValueKind::Env)) joined.reads.push_back({{}, read});
    joined.only = read;
    at_ = close + 1;
  }

  void take_bare(Joined& joined) {
    size_t end = at_;
    while (end < text_.size() && std::string_view("\n,}]{[\"#$").find(text_[end]) == none &&
           text_.substr(end, 2) != "//")
      ++end;
    if (end == at_) ++end;  // a dollar
    std::string_view bare = text_.substr(at_, end - at_);
    std::string_view trimmed = trim(bare);
    if (!trimmed.empty()) {
      // Blanks count between two parts only.
      if (joined.parts > 0 && bare.front() != trimmed.front()) joined.text += ' ';
      size_t begin = static_cast<size_t>(trimmed.data() - text_.data());
      take(joined, trimmed, begin, begin + trimmed.size());
    }
    at_ = end;
  }

  Value value_of(const Joined& joined) {
    if (joined.parts == 1 && joined.only) return joined.only;
    bool refers = joined.text.find("${") != std::string::npos;
    if (refers && joined.parts > 1)
      return facts_.with_items(ValueKind::Template, joined.text, joined.reads, joined.span);
    uint32_t syntax = joined.quoted || joined.parts > 1 ? scalar::Text | scalar::Verbatim : uint32_t{scalar::YesNo};
    return read_scalar(facts_, joined.text, joined.span, syntax);
  }

  void add(const std::string& key, const Joined& joined) {
    std::string name = path_.empty() ? key : path_ + "." + key;
    Value value = value_of(joined);
    auto [before, fresh] = last_.try_emplace(name);
    if (!fresh && value.is(ValueKind::Env)) {
      if (++before->second.variables > most_variables) return;
      Value& known = facts_.facts()[before->second.fact].value;
      Arg item{{}, known};
      known = facts_.with_items(ValueKind::Env, value.text, {&item, 1}, known.span);
      return;
    }
    before->second = {facts_.facts().size(), 0};
    Context context;
    size_t dot = name.rfind('.');
    if (dot != std::string::npos) context.scope = std::string_view(name).substr(0, dot);
    facts_.add(FactKind::Entry, name, joined.span, value, {}, context);
  }

  std::string_view text_;
  FileFacts& facts_;
  size_t at_ = 0;
  std::string path_;
  std::vector<Level> levels_;
  std::unordered_map<std::string, Latest> last_;  // by name
  bool too_deep_ = false;
};

}  // namespace

bool looks_like_hocon(const SourceFile& file) {
  std::string_view name = base_name(file.path);
  bool called = name.ends_with(".hocon") || name == "reference.conf" ||
                (name.starts_with("application") && name.ends_with(".conf"));
  return called || file.text.find("${?") != none;
}

void read_hocon(const SourceFile& file, FileFacts& facts) {
  HoconReader(file.text, facts).read();
}

}  // namespace tfcheck
