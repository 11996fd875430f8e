// Which words of a command are secrets by their place: values of options, user:password pairs, positions.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "masking/mask_words.h"

namespace tfcheck {

// A part of a word: up to its end, or the default inside of a reference.
struct WordPart {
  size_t word = 0;
  size_t begin = 0;
  size_t end = 0;
};

// `words` in the order in which they are written, the program among them: "mysql" "-pX", "curl" "-u" "ann:X",
// "app" "--token" "X", "env" "DB_PASSWORD=X". What is harmless is left out.
std::vector<WordPart> secret_words(const MaskWords& known, std::span<const std::string_view> words);

}  // namespace tfcheck
