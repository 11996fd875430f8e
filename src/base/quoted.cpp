#include "base/quoted.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace tfcheck {

namespace {

bool is_low_half(uint32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// Up to `digits` hexadecimal digits at `at`, which moves behind them.
uint32_t read_hex(std::string_view text, size_t& at, size_t digits) {
  uint32_t code = 0;
  for (; digits > 0 && at < text.size(); --digits, ++at) {
    char c = text[at];
    char low = static_cast<char>(c | 32);
    if (c >= '0' && c <= '9')
      code = code << 4 | static_cast<uint32_t>(c - '0');
    else if (low >= 'a' && low <= 'f')
      code = code << 4 | static_cast<uint32_t>(low - 'a' + 10);
    else
      break;
  }
  return code;
}

size_t append_unit(std::string& out, std::string_view text, size_t at) {
  uint32_t code = read_hex(text, at, 4);
  if (code >= 0xD800 && code < 0xDC00 && text.substr(at, 2) == "\\u") {
    size_t behind = at + 2;
    uint32_t low = read_hex(text, behind, 4);
    if (is_low_half(low)) code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), at = behind;
  }
  append_utf8(out, code);
  return at;
}

}  // namespace

size_t append_escape(std::string& out, std::string_view text, size_t at, const Escapes& escapes) {
  if (++at >= text.size()) return out += '\\', at;
  char c = text[at++];
  if (size_t known = escapes.letters.find(c); known != std::string_view::npos) {
    out += escapes.meanings[known];
  } else if (c == 'u' && (escapes.hex & escape_hex::U)) {
    return append_unit(out, text, at);
  } else if ((c == 'x' && (escapes.hex & escape_hex::X)) || (c == 'U' && (escapes.hex & escape_hex::LongU))) {
    append_utf8(out, read_hex(text, at, c == 'x' ? 2 : 8));
  } else if (escapes.joins.find(c) != std::string_view::npos) {
    while (at < text.size() && escapes.blanks.find(text[at]) != std::string_view::npos) ++at;
  } else {
    if (escapes.keeps_unknown) out += '\\';
    out += c;
  }
  return at;
}

std::string unescape(std::string_view text, const Escapes& escapes) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t slash = std::min(text.find('\\', at), text.size());
    out += text.substr(at, slash - at);
    at = slash < text.size() ? append_escape(out, text, slash, escapes) : slash;
  }
  return out;
}

size_t closing_quote(std::string_view text, size_t open, QuoteEscapes escapes, size_t longest) {
  size_t limit = longest < text.size() - open ? open + longest : text.size();
  for (size_t at = open + 1; at < limit; ++at) {
    if (text[at] == '\\' && escapes == QuoteEscapes::Backslash) {
      ++at;
    } else if (text[at] == text[open]) {
      return at;
    }
  }
  return std::string_view::npos;
}

bool is_quoted(std::string_view text, std::string_view quotes) {
  return text.size() >= 2 && text.front() == text.back() && quotes.find(text.front()) != std::string_view::npos;
}

std::string_view unquoted(std::string_view text, std::string_view quotes) {
  return is_quoted(text, quotes) ? text.substr(1, text.size() - 2) : text;
}

size_t only_line(std::string_view written) {
  constexpr size_t longest_opening = 40, longest_line = 1'000;
  size_t first = written.substr(0, longest_opening).find('\n');
  if (first == std::string_view::npos) return 0;
  std::string_view opening = trim(written.substr(0, first));
  bool marks = opening.starts_with("<<") || opening.find_first_not_of("\"'`@$rbfuRBFU|>+-0123456789") == opening.npos;
  std::string_view rest = written.substr(first, longest_line);
  size_t begin = rest.find_first_not_of(" \t\r\n");
  if (!marks || begin == std::string_view::npos) return 0;
  size_t end = rest.find('\n', begin);
  // Behind it only what closes the text.
  bool closes = end == std::string_view::npos ? rest.size() < longest_line
                                              : trim(rest.substr(end)).find_first_of(" \t\n") == std::string_view::npos;
  return closes ? first + begin : 0;
}

}  // namespace tfcheck
