#include "vocabulary/toml_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace tfcheck {

namespace {

// Every part of a dotted key is a table in a table, which toml++ takes apart by recursion; it bounds the nesting of
// values, but not this.
constexpr size_t most_dots = 32;

// Walks the text as far as strings and comments need it and counts the dots between line ends.
class DotCount {
 public:
  explicit DotCount(std::string_view text) : text_(text) {}

  // The 1-based line that has too many, 0 for none.
  uint32_t run() {
    for (size_t at = 0; at < text_.size();) {
      char c = text_[at];
      if (c == '"' || c == '\'') {
        at = after_string(at);
        continue;
      }
      if (c == '#') at = std::min(text_.find('\n', at), text_.size());
      if (at < text_.size() && text_[at] == '\n') ++line_, dots_ = 0;
      if (c == '.' && ++dots_ > most_dots) return line_;
      ++at;
    }
    return 0;
  }

 private:
  size_t after_string(size_t at) {
    char quote = text_[at];
    std::string_view three = text_.substr(at, 3);
    bool many_lines = three.size() == 3 && three[1] == quote && three[2] == quote;
    for (at += many_lines ? 3 : 1; at < text_.size(); ++at) {
      if (text_[at] == '\n' && !many_lines) return at;
      if (text_[at] == '\n') ++line_;
      if (text_[at] == '\\' && quote == '"')
        ++at;
      else if (many_lines ? text_.substr(at, 3) == three : text_[at] == quote)
        return at + (many_lines ? 3 : 1);
    }
    return at;
  }

  std::string_view text_;
  uint32_t line_ = 1;
  size_t dots_ = 0;
};

// Thrown out of toml++'s parser in place of an assertion's end.
struct AssertionFailure {};

bool is_asserted_against(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
  } catch (const AssertionFailure&) {
    return true;
  } catch (const toml::parse_error&) {
  }
  return false;
}

// The 1-based line at which toml++ fails one of its assertions: it does not say, so the shortest text is looked for.
uint32_t asserted_line(std::string_view text) {
  std::vector<size_t> ends;
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) ends.push_back(at + 1);
  auto first = std::partition_point(ends.begin(), ends.end(),
                                    [&](size_t end) { return !is_asserted_against(text.substr(0, end)); });
  return static_cast<uint32_t>(first - ends.begin()) + 1;
}

}  // namespace

void toml_assertion_failed() {
  throw AssertionFailure{};
}

Result<toml::table> parse_toml(std::string_view file, std::string_view text, uint32_t line_offset) {
  if (uint32_t line = DotCount(text).run()) {
    return Error{fmt::format("a line has more than {} dots outside of strings", most_dots), std::string(file),
                 line + line_offset, ""};
  }
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& trouble) {
    return Error{std::string(trouble.description()), std::string(file),
                 static_cast<uint32_t>(trouble.source().begin.line) + line_offset, ""};
  } catch (const AssertionFailure&) {
    return Error{"a key or a table's name is malformed", std::string(file), asserted_line(text) + line_offset, ""};
  }
}

}  // namespace tfcheck
