// Literals as they are written in any language: where one ends, and whether another is joined to it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tfcheck {

inline bool is_quote(char c) {
  return c == '"' || c == '\'' || c == '`';
}

inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// The next byte that is no blank.
inline size_t skip_blanks(std::string_view text, size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// The end of the content of a literal whose quote stands before `at`; the line's or the text's end when it is open.
size_t literal_end(std::string_view text, size_t at, std::string_view quote);
// Where the content of the literal begins that is joined to the one whose closing quote ends before `at`, by an
// operator ("a" + "b"), without anything ("a""b"), or with `by_blanks` by blanks ("a" "b"); npos when none is.
size_t joined_literal(std::string_view text, size_t at, bool by_blanks);
// The text with \xNN, \uNNNN, \u{N…} and octal escapes of ASCII characters decoded.
std::string without_escapes(std::string_view text);
// The quote that begins at `at`, three characters wide where it is: `"""`. With a backslash before it inside a literal.
std::string_view quote_at(std::string_view text, size_t at);

}  // namespace tfcheck
