// Text in quotes, and the escapes inside: what readers of configuration share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tfcheck {

// What a backslash and the character behind it stand for. Any other character stands for itself.
struct Escapes {
  std::string_view letters;      // "nt" …
  std::string_view meanings;     // … "\n\t"
  uint32_t hex = 0;              // bits of escape_hex:: that it knows
  std::string_view joins = {};   // behind a backslash these begin a line's end: it and …
  std::string_view blanks = {};  // … what follows of these is left out
  bool keeps_unknown = false;    // the backslash before any other character stays
};

namespace escape_hex {
enum : uint32_t {
  X = 1u << 0,      // \xNN
  U = 1u << 1,      // \uNNNN, two of them for what has two halves
  LongU = 1u << 2,  // \UNNNNNNNN
};
}  // namespace escape_hex

// Appends what the escape at `at`, a backslash, stands for; the position behind it.
size_t append_escape(std::string& out, std::string_view text, size_t at, const Escapes& escapes);
// The text with its escapes resolved.
std::string unescape(std::string_view text, const Escapes& escapes);
// Where the quote at `open` is closed, at most `longest` bytes behind it: npos when it is not. A backslash takes the
// character behind it along where `escapes` is set.
enum class QuoteEscapes : uint8_t { None, Backslash };
size_t closing_quote(std::string_view text, size_t open, QuoteEscapes escapes, size_t longest = std::string_view::npos);
// Of a text as it is written, with its marks, that opens on one line and has its only line of content on the next
// ("""…, <<~X, |): where that content begins. 0 for other texts.
size_t only_line(std::string_view written);
// Whether one of `quotes` stands at both ends, and the text without it.
bool is_quoted(std::string_view text, std::string_view quotes = "\"'");
std::string_view unquoted(std::string_view text, std::string_view quotes = "\"'");

}  // namespace tfcheck
