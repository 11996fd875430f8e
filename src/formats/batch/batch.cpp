#include "formats/batch/batch.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/lines.h"
#include "base/text.h"
#include "base/words.h"
#include "formats/shared/commands.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr uint32_t forms = references::AnyCase;

// What starts nothing: the interpreter's own words.
constexpr Words own_words = {"rem",   "echo", "echo.", "title", "goto", "exit",  "setlocal", "endlocal",
                             "shift", "cd",   "chdir", "pushd", "popd", "mkdir", "md",       "rmdir",
                             "rd",    "del",  "erase", "copy",  "move", "ren",   "type",     "pause"};

// A part of a line that is one command, as what stands in front of it is taken off.
struct Statement {
  std::string_view text;
  uint32_t flags = 0;
  std::string_view absent = {};  // the variable that it is only run without
};

class BatchReader {
 public:
  BatchReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts) {}

  void read() {
    for (Lines lines(text_); !lines.done();) {
      std::string_view line = lines.take().text;
      size_t begin = span_in(text_, line).begin, end = begin + line.size();
      while (line.ends_with('^') && !lines.done()) {
        line = lines.take().text;
        end = span_in(text_, line).begin + line.size();
      }
      read_line(text_.substr(begin, end - begin));
    }
  }

 private:
  // Commands stand between &, && and ||, and in the brackets of blocks; what is piped is a command, too.
  void read_line(std::string_view line) {
    size_t from = 0, open = 0;
    bool quoted = false;
    for (size_t at = 0; at <= line.size(); ++at) {
      char c = at < line.size() ? line[at] : '&';
      if (c == '"') quoted = !quoted;
      if (c == '^') ++at;
      if (c == '(' && !quoted && opens_block(trim(line.substr(from, at - from)))) ++open;
      bool closes = c == ')' && !quoted && open > 0;
      bool ends = at >= line.size() || closes || (!quoted && (c == '&' || c == '|') && !is_redirect(line, at));
      if (!ends) continue;
      open -= closes ? 1 : 0;
      read_statement({trim(line.substr(from, std::min(at, line.size()) - from))});
      from = at + 1;
    }
    ++index_;
  }

  // `if … (`, `else (`, `for … do (`, and a bracket that begins a command.
  static bool opens_block(std::string_view before) {
    std::string_view first = before.substr(0, before.find_first_of(" \t"));
    std::string_view last = before.substr(before.find_last_of(" \t") + 1);
    return before.empty() || before.back() == '(' || iequals(first, "if") || iequals(first, "else") ||
           iequals(last, "do");
  }

  // 2>&1
  static bool is_redirect(std::string_view line, size_t at) { return line[at] == '&' && at > 0 && line[at - 1] == '>'; }

  void read_statement(Statement statement) {
    while (!statement.text.empty()) {
      std::string_view& text = statement.text;
      size_t own = text.find_first_not_of("@() \t");
      if (own == none || text[own] == ':') return;
      text = text.substr(own);
      std::string word = lower(text.substr(0, text.find_first_of(" \t,;=(\"")));
      std::string_view rest = trim(text.substr(word.size()));
      if (word == "set") return read_set(statement, rest);
      if (word == "setx") return read_setx(statement, rest);
      if (own_words.contains(word)) return;
      if (word == "if") {
        statement.flags |= context::InCondition;
        text = behind_condition(rest, statement);
      } else if (word == "for") {
        statement.flags |= context::InLoop;
        size_t body = lower(rest.substr(0, longest_head)).find(" do ");
        text = body == none ? std::string_view{} : rest.substr(body + 4);
      } else if (word == "else" || word == "call") {
        text = rest;
      } else {
        return read_command(statement);
      }
    }
  }

  // `not defined X …` and `"%X%"=="" …`: the rest is run without X.
  static std::string_view behind_condition(std::string_view text, Statement& statement) {
    std::string_view word = take_word(text);
    bool negated = false;
    for (; iequals(word, "/i") || iequals(word, "not"); word = take_word(text)) negated |= iequals(word, "not");
    if (iequals(word, "defined")) {
      std::string_view name = take_word(text);
      if (negated) statement.absent = name;
      return text;
    }
    if (iequals(word, "exist") || iequals(word, "errorlevel")) {
      take_word(text);
      return text;
    }
    std::string_view first = word, operation = "==", second;
    if (size_t sign = first.find("=="); sign != none) {
      second = first.substr(sign + 2);
      first = first.substr(0, sign);
    } else {
      operation = take_word(text);
      second = take_word(text);
    }
    bool empty = !negated && (operation == "==" || iequals(operation, "equ")) && second == "\"\"";
    if (empty && is_quoted_word(first)) statement.absent = trim_signs(first);
    return text;
  }

  // "%X%" → X
  static std::string_view trim_signs(std::string_view word) {
    size_t begin = word.find_first_not_of("\"%"), end = word.find_last_not_of("\"%");
    return begin == none ? std::string_view{} : word.substr(begin, end - begin + 1);
  }

  // The next word, with its quotes.
  static std::string_view take_word(std::string_view& text) {
    text = trim(text);
    bool quoted = false;
    size_t end = 0;
    for (; end < text.size() && (quoted || std::string_view(" \t\r\n").find(text[end]) == none); ++end)
      quoted ^= text[end] == '"';
    std::string_view word = text.substr(0, end);
    text = trim(text.substr(end));
    return word;
  }

  // `set "X=y"` keeps what stands behind the quote out of the value.
  void read_set(const Statement& statement, std::string_view rest) {
    bool quoted = rest.starts_with('"');
    if (rest.starts_with('/')) return;  // arithmetic, and what somebody types
    if (quoted) {
      size_t close = rest.rfind('"');
      rest = rest.substr(1, close > 0 ? close - 1 : none);
    }
    size_t sign = rest.find('=');
    if (sign != none) assign(statement, trim(rest.substr(0, sign)), rest.substr(sign + 1), "set");
  }

  void read_setx(const Statement& statement, std::string_view rest) {
    std::string_view name = take_word(rest), value = take_word(rest);
    if (name.starts_with('/') || value.empty()) return;
    if (is_quoted_word(value)) value = value.substr(1, value.size() - 2);
    assign(statement, is_quoted_word(name) ? name.substr(1, name.size() - 2) : name, value, "setx");
  }

  static bool is_quoted_word(std::string_view word) {
    return word.size() > 1 && word.starts_with('"') && word.ends_with('"');
  }

  void assign(const Statement& statement, std::string_view name, std::string_view text, std::string_view by) {
    if (name.empty() || name.find_first_of("%!^ \t\"") != none) return;
    Context context;
    context.flags = statement.flags;
    context.index = index_;
    Span span = span_in(text_, text);
    Value value = read_value(text, span);
    bool is_default = statement.absent == name && !value.is(ValueKind::Env);
    if (is_default) {
      facts_.add(FactKind::EnvRead, name, span, value, {}, context);
      Arg fallback{{}, value};
      value = facts_.with_items(ValueKind::Env, name, {&fallback, 1}, span);
    }
    Arg args[] = {{"by", facts_.string(by, {})}};
    facts_.add(FactKind::Assign, name, {span_in(text_, name).begin, span.end}, value, args, context);
  }

  // %X% as everywhere; !X! is the same, read late; %~dp0 and %1 are what the script was given, %%i what a loop gives.
  Value read_value(std::string_view text, Span span) {
    std::string_view value = trim(text);
    if (is_quoted_word(value)) value = value.substr(1, value.size() - 2);
    span = span_in(text_, value);
    size_t late = value.find('!');
    bool given =
        value.find("%~") != none || value.find("%%") != none || (late != none && value.find('!', late + 1) != none);
    if (given) return facts_.value(ValueKind::Unknown, {}, span);
    return read_scalar(facts_, value, span, forms | scalar::Text);
  }

  void read_command(const Statement& statement) {
    std::vector<Arg> words = words_of_command(statement.text);
    uint32_t flags = statement.flags;
    if (!words.empty() && iequals(words[0].value.text, "start")) take_start(words, flags);
    if (words.empty()) return;
    Span span{words.front().value.span.begin, words.back().value.span.end};
    index_ = add_command_words(facts_, words, {span, {}, index_, flags}, CommandRole::Other);
  }

  // start ["title"] [/d path] [/b] program …
  void take_start(std::vector<Arg>& words, uint32_t& flags) {
    Span span = words[0].value.span;
    size_t at = 1;
    if (at < words.size() && text_[words[at].value.span.begin] == '"') ++at;
    bool waits = false, behind = false;
    for (; at < words.size() && words[at].value.text.starts_with('/'); ++at) {
      std::string option = lower(words[at].value.text);
      waits |= option == "/w" || option == "/wait";
      behind |= option == "/b";
      at += option == "/d" ? 1 : 0;
    }
    words.erase(words.begin(), words.begin() + static_cast<long>(std::min(at, words.size())));
    if (behind && !waits) flags |= context::Background;
    bool opens = words.empty() || words[0].value.text.find("://") != none;  // a page for whoever sits there
    if (opens) return words.clear();
    words.insert(words.begin(), {"wrapper", facts_.string("start", span)});
  }

  std::vector<Arg> words_of_command(std::string_view text) {
    std::vector<Arg> words;
    while (!text.empty() && words.size() < most_words) {
      std::string_view word = take_word(text);
      if (word.empty() || word == "^") continue;
      Span span = span_in(text_, word);
      if (word.starts_with('>') || word.starts_with('<') || word.starts_with("1>") || word.starts_with("2>")) {
        add_redirect(words, word, text);
        continue;
      }
      std::string plain(word);
      plain.erase(std::remove(plain.begin(), plain.end(), '"'), plain.end());
      if (words.empty()) plain = windows_program(plain);
      words.push_back({{}, read_scalar(facts_, plain, span, forms | scalar::Text)});
    }
    return words;
  }

  // `> file`, `>>file`, `2>&1`
  void add_redirect(std::vector<Arg>& words, std::string_view word, std::string_view& text) {
    size_t sign = word.find_first_not_of("12<>");
    std::string_view target = sign == none ? take_word(text) : word.substr(sign);
    std::string_view name = facts_.keep(word.substr(0, sign));
    if (!target.empty()) words.push_back({name, read_scalar(facts_, target, span_in(text_, target), scalar::Text)});
  }

  static constexpr size_t most_words = 200;
  static constexpr size_t longest_head = 500;  // of a loop

  std::string_view text_;
  FileFacts& facts_;
  uint32_t index_ = 0;
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("batch");
  BatchReader(file.text, facts).read();
  facts.lose(Unread::UnreadLanguage, "only what it sets and starts is read");
}

}  // namespace

const Adapter& batch_adapter() {
  static constexpr std::string_view patterns[] = {"*.bat", "*.cmd"};
  static constexpr Format formats[] = {{.name = "batch", .example = "run.bat", .alias = "bat"}};
  static constexpr Adapter adapter{
      .name = "batch", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
