#include "formats/nginx/nginx.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "formats/tree_entries/values.h"

namespace tfcheck {

namespace {

constexpr size_t deepest_block = 100;
constexpr size_t most_directives = 20'000;
constexpr size_t most_words = 500;
constexpr size_t longest_name = 500;

constexpr std::string_view patterns[] = {"nginx.conf",
                                         "nginx*.conf",
                                         "*.nginx",
                                         "*.nginx.conf",
                                         "*nginx.conf.*",
                                         "**/nginx/**.conf",
                                         "conf.d/*.conf",
                                         "conf.d/*.conf.template",
                                         "**/conf.d/*.conf",
                                         "sites-available/*",
                                         "sites-enabled/*",
                                         "**/sites-available/*",
                                         "**/sites-enabled/*",
                                         "*.conf.template",
                                         "*.conf.erb",
                                         "*.conf.j2",
                                         "*.conf"};

struct Word {
  std::string text;
  Span span;
};

enum class Stop : uint8_t { End, Semicolon, Open, Close };

// Reads words up to what ends a directive.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Stop read(std::vector<Word>& words) {
    words.clear();
    while (true) {
      skip_blanks();
      if (at_ >= text_.size()) return Stop::End;
      char c = text_[at_];
      if (c == ';' || c == '}' || (c == '{' && !starts_template())) {
        ++at_;
        return c == ';' ? Stop::Semicolon : c == '{' ? Stop::Open : Stop::Close;
      }
      Word read = word();
      if (words.size() < most_words) words.push_back(std::move(read));
    }
  }

 private:
  bool starts_template() const {
    std::string_view rest = text_.substr(at_, 2);
    return rest == "{{" || rest == "{%";
  }

  // Blanks, comments, and the control lines of template languages.
  void skip_blanks() {
    while (at_ < text_.size()) {
      std::string_view rest = text_.substr(at_);
      if (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n' || rest[0] == '\r') {
        ++at_;
      } else if (rest[0] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("{%")) {
        skip_to("%}");
      } else if (rest.starts_with("{#")) {
        skip_to("#}");
      } else if (rest.starts_with("<%") && !rest.starts_with("<%=")) {
        skip_to("%>");
      } else {
        return;
      }
    }
  }

  void skip_to(std::string_view close) {
    size_t end = text_.find(close, at_);
    at_ = end == std::string_view::npos ? text_.size() : end + close.size();
  }

  Word word() {
    size_t begin = at_;
    Word out;
    char c = text_[at_];
    if (c == '"' || c == '\'') {
      quoted(c, out.text);
    } else {
      bare(out.text);
    }
    out.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)};
    return out;
  }

  void quoted(char quote, std::string& out) {
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
      bool escaped =
          text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == quote || text_[at_ + 1] == '\\');
      if (escaped) ++at_;
      out += text_[at_];
    }
    if (at_ < text_.size()) ++at_;
  }

  // A bare word runs to a blank, `;` or a brace; ${x}, {{ x }} and <%= x %> are part of it.
  void bare(std::string& out) {
    size_t begin = at_;
    while (at_ < text_.size()) {
      std::string_view rest = text_.substr(at_, 2);
      if (rest == "${") {
        skip_to("}");
      } else if (rest == "{{") {
        skip_to("}}");
      } else if (rest == "<%") {
        skip_to("%>");
      } else if (rest[0] == '\\' && rest.size() > 1) {
        at_ += 2;
      } else if (std::string_view(" \t\r\n;{}").find(rest[0]) != std::string_view::npos) {
        break;
      } else {
        ++at_;
      }
    }
    out = text_.substr(begin, at_ - begin);
  }

  std::string_view text_;
  size_t at_ = 0;
};

bool is_lua_or_script(std::string_view name) {
  return name.ends_with("_by_lua_block") || name == "js_block";
}

class Reader {
 public:
  Reader(std::string_view text, FileFacts& facts) : scanner_(text), facts_(facts) {}

  void run() {
    std::vector<Word> words;
    while (facts_.facts().size() < most_directives && !facts_.full()) {
      switch (scanner_.read(words)) {
        case Stop::End:
          return;
        case Stop::Semicolon:
          directive(words);
          break;
        case Stop::Open:
          open(words);
          break;
        case Stop::Close:
          close();
          break;
      }
    }
    facts_.lose(Unread::TooManyFacts, "more than 20,000 directives; the rest is left out");
  }

