#include "vocabulary/word_set.h"

#include <algorithm>
#include <bit>

#include "base/text.h"

namespace tfcheck {

WordSet::WordSet(std::string name, std::string file, std::vector<std::string> patterns, bool ignore_case)
    : name_(std::move(name)), file_(std::move(file)), ignore_case_(ignore_case), patterns_(std::move(patterns)) {
  plain_.reserve(patterns_.size());
  sketch_ = Sketch(patterns_.size());
  for (std::string& pattern : patterns_) {
    if (ignore_case_) pattern = lower(pattern);
    if (pattern.find_first_of("*?") == std::string::npos)
      plain_.insert(pattern), sketch_.add(pattern);
    else
      globs_.push_back(glob_of(pattern));
  }
}

bool WordSet::contains(std::string_view word) const {
  bool may_be_plain = sketch_.may_hold(word);
  if (!may_be_plain && globs_.empty()) return false;
  std::string folded;
  if (ignore_case_) folded = lower(word), word = folded;
  if (may_be_plain && plain_.contains(word)) return true;
  if (globs_.empty()) return false;
  LetterSet letters(word);
  return std::any_of(globs_.begin(), globs_.end(),
                     [&](const Glob& glob) { return !letters.lacks(glob.letters) && glob.matches(word); });
}

bool WordSet::has_word(std::string_view word) const {
  if (!sketch_.may_hold(word)) return false;
  return ignore_case_ ? plain_.contains(lower(word)) : plain_.contains(word);
}

// Eight places a word and more.
WordSet::Sketch::Sketch(size_t words)
    : bits_(std::bit_ceil(std::max<size_t>(words / 8, 1))), shift_(64 - 6 - std::countr_zero(bits_.size())) {}

uint64_t WordSet::Sketch::hash(std::string_view word) {
  if (word.empty()) return 0;
  auto letter = [](char c) { return static_cast<uint64_t>(static_cast<unsigned char>(c) | 0x20); };
  uint64_t ends = letter(word.front()) | letter(word.back()) << 8 | letter(word[word.size() / 2]) << 16;
  return (ends | word.size() << 24) * 0x9E3779B97F4A7C15;
}

void WordSet::Sketch::add(std::string_view word) {
  uint64_t place = hash(word) >> shift_;
  bits_[place / 64] |= uint64_t{1} << place % 64;
}

bool WordSet::Sketch::may_hold(std::string_view word) const {
  uint64_t place = hash(word) >> shift_;
  return bits_[place / 64] >> place % 64 & 1;
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
