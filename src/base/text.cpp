#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "base/utf8.h"

namespace tfcheck {

namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

struct Range {
  uint32_t first;
  uint32_t last;
};

// What is not seen or reorders what is: format and bidirectional controls, fillers, joiners, separators of lines,
// variation selectors, tags (Unicode's Default_Ignorable_Code_Point, and the line separators).
constexpr Range deceptive[] = {
    {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5},  {0x180B, 0x180F},
    {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},  {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};

bool is_deceptive(uint32_t point) {
  auto after = std::upper_bound(std::begin(deceptive), std::end(deceptive), point,
                                [](uint32_t wanted, Range range) { return wanted < range.first; });
  return after != std::begin(deceptive) && point <= std::prev(after)->last;
}

// How many bytes a code unit has and which comes first; 1: no encoding of wide units.
struct Wide {
  size_t width = 1;
  bool little = true;
};

// UTF-32 or UTF-16 by the BOM.
Wide wide_by_mark(std::string_view bytes) {
  using namespace std::string_view_literals;
  bool whole = bytes.size() % 4 == 0;
  if (whole && bytes.starts_with("\xFF\xFE\0\0"sv)) return {4, true};
  if (whole && bytes.starts_with("\0\0\xFE\xFF"sv)) return {4, false};
  if (bytes.starts_with("\xFF\xFE"sv)) return {2, true};
  if (bytes.starts_with("\xFE\xFF"sv)) return {2, false};
  return {};
}

// UTF-16 by every second byte of the beginning being NUL and the others not.
Wide wide_by_look(std::string_view bytes) {
  size_t sample = std::min<size_t>(bytes.size() & ~size_t{1}, 512);
  if (sample < 8) return {};
  size_t zero_even = 0, zero_odd = 0;
  for (size_t i = 0; i < sample; ++i) (i % 2 ? zero_odd : zero_even) += bytes[i] == '\0';
  if (zero_even == 0 && zero_odd * 10 >= sample / 2 * 9) return {2, true};
  if (zero_odd == 0 && zero_even * 10 >= sample / 2 * 9) return {2, false};
  return {};
}

uint32_t unit_at(std::string_view bytes, size_t at, Wide wide) {
  uint32_t unit = 0;
  for (size_t i = 0; i < wide.width; ++i) {
    size_t shift = 8 * (wide.little ? i : wide.width - 1 - i);
    unit |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[at + i])) << shift;
  }
  return unit;
}

// Leaves out NULs and returns how many there were.
size_t decode_wide(std::string_view bytes, Wide wide, std::string& text) {
  auto is_high = [](uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; };
  auto is_low = [](uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; };
  size_t nuls = 0;
  for (size_t i = 0; i + wide.width <= bytes.size(); i += wide.width) {
    uint32_t point = unit_at(bytes, i, wide);
    nuls += point == 0;
    if (point == 0 || (i == 0 && point == 0xFEFF)) continue;
    if (wide.width == 2 && is_high(point) && i + 4 <= bytes.size()) {
      uint32_t low = unit_at(bytes, i + 2, wide);
      if (is_low(low)) point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00), i += 2;
    }
    if (point > 0x10FFFF || is_high(point) || is_low(point)) point = 0xFFFD;
    append_utf8(text, point);
  }
  return nuls;
}

// What no text holds. NULs do not count: what reads a file of a known kind drops them.
struct Garbage {
  size_t controls = 0;  // but for white space, backspace and escape
  size_t invalid = 0;   // bytes that are no UTF-8: all of those beyond ASCII in an older encoding
  size_t size = 0;      // bytes looked at

  // A text in an older encoding has invalid bytes and no controls; compressed or random bytes have both.
  bool is_most() const { return controls * 50 > size && (controls + invalid) * 10 > size * 3; }
};