 private:
  void open(const std::vector<Word>& words) {
    if (ends_.size() >= deepest_block) {
      ++beyond_;
      return;
    }
    std::string_view name = words.empty() ? std::string_view("_") : std::string_view(words[0].text);
    auto length = path_.size();
    append(name);
    opaque_.push_back((!opaque_.empty() && opaque_.back()) || is_lua_or_script(name));
    if (words.size() > 1) {
      bool named = name == "upstream";
      if (named)
        append(words[1].text);
      else
        add(path_, std::string_view(path_).substr(0, length), words, 1);
    }
    ends_.push_back(length);
    blocks_.push_back(++opened_);
  }

  void close() {
    if (beyond_ > 0) {
      --beyond_;
      return;
    }
    if (ends_.empty()) return;
    path_.resize(ends_.back());
    ends_.pop_back();
    opaque_.pop_back();
    blocks_.pop_back();
  }

  void append(std::string_view segment) {
    if (!path_.empty()) path_ += '.';
    path_ += segment.substr(0, longest_name);
  }

  void directive(const std::vector<Word>& words) {
    if (words.empty() || beyond_ > 0 || (!opaque_.empty() && opaque_.back())) return;
    auto length = path_.size();
    append(words[0].text);
    add(path_, std::string_view(path_).substr(0, length), words, 1);
    path_.resize(length);
  }

  void add(std::string_view path, std::string_view scope, const std::vector<Word>& words, size_t first) {
    Span span{words[0].span.begin, words.back().span.end};
    Value value = facts_.value(ValueKind::Bool, "true", span);
    if (words.size() > first) {
      std::string text;
      for (size_t i = first; i < words.size(); ++i) {
        if (i > first) text += ' ';
        text += words[i].text;
      }
      // $host and its like are variables of nginx, not of the environment; ${NAME} is envsubst's.
      value = text.find("${") != std::string::npos || text.find("{{") != std::string::npos ||
                      text.find("<%") != std::string::npos
                  ? text_value(facts_, text, span, Expansion::Braces)
                  : facts_.string(text, span);
    }
    Context context;
    context.scope = scope;
    context.index = blocks_.empty() ? 0 : blocks_.back();
    facts_.add(FactKind::Entry, path, span, value, {}, context);
  }

  Scanner scanner_;
  FileFacts& facts_;
  std::string path_;
  std::vector<size_t> ends_;      // length of the path outside of each open block
  std::vector<uint32_t> blocks_;  // number of each open block: siblings share Context.index
  uint32_t opened_ = 0;
  std::vector<bool> opaque_;  // inside a block of another language
  size_t beyond_ = 0;         // open blocks below the depth limit
};

bool is_nginx_path(std::string_view path) {
  std::string_view base = base_name(path);
  return base == "nginx.conf" || base.ends_with(".nginx") || base.ends_with(".nginx.conf");
}

void extract(const SourceFile& file, FileFacts& facts) {
  if (!is_nginx_path(file.path) && !looks_like_nginx(file.text)) return facts.set_format("conf");
  facts.set_format("nginx");
  Reader(file.text, facts).run();
}

}  // namespace

bool looks_like_nginx(std::string_view text) {
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = trim(text.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty() || line[0] == '#') continue;
    size_t stop = line.find_first_of(" \t{;");
    std::string_view first = line.substr(0, stop);
    bool block = line.find('{') != std::string_view::npos;
    std::string_view rest = stop == std::string_view::npos ? std::string_view{} : trim(line.substr(stop));
    if ((first == "server" || first == "events" || first == "http") && (rest.empty() || rest[0] == '{')) return true;
    if ((first == "upstream" || first == "location") && block) return true;
    bool closed = line.find(';') != std::string_view::npos;
    if (closed &&
        (first == "proxy_pass" || first == "fastcgi_pass" || first == "proxy_set_header" || first == "uwsgi_pass")) {
      return true;
    }
  }
  return false;
}

const Adapter& nginx_adapter() {
  static constexpr Format formats[] = {{.name = "nginx", .example = "nginx.conf", .tells = tells::Address},
                                       {.name = "conf", .example = "app.conf"}};
  static constexpr Adapter adapter{
      .name = "nginx", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
