// The words that a set of rules asks for, as plain data: what is searched for, and which of it together makes a file
// worth parsing. The build works it out for the built-in rules; a run does so for packs.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace tfcheck {

// A word that is searched for.
struct SearchWord {
  std::string text;
  bool folded = false;  // lower case, found in any
  bool whole = false;   // a segment by itself: "run" of "app.run" does not stand in "prune"
  bool every = false;   // each place of it is told, not only that it is there
};

// One of these alternatives: of each all words.
using WordGroup = std::vector<std::vector<uint32_t>>;

// All of these words and one alternative of each group, in a file of one of these languages and paths.
struct Trigger {
  std::vector<uint32_t>
      words;  // numbers; the first is the one that stands in the fewest files, as far as its length tells
  std::vector<uint32_t> groups;  // numbers
  uint64_t languages = 0;        // a bit for each adapter, in the order of all_adapters(); 0: any
  uint32_t paths = 0;            // 1-based number of a list of paths; 0: any
  bool environment = false;      // and a word of the language's environment

  friend auto operator<=>(const Trigger&, const Trigger&) = default;
};

// A word that a text pattern is looked for round.
struct Keyword {
  uint32_t word = 0;
  uint32_t pattern = 0;  // number among those of its search

  friend auto operator<=>(const Keyword&, const Keyword&) = default;
};

struct ScanWords {
  std::vector<SearchWord> words;                   // a word's number is its place
  std::vector<Trigger> triggers;                   // sorted by their first word
  std::vector<WordGroup> groups;                   // a group's number is its place
  std::vector<uint32_t> first_trigger;             // by word; one more at the end
  std::vector<std::vector<std::string>> paths;     // lists of patterns as in .gitignore
  std::vector<std::vector<uint32_t>> environment;  // by adapter: words that a read of the environment has
  std::vector<uint32_t> secrets;                   // a literal behind one of them makes a file worth parsing
  std::vector<uint32_t> secret_names;              // likewise, where the literal is given to what ends with the word
  std::vector<Keyword> keywords;                   // sorted
  std::vector<uint32_t> endings;                   // of names of files that are asked about: each place is told
  uint32_t first_pattern = 0;                      // number of the first text pattern in the vocabulary
  uint32_t patterns = 0;                           // how many there are
  uint32_t directive = 0;                          // what a suppression begins with
  uint32_t scheme = 0;                             // "://": a login behind it makes a file worth parsing
};

inline auto fields(SearchWord& word) {
  auto& [text, folded, whole, every] = word;
  return std::tie(text, folded, whole, every);
}

inline auto fields(Keyword& keyword) {
  auto& [word, pattern] = keyword;
  return std::tie(word, pattern);
}

inline auto fields(Trigger& trigger) {
  auto& [words, groups, languages, paths, environment] = trigger;
  return std::tie(words, groups, languages, paths, environment);
}

inline auto fields(ScanWords& all) {
  auto& [words, triggers, groups, first_trigger, paths, environment, secrets, secret_names, keywords, endings,
         first_pattern, patterns, directive, scheme] = all;
  return std::tie(words, triggers, groups, first_trigger, paths, environment, secrets, secret_names, keywords, endings,
                  first_pattern, patterns, directive, scheme);
}

}  // namespace tfcheck
