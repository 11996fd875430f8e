// Literals as they are written in any language, and what kind of text they stand in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tfcheck {

// What a bare word behind `password=` or `password:` is.
enum class TextKind : uint8_t {
  Code,    // a variable: only literals count
  Shell,   // a value, up to the next blank
  Config,  // a value, up to the line's end
  Prose,   // a value behind `=`; behind a colon only when it does not look like a word
};

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
// operator ("a" + "b"), without anything ("a""b"), or in code by blanks ("a" "b"); npos when none is.
size_t joined_literal(std::string_view text, size_t at, TextKind kind);
// Follows a text's literals from its beginning: which one is open somewhere.
class OpenLiteral {
 public:
  explicit OpenLiteral(std::string_view text) : text_(text) {}
  // The quote of the literal that is open before `at`; 0 when none is, or when `at` lies before what was asked already.
  char open_at(size_t at);

 private:
  std::string_view text_;
  size_t read_ = 0;
  char open_ = 0;
};
// The text with \xNN, \uNNNN, \u{N…} and octal escapes of ASCII characters decoded.
std::string without_escapes(std::string_view text);
// The quote that begins at `at`, three characters wide where it is: `"""`. With a backslash before it inside a literal.
std::string_view quote_at(std::string_view text, size_t at);

}  // namespace tfcheck
