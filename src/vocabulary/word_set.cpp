#include "vocabulary/word_set.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

WordSet::WordSet(std::string name, std::string file, std::vector<std::string> patterns, bool ignore_case)
    : name_(std::move(name)), file_(std::move(file)), ignore_case_(ignore_case), patterns_(std::move(patterns)) {
  plain_.reserve(patterns_.size());
  for (std::string& pattern : patterns_) {
    if (ignore_case_) pattern = lower(pattern);
    if (pattern.find_first_of("*?") == std::string::npos)
      plain_.insert(pattern);
    else
      globs_.push_back(glob_of(pattern));
  }
}

bool WordSet::contains(std::string_view word) const {
  std::string folded;
  if (ignore_case_) folded = lower(word), word = folded;
  if (plain_.contains(word)) return true;
  if (globs_.empty()) return false;
  LetterSet letters(word);
  return std::any_of(globs_.begin(), globs_.end(),
                     [&](const Glob& glob) { return !letters.lacks(glob.letters) && glob.matches(word); });
}

bool WordSet::has_word(std::string_view word) const {
  return ignore_case_ ? plain_.contains(lower(word)) : plain_.contains(word);
}

WordSet::Glob WordSet::glob_of(std::string_view pattern) {
  std::string_view text = pattern;
  bool begins = !text.starts_with('*'), ends = !text.ends_with('*');
  while (text.starts_with('*')) text.remove_prefix(1);
  while (text.ends_with('*')) text.remove_suffix(1);
  if (text.empty() || text.find_first_of("*?") != std::string_view::npos || (begins && ends))
    return {Shape::Other, std::string(pattern), std::string(longest_plain(pattern)), LetterSet::of_glob(pattern)};
  return {begins ? Shape::Begin
          : ends ? Shape::End
                 : Shape::Inside,
          std::string(text),
          {},
          LetterSet::of_glob(pattern)};
}

bool WordSet::Glob::matches(std::string_view word) const {
  switch (shape) {
    case Shape::Begin:
      return word.starts_with(text);
    case Shape::End:
      return word.ends_with(text);
    case Shape::Inside:
      return word.find(text) != std::string_view::npos;
    case Shape::Other:
      break;
  }
  return word.find(needle) != std::string_view::npos && glob_match(text, word, '\0');
}

}  // namespace tfcheck
