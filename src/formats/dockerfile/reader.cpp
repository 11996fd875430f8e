#include "formats/dockerfile/reader.h"

#include <algorithm>

#include "base/quoted.h"
#include "base/text.h"

namespace tfcheck::dockerfile {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

struct PhysicalLine {
  size_t begin = 0;
  size_t end = 0;   // of the content, without the line end and blanks before it
  size_t next = 0;  // where the next line begins
};

PhysicalLine line_at(std::string_view text, size_t begin) {
  size_t newline = std::min(text.find('\n', begin), text.size());
  size_t end = newline;
  while (end > begin && is_blank(text[end - 1])) --end;
  return {begin, end, std::min(newline + 1, text.size())};
}

std::string_view content(std::string_view text, PhysicalLine line) {
  while (line.begin < line.end && is_blank(text[line.begin])) ++line.begin;
  return text.substr(line.begin, line.end - line.begin);
}

bool skipped(std::string_view line) {
  return line.empty() || line[0] == '#';
}

// The escape character that a `# escape=` line at the very top chooses.
char escape_character(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    PhysicalLine line = line_at(text, at);
    std::string_view words = content(text, line);
    if (words.empty() || words[0] != '#') return '\\';
    std::string directive;
    for (char c : words.substr(1)) {
      if (!is_blank(c)) directive += c;
    }
    directive = lower(directive);
    if (directive.starts_with("escape=")) return directive.ends_with('`') ? '`' : '\\';
    if (directive.find('=') == std::string::npos) return '\\';
    at = line.next;
  }
  return '\\';
}

bool continues(std::string_view text, PhysicalLine line, char escape) {
  if (line.end == line.begin || text[line.end - 1] != escape) return false;
  return line.end - 1 == line.begin || text[line.end - 2] != escape;
}

struct Heredoc {
  std::string delimiter;
  bool tabs = false;  // <<- takes leading tabs away
};

// Here-documents that an instruction's words begin. Only whole words count: `1<<2` and `<<<` do not.
std::vector<Heredoc> heredocs(std::string_view text) {
  std::vector<Heredoc> found;
  for (size_t at = text.find("<<"); at != std::string_view::npos; at = text.find("<<", at + 2)) {
    size_t before = at;
    while (before > 0 && text[before - 1] >= '0' && text[before - 1] <= '9') --before;
    if (before > 0 && !is_blank(text[before - 1])) continue;
    size_t from = at + 2;
    bool tabs = from < text.size() && text[from] == '-';
    if (tabs) ++from;
    std::string delimiter;
    for (; from < text.size() && !is_blank(text[from]) && text[from] != '\n'; ++from) {
      if (text[from] != '"' && text[from] != '\'' && text[from] != '\\') delimiter += text[from];
    }
    size_t stop = delimiter.find_first_of("<>|&;()");
    if (stop == 0 || delimiter.empty()) continue;
    found.push_back({delimiter.substr(0, stop), tabs});
  }
  return found;
}

// The position behind the line that ends the here-document, npos when none does.
size_t heredoc_end(std::string_view text, size_t at, const Heredoc& heredoc) {
  while (at < text.size()) {
    size_t newline = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, newline - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    while (heredoc.tabs && line.starts_with('\t')) line.remove_prefix(1);
    if (line == heredoc.delimiter) return std::min(newline + 1, text.size());
    at = newline + 1;
  }
  return std::string_view::npos;
}

// True for `<<EOF` and `<<EOF bash`: the here-document is shell text.
bool runs_by_shell(std::string_view line) {
  std::vector<RawWord> words = raw_words(line);
  return words.size() == 1 || base_name(words[1].text).ends_with("sh");
}

// The logical line that begins at `line`: its text of unchanged length, and the line behind it.
struct Logical {
  std::string text;
  size_t end = 0;
  size_t next = 0;
};

