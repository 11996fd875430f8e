// Values that somebody drew, told from names and words by which letters stand beside each other.
#pragma once

#include <bitset>
#include <cstddef>
#include <string_view>

#include "vocabulary/word_set.h"

namespace tfcheck {

class DrawnValues {
 public:
  // `common`: the pairs of letters that names and words are made of.
  explicit DrawnValues(const WordSet& common);
  // True for letters, capitals and digits as nobody puts them into a name; short texts tell nothing.
  bool contains(std::string_view value) const;
  // True for letters beside each other, in whatever case, as no words have them: keys of small letters, digits and
  // marks.
  bool is_unspoken(std::string_view value) const;

 private:
  std::bitset<size_t{26} * 26> common_;
};

}  // namespace tfcheck
