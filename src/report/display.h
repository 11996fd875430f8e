// Text as a terminal shows it: display columns of wide and combining characters, slices by column, wrapping. All input
// is valid UTF-8 without control characters (base/text.h printable).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tfcheck {

// The code point at `at`, which moves behind it.
uint32_t read_code_point(std::string_view text, size_t& at);
// Columns that a code point takes: 0 for combining ones, 2 for East Asian wide ones and emoji, else 1.
uint32_t display_width(uint32_t code_point);
uint32_t display_width(std::string_view text);
// The columns [from, to) of a text; half of a wide character becomes a blank.
std::string slice_columns(std::string_view text, uint32_t from, uint32_t to);
// Lines of at most `width` columns, broken at blanks; a longer word keeps a line of its own. Width 0: never broken.
std::vector<std::string> wrap(std::string_view text, uint32_t width);

enum class AsciiFit { Readable, SameColumns };
// The text for a terminal without UTF-8: typographic characters become their plain forms, others \u{…}. SameColumns
// keeps every column instead: whatever is not ASCII becomes '?', the ellipsis '~'.
std::string to_ascii(std::string_view text, AsciiFit fit);

}  // namespace tfcheck