Logical logical_line(std::string_view text, PhysicalLine line, char escape) {
  size_t begin = line.begin;
  Logical logical;
  logical.text = std::string(text.substr(begin, line.next - begin));
  auto blank = [&](size_t from, size_t to) {
    std::fill(logical.text.begin() + static_cast<std::ptrdiff_t>(from - begin),
              logical.text.begin() + static_cast<std::ptrdiff_t>(to - begin), ' ');
  };
  while (continues(text, line, escape)) {
    if (line.next == text.size() && !text.ends_with('\n')) {
      blank(line.end - 1, line.next);
      break;
    }
    blank(line.end - 1, line.next);
    logical.text[line.next - 1 - begin] = '\n';
    logical.text[line.next - 2 - begin] = '\\';
    line = line_at(text, line.next);
    logical.text += text.substr(line.begin, line.next - line.begin);
    while (skipped(content(text, line)) && line.next < text.size()) {
      blank(line.begin, line.next);
      line = line_at(text, line.next);
      logical.text += text.substr(line.begin, line.next - line.begin);
    }
    if (skipped(content(text, line))) blank(line.begin, line.next);
  }
  logical.end = std::max(line.end, begin);
  logical.next = line.next;
  logical.text.resize(std::min(logical.text.size(), logical.end - begin));
  return logical;
}

void take_keyword(Instruction& instruction) {
  size_t end = 0;
  while (end < instruction.text.size() && !is_blank(instruction.text[end]) && instruction.text[end] != '\n' &&
         instruction.text[end] != '\\') {
    ++end;
  }
  instruction.keyword = lower(std::string_view(instruction.text).substr(0, end));
  for (char& c : instruction.keyword) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  while (end < instruction.text.size()) {
    bool joined =
        instruction.text[end] == '\\' && end + 1 < instruction.text.size() && instruction.text[end + 1] == '\n';
    if (!joined && !is_blank(instruction.text[end]) && instruction.text[end] != '\n') break;
    end += joined ? 2 : 1;
  }
  instruction.text.erase(0, end);
  instruction.offset += static_cast<uint32_t>(end);
}

}  // namespace

std::vector<Instruction> read_instructions(std::string_view text) {
  std::vector<Instruction> instructions;
  char escape = escape_character(text);
  size_t budget =
      text.size() * 8;  // for here-documents without an end, each of which is searched for in all that follows
  for (size_t at = 0; at < text.size();) {
    PhysicalLine line = line_at(text, at);
    at = line.next;
    if (skipped(content(text, line))) continue;
    while (is_blank(text[line.begin])) ++line.begin;
    Logical logical = logical_line(text, line, escape);
    Instruction made;
    made.text = std::move(logical.text);
    made.offset = static_cast<uint32_t>(line.begin);
    take_keyword(made);
    if (made.keyword == "ONBUILD") take_keyword(made);
    at = logical.next;
    size_t end = logical.end;
    if (made.keyword == "RUN" || made.keyword == "COPY" || made.keyword == "ADD") {
      std::vector<Heredoc> documents = heredocs(made.text);
      size_t body = at;
      for (const Heredoc& heredoc : documents) {
        size_t behind = budget > 0 ? heredoc_end(text, at, heredoc) : std::string_view::npos;
        budget -= std::min(budget, std::min(behind, text.size()) - at);
        if (behind == std::string_view::npos) break;
        at = end = behind;
      }
      std::string_view first = split_flags(made.text).rest;
      if (documents.size() == 1 && end == at && first.starts_with("<<") && runs_by_shell(first)) {
        made.script = text.substr(body, at - body);
        made.script = made.script.substr(
            0, made.script.find_last_of('\n', made.script.size() < 2 ? 0 : made.script.size() - 2) + 1);
        made.script_offset = static_cast<uint32_t>(body);
      }
      if (end == at && at > made.offset)
        made.text += text.substr(made.offset + made.text.size(), at - made.offset - made.text.size());
    }
    made.span = {static_cast<uint32_t>(line.begin), static_cast<uint32_t>(end)};
    instructions.push_back(std::move(made));
  }
  return instructions;
}

Arguments split_flags(std::string_view text) {
  Arguments result;
  result.rest = text.substr(text.size());
  for (const RawWord& word : raw_words(text)) {
    result.rest = text.substr(word.begin);
    if (!word.text.starts_with("--")) return result;
    size_t equals = word.text.find('=');
    std::string_view name = word.text.substr(2, equals == std::string_view::npos ? equals : equals - 2);
    result.flags.push_back(
        {name, equals == std::string_view::npos ? std::string_view{} : word.text.substr(equals + 1)});
    result.rest = text.substr(text.size());
  }
  return result;
}

