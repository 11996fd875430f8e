#include "vocabulary/word_set.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

WordSet::WordSet(std::string name, std::string file, std::vector<std::string> patterns, bool ignore_case)
    : name_(std::move(name)), file_(std::move(file)), ignore_case_(ignore_case), patterns_(std::move(patterns)) {
  for (std::string& pattern : patterns_) {
    if (ignore_case_) pattern = lower(pattern);
    if (pattern.find_first_of("*?") == std::string::npos)
      plain_.insert(pattern);
    else
      globs_.push_back(pattern);
  }
}

bool WordSet::contains(std::string_view word) const {
  std::string folded;
  if (ignore_case_) folded = lower(word), word = folded;
  return plain_.contains(word) || std::any_of(globs_.begin(), globs_.end(), [&](const std::string& pattern) {
           return glob_match(pattern, word, '\0');
         });
}

}  // namespace tfcheck
