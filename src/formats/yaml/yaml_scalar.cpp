#include "formats/yaml/yaml_scalar.h"

#include <algorithm>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr Escapes double_quoted{.letters = "ntrbf0ave",
                                .meanings = "\n\t\r\b\f\0\a\v\x1b"sv,
                                .hex = escape_hex::X | escape_hex::U | escape_hex::LongU,
                                .joins = "\n",
                                .blanks = " \t"};

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

// Without the quote at its beginning and, unless it is not closed, at its end.
std::string_view inside(std::string_view source) {
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
  std::string_view text = inside(source);
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
  std::string_view text = inside(source);
  if (text.find_first_of("\\\n") == std::string_view::npos) return verbatim(text);
  DecodedScalar scalar;
  scalar.changed = true;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\n')
      fold_break(text, at, scalar.storage);
    else if (text[at] == '\\' && at + 1 < text.size())
      at = append_escape(scalar.storage, text, at, double_quoted);
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
  for (Lines lines(source.substr(line_begin + 1)); !lines.done();) {
    std::string_view line = lines.take().text;
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
