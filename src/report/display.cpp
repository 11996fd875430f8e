#include "report/display.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tfcheck {

namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

constexpr std::array<Range, 9> combining = {{{0x300, 0x36F},
                                             {0x483, 0x489},
                                             {0x591, 0x5BD},
                                             {0x610, 0x61A},
                                             {0x64B, 0x65F},
                                             {0x200B, 0x200D},
                                             {0x20D0, 0x20FF},
                                             {0xFE00, 0xFE0F},
                                             {0xFE20, 0xFE2F}}};
constexpr std::array<Range, 14> wide = {{{0x1100, 0x115F},
                                         {0x2E80, 0x303E},
                                         {0x3041, 0x33FF},
                                         {0x3400, 0x4DBF},
                                         {0x4E00, 0x9FFF},
                                         {0xA000, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFE30, 0xFE6F},
                                         {0xFF00, 0xFF60},
                                         {0xFFE0, 0xFFE6},
                                         {0x1F300, 0x1F64F},
                                         {0x1F900, 0x1F9FF},
                                         {0x20000, 0x3FFFD}}};

template <size_t N>
bool contains(const std::array<Range, N>& ranges, uint32_t point) {
  auto after = std::upper_bound(ranges.begin(), ranges.end(), point, [](uint32_t p, const Range& r) { return p < r.first; });
  return after != ranges.begin() && point <= std::prev(after)->last;
}

std::string_view plain_form(uint32_t point) {
  switch (point) {
    case 0x2018:
    case 0x2019:
      return "'";
    case 0x201C:
    case 0x201D:
      return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014:
    case 0xB7:
      return "-";
    case 0x2026:
      return "...";
    case 0x2192:
      return "->";
    case 0xA0:
      return " ";
    case 0xD7:
      return "x";
    default:
      return "";
  }
}

}  // namespace

uint32_t read_code_point(std::string_view text, size_t& at) {
  auto byte = [&](size_t i) { return i < text.size() ? static_cast<uint32_t>(static_cast<unsigned char>(text[i])) : 0u; };
  uint32_t lead = byte(at);
  size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  uint32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) point = point << 6 | (byte(at + i) & 0x3F);
  at = std::min(at + length, text.size());
  return point;
}

uint32_t display_width(uint32_t code_point) {
  if (code_point < 0x300) return 1;
  if (contains(combining, code_point)) return 0;
  return contains(wide, code_point) ? 2 : 1;
}

uint32_t display_width(std::string_view text) {
  uint32_t width = 0;
  for (size_t at = 0; at < text.size();) width += display_width(read_code_point(text, at));
  return width;
}

std::string slice_columns(std::string_view text, uint32_t from, uint32_t to) {
  std::string out;
  uint32_t column = 0;
  for (size_t at = 0; at < text.size() && column < to;) {
    size_t begin = at;
    uint32_t next = column + display_width(read_code_point(text, at));
    if (column >= from && next <= to) {
      out += text.substr(begin, at - begin);
    } else if (next > from) {
      out.append(std::min(next, to) - std::max(column, from), ' ');
    }
    column = next;
  }
  return out;
}

std::vector<std::string> wrap(std::string_view text, uint32_t width) {
  std::vector<std::string> lines;
  uint32_t used = 0;
  for (std::string_view word : split_words(text)) {
    uint32_t length = display_width(word);
    if (lines.empty() || (width != 0 && used + 1 + length > width)) {
      lines.emplace_back(word);
      used = length;
    } else {
      lines.back() += ' ';
      lines.back() += word;
      used += 1 + length;
    }
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

std::string to_ascii(std::string_view text, AsciiFit fit) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    uint32_t point = read_code_point(text, at);
    if (point < 0x80) {
      out += static_cast<char>(point);
    } else if (fit == AsciiFit::SameColumns) {
      out.append(display_width(point), point == 0x2026 ? '~' : '?');
    } else if (std::string_view plain = plain_form(point); !plain.empty()) {
      out += plain;
    } else {
      out += fmt::format("\\u{{{:x}}}", point);
    }
  }
  return out;
}

}  // namespace tfcheck