std::vector<RawWord> words_with_expressions(std::string_view text) {
  struct Pair {
    std::string_view open, close;
  };
  static constexpr Pair pairs[] = {{"{{", "}}"}, {"<%", "%>"}, {"{%", "%}"}};
  std::vector<RawWord> words;
  std::string_view close;  // of an expression that an earlier word opened
  for (const RawWord& word : raw_words(text)) {
    if (close.empty()) {
      words.push_back(word);
    } else {
      RawWord& open = words.back();
      open.text = text.substr(open.begin, word.begin + word.text.size() - open.begin);
    }
    for (const Pair& pair : pairs) {
      bool opens = close.empty() && word.text.rfind(pair.open) != std::string_view::npos;
      if (opens || close == pair.close) {
        size_t last = word.text.rfind(pair.open), end = word.text.rfind(pair.close);
        bool closed = end != std::string_view::npos && (last == std::string_view::npos || end > last);
        close = closed ? std::string_view{} : pair.close;
        break;
      }
    }
  }
  return words;
}

std::vector<RawWord> raw_words(std::string_view text) {
  std::vector<RawWord> words;
  auto joined = [&](size_t i) { return text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '\n'; };
  for (size_t i = 0; i < text.size();) {
    if (is_blank(text[i]) || text[i] == '\n') {
      ++i;
      continue;
    }
    if (joined(i)) {
      i += 2;
      continue;
    }
    size_t begin = i;
    char quote = '\0';
    for (; i < text.size(); ++i) {
      char c = text[i];
      if (quote == '\0' && (is_blank(c) || c == '\n' || joined(i))) break;
      if (c == '\\' && quote != '\'' && i + 1 < text.size()) {
        ++i;
      } else if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    i = std::min(i, text.size());
    words.push_back({text.substr(begin, i - begin), static_cast<uint32_t>(begin)});
  }
  return words;
}

namespace {

constexpr Escapes escapes{.letters = "ntr", .meanings = "\n\t\r", .hex = escape_hex::U, .joins = "\n"};

// One pass over `[ "a", 'b' ]`; remembers whether JSON would have taken it.
class ExecReader {
 public:
  explicit ExecReader(std::string_view text) : text_(text) {}

  ExecForm read() {
    ExecForm form;
    bool strict = true, comma = true, closed = false;
    blanks();
    if (peek() != '[') return {};
    ++at_;
    for (blanks(); at_ < text_.size() && !closed; blanks()) {
      char c = peek();
      if (c == ']') {
        closed = true;
        strict = strict && (!comma || form.items.empty());
        ++at_;
      } else if (c == ',') {
        strict = strict && !comma;
        comma = true;
        ++at_;
      } else {
        strict = strict && comma && c == '"';
        comma = false;
        strict = item(form) && strict;
      }
    }
    blanks();
    form.valid = strict && closed && at_ == text_.size();
    return form;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void blanks() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == '\n' ||
                                  (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n'))) {
      ++at_;
    }
  }

  // Reads one item; true when it ends as JSON wants.
  bool item(ExecForm& form) {
    size_t begin = at_;
    char quote = peek();
    bool quoted = quote == '"' || quote == '\'';
    bool closed = false;
    std::string made;
    if (quoted) ++at_;
    for (; at_ < text_.size() && !closed; ++at_) {
      char c = text_[at_];
      if (quoted ? c == quote : c == ',' || c == ']' || is_blank(c) || c == '\n') {
        closed = true;
        if (!quoted) break;
      } else if (c == '\\' && at_ + 1 < text_.size()) {
        at_ = append_escape(made, text_, at_, escapes) - 1;
      } else {
        made += c;
      }
    }
    form.items.push_back({std::move(made), {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)}});
    return closed;
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

ExecForm read_exec_form(std::string_view text) {
  std::string_view words = trim(text);
  if (!words.starts_with('[')) return {};
  ExecForm form = ExecReader(text).read();
  // `[ -f x ] && y` is a test, not a list: only quotes or commas make one.
  bool list = words.ends_with(']') && words.find_first_of("\"',") != std::string_view::npos &&
              words.find("]]") == std::string_view::npos;
  if (!form.valid && !list) return {};
  return form;
}

}  // namespace tfcheck::dockerfile
