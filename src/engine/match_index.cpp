#include "engine/match_index.h"

#include <algorithm>

namespace tfcheck {

namespace {

// The last segment of a name pattern if it is plain text; "" otherwise.
std::string_view last_word(std::string_view text) {
  std::string_view last = text.substr(text.rfind('.') + 1);
  return last.find_first_of("*?") == std::string_view::npos ? last : std::string_view{};
}

// The words that lead to a test, none when some name is led to by no word.
std::vector<std::string_view> words_of(const FactTest& test) {
  std::vector<std::string_view> words;
  for (const Pattern& pattern : test.name) {
    if (pattern.set && pattern.set->ignore_case()) return {};
    if (!pattern.set) {
      words.push_back(last_word(pattern.text));
      continue;
    }
    for (const std::string& member : pattern.set->patterns()) words.push_back(last_word(member));
  }
  return words;
}

// The letters of the globs that a name must match one of; none when a set that ignores case is among them.
std::vector<LetterSet> globs_of(const FactTest& test) {
  std::vector<LetterSet> globs;
  for (const Pattern& pattern : test.name) {
    if (pattern.set && pattern.set->ignore_case()) return {};
    if (!pattern.set) {
      globs.push_back(LetterSet::of_glob(pattern.text));
      continue;
    }
    for (const std::string& member : pattern.set->patterns()) globs.push_back(LetterSet::of_glob(member));
  }
  return globs;
}

}  // namespace

MatchIndex::MatchIndex(const RuleSet& rules) {
  for (uint32_t r = 0; r < rules.rules().size(); ++r) {
    const Rule& rule = rules.rules()[r];
    for (uint32_t m = 0; m < rule.matches.size(); ++m) add({r, m}, rule.matches[m]);
    for (uint32_t p = 0; p < rule.practices.size(); ++p) add({r, p, true}, rule.practices[p].match);
  }
}

void MatchIndex::add(Ref ref, const Match& match) {
  if (!match.files.empty()) return files_.push_back(ref);
  const FactTest& test = match.test;
  Kind& kind = kinds_[static_cast<size_t>(test.kind)];
  std::vector<std::string_view> words = words_of(test);
  bool open = words.empty() || std::find(words.begin(), words.end(), std::string_view{}) != words.end();
  if (open) return kind.any.push_back({ref, globs_of(test), open_matches_++, &test});
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  for (std::string_view word : words) kind.by_word[word].push_back(ref);
}

}  // namespace tfcheck
