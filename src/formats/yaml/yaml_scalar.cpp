#include "formats/yaml/yaml_scalar.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace tfcheck {

namespace {

void append_utf8(std::string& out, uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// Up to `digits` hexadecimal digits at `at`, which is moved behind them.
uint32_t read_hex(std::string_view text, size_t& at, size_t digits) {
  uint32_t code = 0;
  for (size_t i = 0; i < digits && at < text.size(); ++i, ++at) {
    char c = text[at];
    uint32_t digit = 0;
    if (c >= '0' && c <= '9')
      digit = static_cast<uint32_t>(c - '0');
    else if ((c | 32) >= 'a' && (c | 32) <= 'f')
      digit = static_cast<uint32_t>((c | 32) - 'a') + 10;
    else
      break;
    code = code * 16 + digit;
  }
  return code;
}

// A line break at `at` folds with the blanks round it: one becomes a blank, n + 1 become n line breaks.
void fold_break(std::string_view text, size_t& at, std::string& out) {
  while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
  size_t breaks = 0;
  while (at < text.size() && (text[at] == '\n' || text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) {
    if (text[at++] == '\n') ++breaks;
  }
  if (breaks <= 1)
    out += ' ';
  else
    out.append(breaks - 1, '\n');
}

void append_escape(std::string_view text, size_t& at, std::string& out) {
  char c = text[at++];
  switch (c) {
    case 'n':
      out += '\n';
      return;
    case 't':
      out += '\t';
      return;
    case 'r':
      out += '\r';
      return;
    case 'b':
      out += '\b';
      return;
    case 'f':
      out += '\f';
      return;
    case '0':
      out += '\0';
      return;
    case 'a':
      out += '\a';
      return;
    case 'v':
      out += '\v';
      return;
    case 'e':
      out += '\x1b';
      return;
    case 'x':
      append_utf8(out, read_hex(text, at, 2));
      return;
    case 'U':
      append_utf8(out, read_hex(text, at, 8));
      return;
    case 'u':
      break;
    case '\n':
      while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
      return;
    default:
      out += c;
      return;
  }
  uint32_t code = read_hex(text, at, 4);
  if (code >= 0xD800 && code < 0xDC00 && text.substr(at, 2) == "\\u") {
    size_t behind = at + 2;
    uint32_t low = read_hex(text, behind, 4);
    if (low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at = behind;
    }
  }
  append_utf8(out, code);
}

std::string_view unquoted(std::string_view source) {
  if (source.empty()) return source;
  char quote = source[0];
  source.remove_prefix(1);
  if (!source.empty() && source.back() == quote) source.remove_suffix(1);
  return source;
}

DecodedScalar verbatim(std::string_view text) {
  DecodedScalar scalar;
  scalar.verbatim = text;
  return scalar;
}

struct BlockHeader {
  bool folded = false;
  char chomp = ' ';
};

BlockHeader read_header(std::string_view line) {
  BlockHeader header;
  for (char c : line) {
    if (c == '>')
      header.folded = true;
    else if (c == '-' || c == '+')
      header.chomp = c;
    else if (c == '#' || c == '\n')
      break;
  }
  return header;
}

size_t indentation(std::string_view line) {
  size_t blanks = line.find_first_not_of(' ');
  return blanks == std::string_view::npos ? line.size() : blanks;
}

}  // namespace

DecodedScalar decode_plain(std::string_view source) {
  if (source.find('\n') == std::string_view::npos) return verbatim(source);
  DecodedScalar scalar;
  scalar.changed = true;
  for (size_t at = 0; at < source.size();) {
    if (source[at] == '\n')
      fold_break(source, at, scalar.storage);
    else
      scalar.storage += source[at++];
  }
  return scalar;
}

DecodedScalar decode_single_quoted(std::string_view source) {
  std::string_view text = unquoted(source);
  if (text.find_first_of("'\n") == std::string_view::npos) return verbatim(text);
  DecodedScalar scalar;
  scalar.changed = true;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\n') {
      fold_break(text, at, scalar.storage);
      continue;
    }
    if (text[at] == '\'' && at + 1 < text.size()) ++at;
    scalar.storage += text[at++];
  }
  return scalar;
}

DecodedScalar decode_double_quoted(std::string_view source) {
  std::string_view text = unquoted(source);
  if (text.find_first_of("\\\n") == std::string_view::npos) return verbatim(text);
  DecodedScalar scalar;
  scalar.changed = true;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\n')
      fold_break(text, at, scalar.storage);
    else if (text[at] == '\\' && at + 1 < text.size())
      append_escape(text, ++at, scalar.storage);
    else
      scalar.storage += text[at++];
  }
  return scalar;
}

DecodedScalar decode_block(std::string_view source) {
  DecodedScalar scalar;
  scalar.changed = true;
  size_t line_begin = source.find('\n');
  BlockHeader header = read_header(source.substr(0, std::min(line_begin, source.size())));
  if (line_begin == std::string_view::npos) return scalar;
  std::string& out = scalar.storage;
  size_t indent = 0;
  bool joined = false;  // the line above was text that this one may be folded to
  for (size_t at = line_begin + 1; at < source.size();) {
    size_t end = std::min(source.find('\n', at), source.size());
    std::string_view line = source.substr(at, end - at);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    at = end + 1;
    if (trim(line).empty()) {
      out += '\n';
      joined = false;
      continue;
    }
    if (indent == 0) indent = std::max<size_t>(indentation(line), 1);
    line.remove_prefix(std::min(indent, indentation(line)));
    bool more = line[0] == ' ' || line[0] == '\t';
    if (header.folded && joined && !more) out.back() = ' ';
    out += line;
    out += '\n';
    joined = !more;
  }
  while (header.chomp != '+' && out.size() > 1 && out.ends_with("\n\n")) out.pop_back();
  if (header.chomp == '-') {
    while (!out.empty() && out.back() == '\n') out.pop_back();
  }
  return scalar;
}

}  // namespace tfcheck
