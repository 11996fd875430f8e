// Which matches could want a fact: found by its kind and the last word of its name, of a command by its program, so
// that the number of rules hardly matters. Sets are entered word by word; patterns that no word leads to stand in a
// list that every fact is offered to.
#pragma once

#include <algorithm>
#include <compare>
#include <span>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/path_glob.h"
#include "base/text.h"
#include "facts/fact.h"
#include "pages/rule_set.h"
#include "vocabulary/word_set.h"

namespace tfcheck {

class MatchIndex {
 public:
  // A match of a rule, or one of its practices.
  struct Ref {
    uint32_t rule = 0;
    uint32_t match = 0;
    bool practice = false;  // `match` is an index into the rule's practices
    friend bool operator==(const Ref&, const Ref&) = default;
    friend auto operator<=>(const Ref& a, const Ref& b) {
      return std::tie(a.rule, a.practice, a.match) <=> std::tie(b.rule, b.practice, b.match);
    }
  };
  // A match that no word leads to; where its name test is of globs only, their letters pass over most names.
  struct Open {
    Ref ref;
    const FactTest* test = nullptr;
    std::vector<LetterSet> globs;
    bool could_be(LetterSet name) const {
      return globs.empty() ||
             std::any_of(globs.begin(), globs.end(), [&](LetterSet glob) { return !name.lacks(glob); });
    }
  };
  // A match that selects files.
  struct OfFiles {
    Ref ref;
    std::vector<PathGlob> globs;
  };
  // Both are kept. `interpreters` are the programs that run the one behind them.
  MatchIndex(const RuleSet& rules, const WordSet& interpreters);
  // Calls `visit(Ref)` for every match and practice whose name test could hold, in the order of rules and of their
  // pages; of those that no word leads to, only for `open`, some of `open(fact.kind)` in its order.
  template <typename Visit>
  void candidates(const Fact& fact, std::span<const Open* const> open, Visit visit) const {
    Named named;
    find(fact, named);
    LetterSet letters(open.empty() ? std::string_view{} : fact.name);
    auto next = named.refs.begin();
    for (const Open* match : open) {
      for (; next != named.refs.end() && *next < match->ref; ++next) visit(*next);
      if (match->could_be(letters)) visit(match->ref);
    }
    for (; next != named.refs.end(); ++next) visit(*next);
  }
  // Every fact of the kind is offered to these, in the order of rules and of their pages.
  const std::vector<Open>& open(FactKind kind) const { return kinds_[static_cast<size_t>(kind)].open; }
  const std::vector<OfFiles>& of_files() const { return files_; }

 private:
  struct Kind {
    std::unordered_map<std::string_view, std::vector<Ref>> by_word;
    std::vector<Open> open;
  };
  // The matches that words of a fact lead to, of one word or of several.
  struct Named {
    std::span<const Ref> refs;
    std::vector<Ref> merged;
  };
  void add(Ref ref, const Match& match);
  void find(const Fact& fact, Named& named) const;
  static void take(const Kind& kind, std::string_view word, Named& named);

  const WordSet& interpreters_;
  Kind kinds_[fact_kinds];
  std::vector<OfFiles> files_;
};

}  // namespace tfcheck
