// The words that a name pattern asks for: a file without all of them has no such name, and need not be parsed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/word_set.h"

namespace tfcheck {

struct WantedWord {
  std::string text;
  bool whole = false;  // a segment by itself, with no star beside it
};

// The plain runs between a pattern's stars and dots: all of them stand in a file that has the name. Those that stand in
// every file are left out; of a name that has no others ("pg.db") the whole segments of two letters are asked for.
// Empty when there is nothing to look for ("x.*").
std::vector<WantedWord> search_words(std::string_view pattern);
// The plain runs of a value's pattern: all of them stand in a file that spells the value out, whatever stands between
// them. Empty when there is none of four letters, or of fewer that is a word by itself ("h2", "Mix.env"), or when code
// may spell the value in another way.
std::vector<WantedWord> value_words(const WordSet& spelt_otherwise, std::string_view pattern);

}  // namespace tfcheck