// Appends the UTF-8 of `bytes` with every invalid sequence replaced and without NULs.
Garbage repair_utf8(std::string_view bytes, std::string& text) {
  Garbage garbage;
  for (size_t at = 0; at < bytes.size();) {
    auto lead = static_cast<unsigned char>(bytes[at]);
    size_t before = at;
    if (lead >= 0x80) {
      uint32_t point = next_code_point(bytes, at);
      garbage.invalid += point == 0xFFFD && at == before + 1;
      append_utf8(text, point);
      garbage.size += at - before;
      continue;
    }
    ++at;
    if (lead == 0) continue;
    bool is_plain = (lead >= 0x20 && lead < 0x7F) || (lead >= 0x08 && lead <= 0x0D) || lead == 0x1B;
    garbage.controls += !is_plain;
    ++garbage.size;
    text += bytes[before];
  }
  return garbage;
}

// Where the ASCII that begins at `at` ends; most of a text is nothing else, so that it is looked at in large steps.
size_t end_of_ascii(std::string_view text, size_t at) {
  constexpr uint64_t high = 0x8080808080808080u;
  constexpr size_t step = 4 * sizeof(uint64_t);
  for (; at + step <= text.size(); at += step) {
    uint64_t words[4];
    std::memcpy(words, text.data() + at, step);
    if ((words[0] | words[1] | words[2] | words[3]) & high) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

bool is_valid_utf8(std::string_view text) {
  for (size_t at = end_of_ascii(text, 0); at < text.size(); at = end_of_ascii(text, at)) {
    size_t before = at;
    if (next_code_point(text, at) == 0xFFFD && at == before + 1) return false;
  }
  return true;
}

}  // namespace

std::string_view trim(std::string_view text) {
  size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return text.substr(text.size());
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0;;) {
    size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t begin = text.find_first_not_of(blanks); begin != std::string_view::npos;) {
    size_t end = std::min(text.find_first_of(blanks, begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(blanks, end);
  }
  return words;
}

std::string lower(std::string_view ascii) {
  std::string out(ascii);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}

bool iequals(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return to_lower(x) == to_lower(y); });
}

