// UTF-8: the one place that encodes and decodes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tfcheck {

// U+FFFD, what stands for a character that is none.
inline constexpr uint32_t no_character = 0xFFFD;

// Appends a code point; `no_character` for a surrogate or what lies beyond Unicode.
void append_utf8(std::string& out, uint32_t point);
// The code point at `at`, which moves behind it; `no_character` for an invalid sequence, of which one byte is eaten.
uint32_t next_code_point(std::string_view text, size_t& at);

}  // namespace tfcheck
