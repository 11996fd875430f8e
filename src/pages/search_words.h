// The words that a name pattern asks for: a file without all of them has no such name, and need not be parsed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tfcheck {

struct WantedWord {
  std::string text;
  bool whole = false;  // a segment by itself, with no star beside it
};

// The plain runs between a pattern's stars and dots: all of them stand in a file that has the name. Those that stand in
// every file are left out; of a name that has no others ("pg.db") the whole segments of two letters are asked for.
// Empty when there is nothing to look for ("x.*").
std::vector<WantedWord> search_words(std::string_view pattern);

}  // namespace tfcheck
