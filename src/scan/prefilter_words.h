// Which words the rules ask for: a name pattern asks for all of its words together, so that broad ones ("run",
// "daemon") never send a file to the parser alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "facts/adapter.h"
#include "pages/rule_set.h"
#include "pages/search_words.h"

namespace tfcheck {

// All of these words, in a file of one of these languages and paths.
struct Trigger {
  std::vector<uint32_t> words;         // ids
  std::vector<std::string> languages;  // empty: any
  const Patterns* paths = nullptr;     // null: any; else only in files of these paths
  bool environment = false;            // and a word of the language's environment

  friend auto operator<=>(const Trigger&, const Trigger&) = default;
};

// A word that is searched for.
struct SearchWord {
  std::string text;
  bool folded = false;  // lower case, found in any
  bool whole = false;   // a segment by itself: "run" of "app.run" does not stand in "prune"
};

// Collects the words and triggers of rules; a word's id is its place in words().
class PrefilterWords {
 public:
  PrefilterWords(std::span<const Adapter* const> adapters, const Vocabulary& vocabulary);

  // The id of a word, which is taken up when it is new.
  uint32_t id_of(std::string_view text, bool folded, bool whole = false);
  // Takes up the triggers of a rule, one of which must hold for its facts to be there.
  void add_rule(const Rule& rule, const Vocabulary& vocabulary);

  const std::vector<SearchWord>& words() const { return words_; }
  const std::vector<Trigger>& triggers() const { return triggers_; }

 private:
  const WordSet& spelt_otherwise_;  // values that code may spell in another way
  void add_trigger(const std::vector<WantedWord>& wanted, bool folded, Trigger frame);
  void add_own_triggers(const std::vector<std::vector<std::string>>& own, const Vocabulary& vocabulary,
                        const Trigger& frame);
  std::optional<Trigger> frame_of(const FactTest& test) const;
  void add_test(const FactTest& test);
  void add_companions(const std::vector<Companion>& companions);

  std::vector<SearchWord> words_;
  std::map<std::tuple<std::string, bool, bool>, uint32_t> ids_;
  std::set<std::string_view> code_formats_;
  std::vector<Trigger> triggers_;
  std::set<Trigger> known_;  // the same, to tell what is new
};

}  // namespace tfcheck