bool icontains(std::string_view text, std::string_view needle) {
  auto same = [](char x, char y) { return to_lower(x) == to_lower(y); };
  return std::search(text.begin(), text.end(), needle.begin(), needle.end(), same) != text.end() || needle.empty();
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view before_first(std::string_view text, char separator) {
  return text.substr(0, text.find(separator));
}

std::string_view after_last(std::string_view text, char separator) {
  size_t at = text.rfind(separator);
  return at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view dir_name(std::string_view path) {
  size_t at = path.rfind('/');
  return at == std::string_view::npos ? std::string_view{} : path.substr(0, at);
}

std::string join_path(std::string_view base, std::string_view relative) {
  std::vector<std::string_view> parts;
  auto walk = [&](std::string_view path) {
    for (std::string_view part : split(path, '/')) {
      if (part.empty() || part == ".") continue;
      if (part != "..") {
        parts.push_back(part);
      } else if (parts.empty()) {
        return false;
      } else {
        parts.pop_back();
      }
    }
    return true;
  };
  if (!walk(base) || !walk(relative)) return {};
  return fmt::format("{}", fmt::join(parts, "/"));
}

bool glob_match(std::string_view pattern, std::string_view name, char separator) {
  // Most patterns of a list fail on their first or last character.
  auto plain = [](char c) { return c != '*' && c != '?'; };
  if (pattern.empty() || name.empty()) {
    return pattern.find_first_not_of('*') == std::string_view::npos && name.empty();
  }
  if ((plain(pattern.front()) && pattern.front() != name.front()) ||
      (plain(pattern.back()) && pattern.back() != name.back()))
    return false;
  size_t p = 0, n = 0;
  size_t star = std::string_view::npos, star_name = 0;  // last `*`: may stretch up to the next separator
  size_t wide = std::string_view::npos, wide_name = 0;  // last `**`: may stretch over anything
  while (n < name.size()) {
    if (p + 1 < pattern.size() && pattern[p] == '*' && pattern[p + 1] == '*') {
      wide = p += 2, wide_name = n, star = std::string_view::npos;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = ++p, star_name = n;
    } else if (p < pattern.size() && (pattern[p] == name[n] || (pattern[p] == '?' && name[n] != separator))) {
      ++p, ++n;
    } else if (star != std::string_view::npos && name[star_name] != separator) {
      p = star, n = ++star_name;
    } else if (wide != std::string_view::npos) {
      p = wide, n = ++wide_name, star = std::string_view::npos;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string_view longest_plain(std::string_view pattern) {
  std::string_view longest;
  for (size_t at = 0, end = 0; at < pattern.size(); at = ++end) {
    while (end < pattern.size() && pattern[end] != '*' && pattern[end] != '?') ++end;
    if (end - at > longest.size()) longest = pattern.substr(at, end - at);
  }
  return longest;
}

LetterSet LetterSet::of_glob(std::string_view glob) {
  LetterSet letters{{}};
  for (char c : glob) {
    if (c != '*' && c != '?') letters.bits_ |= place_of(c);
  }
  return letters;
}

bool decode_text(std::string_view bytes, std::string& text, Expect expect) {
  text.clear();
  if (Wide wide = wide_by_mark(bytes); wide.width > 1) return decode_wide(bytes, wide, text), true;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bool is_claimed = expect == Expect::Text || bytes.starts_with("#!");
  size_t nul = bytes.find('\0');
  if (nul < 8000 && !is_claimed) {
    Wide wide = wide_by_look(bytes);
    return wide.width > 1 && decode_wide(bytes, wide, text) == 0;
  }
  if (nul == std::string_view::npos && is_valid_utf8(bytes)) {
    text.assign(bytes);
    return true;
  }
  Garbage garbage = repair_utf8(bytes, text);
  return !is_claimed || !garbage.is_most();
}

std::string printable(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    uint32_t point = next_code_point(text, at);
    if (point == '\n') {
      out += "\\n";
    } else if (point == '\t') {
      out += "\\t";
    } else if (point < 0x20 || (point >= 0x7F && point < 0xA0)) {
      out += fmt::format("\\x{:02x}", point);
    } else if (point >= 0xAD && is_deceptive(point)) {
      out += point > 0xFFFF ? fmt::format("\\U{:08x}", point) : fmt::format("\\u{:04x}", point);
    } else {
      append_utf8(out, point);
    }
  }
  return out;
}

std::string mask(std::string_view secret) {
  // Escapes are longer than what they stand for: their ends would be more than a third.
  if (secret.size() < 16 || secret.find('\\') != std::string_view::npos) return "********";
  // Nor are they cut in the middle of a character.
  std::string ends = std::string(secret.substr(0, 3)).append(secret.substr(secret.size() - 2));
  if (std::any_of(ends.begin(), ends.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return "********";
  return printable(secret.substr(0, 3)) + "********" + printable(secret.substr(secret.size() - 2));
}

std::string snake_case(std::string_view name) {
  auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if (!(is_lower(c) || is_upper(c)) && !is_digit(c)) {
      if (!out.empty() && out.back() != '_') out += '_';
      continue;
    }
    bool after_lower = i > 0 && (is_lower(name[i - 1]) || is_digit(name[i - 1]));
    bool word_end = i > 0 && is_upper(name[i - 1]) && i + 1 < name.size() && is_lower(name[i + 1]);
    if (is_upper(c) && (after_lower || word_end) && !out.empty() && out.back() != '_') out += '_';
    out += is_upper(c) ? static_cast<char>(c + 32) : c;
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  size_t best_distance = std::max<size_t>(word.size() / 3, 2) + 1;
  for (const std::string& candidate : candidates) {
    std::vector<size_t> row(candidate.size() + 1);
    for (size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (size_t i = 1; i <= word.size(); ++i) {
      size_t diagonal = row[0]++;
      for (size_t j = 1; j < row.size(); ++j) {
        size_t above = row[j];
        row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (word[i - 1] != candidate[j - 1])});
        diagonal = above;
      }
    }
    if (row.back() < best_distance) best_distance = row.back(), best = candidate;
  }
  return best;
}

}  // namespace tfcheck
