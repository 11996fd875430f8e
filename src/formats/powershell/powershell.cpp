#include "formats/powershell/powershell.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"
#include "base/words.h"
#include "formats/powershell/powershell_text.h"
#include "formats/shared/commands.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr size_t most_words = 200;

// Words of the language behind which a statement begins or goes on.
constexpr Words keywords = {"if",    "elseif", "else",    "foreach", "for",   "while", "do",      "until", "switch",
                            "try",   "catch",  "finally", "return",  "param", "begin", "process", "end",   "function",
                            "class", "throw",  "exit",    "break",   "in",    "trap",  "continue"};
// Commands that write a text down or look something up; nothing runs.
constexpr Words silent = {"echo", "write-*", "cd", "set-location", "import-module", "using"};

bool is_silent(std::string_view name) {
  return std::any_of(silent.begin(), silent.end(), [&](std::string_view one) {
    return one.ends_with('*') ? name.starts_with(one.substr(0, one.size() - 1)) : name == one;
  });
}

bool is_name(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

class ScriptReader {
 public:
  ScriptReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts) {}

  void read() {
    while (at_ < text_.size()) step();
  }

 private:
  void step() {
    char c = text_[at_];
    if (c == '#' || (c == '<' && ahead("<#"))) return void(at_ = behind_comment(text_, at_));
    if (size_t end = behind_string(text_, at_); end != at_) return ends_start(end);
    if (c == '\n' || c == ';' || c == '{' || c == '}' || c == '(' || c == ',' || c == '|') ++index_;
    if (std::string_view("\n;{}(,|&").find(c) != none) return begins(at_ + 1);
    if (c == ' ' || c == '\t' || c == '\r' || c == '@') return void(++at_);
    if (c == '`') return void(at_ += 2);
    if (!starts_) return void(++at_);
    if (c == '[') return take_type();
    if (c == '$') return take_variable();
    if (is_letter(c) || c == '.' || c == '/') return take_word();
    ends_start(at_ + 1);
  }

  bool ahead(std::string_view mark) const { return text_.substr(at_, mark.size()) == mark; }
  void begins(size_t at) { at_ = at, starts_ = true; }
  void ends_start(size_t at) { at_ = at, starts_ = false; }

  size_t behind_blanks(size_t at) const { return std::min(text_.find_first_not_of(" \t", at), text_.size()); }

  // `[string]$x`, `[Parameter(Mandatory = $true)]`, `[Environment]::SetEnvironmentVariable("X", "y", "Machine")`.
  void take_type() {
    constexpr size_t longest = 300;
    std::string_view head = text_.substr(at_, longest);
    size_t depth = 0, end = 0;
    for (; end < head.size(); ++end) {
      depth += head[end] == '[' ? 1 : 0;
      depth -= head[end] == ']' ? 1 : 0;
      if (depth == 0 || head[end] == '\n') break;
    }
    at_ = std::min(at_ + end + 1, text_.size());
    constexpr std::string_view setter = "::SetEnvironmentVariable(";
    if (!iequals(text_.substr(at_, setter.size()), setter)) return;
    at_ += setter.size();
    Text name = read_text(text_, behind_blanks(at_));
    size_t comma = behind_blanks(name.end);
    if (!name.is_text || comma == text_.size() || text_[comma] != ',') return;
    assign(plain_name(name.written), name.span, behind_blanks(comma + 1), "SetEnvironmentVariable");
  }

  static std::string_view plain_name(std::string_view written) {
    return written.size() > 2 ? written.substr(1, written.size() - 2) : std::string_view{};
  }

  // `$env:X = …`, `$script:x = …`, `$this.Password = …`
  void take_variable() {
    size_t begin = at_;
    size_t end = behind_variable(text_, begin);
    while (end < text_.size() && text_[end] == '.' && end + 1 < text_.size() && is_name(text_[end + 1])) {
      ++end;
      while (end < text_.size() && is_name(text_[end])) ++end;
    }
    std::string_view name = variable_name(text_.substr(begin, end - begin));
    Span span{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    size_t sign = behind_blanks(end);
    if (!is_assignment(sign)) return ends_start(end);
    bool environment = is_environment(text_.substr(begin, end - begin));
    assign(name, span, behind_blanks(sign + 1), environment ? "env" : "");
  }

  bool is_assignment(size_t at) const { return at < text_.size() && text_[at] == '=' && text_.substr(at, 2) != "=="; }

  // The value of one assignment; what follows it is read as usual.
  void assign(std::string_view name, Span place, size_t at, std::string_view by) {
    ends_start(at);
    if (name.empty()) return;
    Value value = read_value(at);
    if (!value) return begins(at);  // a block, a command
    Context context;
    context.index = index_;
    std::vector<Arg> args;
    if (!by.empty()) args.push_back({"by", facts_.string(by, {})});
    facts_.add(FactKind::Assign, name, {place.begin, std::max(place.end, value.span.end)}, value, args, context);
    at_ = std::max<size_t>(at_, std::min<size_t>(value.span.end, text_.size()));
  }

  // A literal, a variable, or a text that a command only wraps; Absent for anything else.
  Value read_value(size_t at) {
    constexpr std::string_view wrapper = "ConvertTo-SecureString";
    if (iequals(text_.substr(at, wrapper.size()), wrapper)) {
      at = behind_blanks(at + wrapper.size());
      constexpr std::string_view option = "-String";
      if (iequals(text_.substr(at, option.size()), option)) at = behind_blanks(at + option.size());
    }
    Text text = read_text(text_, at);
    size_t next = behind_blanks(text.end);
    char behind = next < text_.size() ? text_[next] : '\n';
    // A text that goes on is what nobody knows: "a" + $b, "a" -replace "b".
    bool ends = std::string_view("\r\n;,)}#").find(behind) != none || text_.substr(next, 2) == "-A" ||
                text_.substr(next, 2) == "-a";
    bool has_default = text_.substr(next, 2) == "??";
    if (!text.is_text || (!ends && !has_default)) return {};
    Value value = evaluate(facts_, text);
    if (!has_default || !value.is(ValueKind::Env)) return value;
    Text fallback = read_text(text_, behind_blanks(next + 2));
    if (!fallback.is_text) return value;
    Arg item{{}, evaluate(facts_, fallback)};
    return facts_.with_items(ValueKind::Env, value.text, {&item, 1},
                             {value.span.begin, static_cast<uint32_t>(fallback.end)});
  }

  // A key of a map, a keyword, or a command.
  void take_word() {
    size_t end = std::min(text_.find_first_of(" \t\r\n;{}(),|=&\"'$", at_), text_.size());
    std::string_view word = text_.substr(at_, end - at_);
    size_t sign = behind_blanks(end);
    if (is_assignment(sign))
      return assign(word, {static_cast<uint32_t>(at_), static_cast<uint32_t>(end)}, behind_blanks(sign + 1), "");
    std::string name = lower(word);
    if (keywords.contains(name)) return begins(end);
    // `name(…)` calls a method or declares a function, `key:` is none of ours.
    bool is_command = end == text_.size() || std::string_view(" \t\r\n;|})").find(text_[end]) != none;
    if (!is_command || is_silent(name)) return ends_start(std::max(end, at_ + 1));
    take_command();
  }

  void take_command() {
    std::vector<Arg> words;
    size_t begin = at_;
    while (at_ < text_.size() && words.size() < most_words) {
      at_ = std::min(text_.find_first_not_of(" \t,", at_), text_.size());
      if (text_.substr(at_, 2) == "`\n" || text_.substr(at_, 3) == "`\r\n") {
        at_ += text_[at_ + 1] == '\n' ? 2 : 3;
        continue;
      }
      if (at_ == text_.size() || std::string_view("\r\n;|&{}()#").find(text_[at_]) != none) break;
      Text word = read_text(text_, at_);
      if (word.end == at_) break;
      words.push_back({{}, evaluate(facts_, word)});
      if (words.size() == 1) words[0].value.text = facts_.keep(windows_program(words[0].value.text));
      at_ = word.end;
    }
    if (at_ == begin) return ends_start(at_ + 1);
    starts_ = false;
    if (words.empty()) return;
    uint32_t flags = 0;
    Span span{static_cast<uint32_t>(begin), words.back().value.span.end};
    if (is_starter(words[0].value.text)) take_start(words, flags);
    if (!words.empty()) add_command_words(facts_, words, {span, {}, index_, flags}, CommandRole::Other);
  }

  static bool is_starter(std::string_view name) { return iequals(name, "Start-Process") || iequals(name, "saps"); }

  // Start-Process [-FilePath] program [-ArgumentList] words … [-Wait]. One that opens a window has somebody in front of
  // it.
  void take_start(std::vector<Arg>& words, uint32_t& flags) {
    Value starter = words[0].value;
    std::vector<Arg> kept;
    bool waits = false, unseen = false;
    for (size_t i = 1; i < words.size(); ++i) {
      const Value& word = words[i].value;
      std::string option = word.span.begin < text_.size() && text_[word.span.begin] == '-' ? lower(word.text) : "";
      waits |= option == "-wait";
      unseen |= option == "-nonewwindow";
      if (option.empty()) kept.push_back(words[i]);
      bool has_value = option == "-workingdirectory" || option == "-windowstyle" || option.starts_with("-redirect");
      if (has_value && ++i < words.size()) unseen |= iequals(words[i].value.text, "hidden");
    }
    bool opens = kept.empty() || kept[0].value.text.find("://") != none;  // a page for whoever sits there
    words = opens ? std::vector<Arg>{} : std::move(kept);
    if (opens) return;
    if (unseen && !waits) flags |= context::Background;
    words.insert(words.begin(), {"wrapper", facts_.string(starter.text, starter.span)});
  }

  std::string_view text_;
  FileFacts& facts_;
  size_t at_ = 0;
  bool starts_ = true;  // a statement may begin here
  uint32_t index_ = 0;
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("powershell");
  ScriptReader(file.text, facts).read();
  facts.lose(Unread::UnreadLanguage, "only what it sets and starts is read");
}

}  // namespace

const Adapter& powershell_adapter() {
  static constexpr std::string_view patterns[] = {"*.ps1", "*.psm1"};
  static constexpr std::string_view interpreters[] = {"pwsh", "powershell"};
  static constexpr Format formats[] = {{.name = "powershell", .example = "run.ps1", .alias = "ps1"}};
  static constexpr Adapter adapter{.name = "powershell",
                                   .kind = AdapterKind::Config,
                                   .patterns = patterns,
                                   .interpreters = interpreters,
                                   .extract = extract,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
