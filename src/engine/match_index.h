// Which matches could want a fact: found by its kind and the last word of its name, so that the number of rules hardly
// matters. Sets are entered word by word; patterns that no word leads to stand in a list that every fact is offered to.
#pragma once

#include <algorithm>
#include <compare>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "facts/fact.h"
#include "pages/rule_set.h"

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
  explicit MatchIndex(const RuleSet& rules);
  // A match that every fact of its kind is offered to, by its number among those of all kinds.
  struct OpenMatch {
    uint32_t number;
    const FactTest& test;
  };
  // Calls `visit(Ref)` for every match and practice whose name test could hold, in the order of rules and of their
  // pages; of those that no word leads to, only where `fits(OpenMatch)`.
  template <typename Fits, typename Visit>
  void candidates(const Fact& fact, Fits fits, Visit visit) const {
    const Kind& kind = kinds_[static_cast<size_t>(fact.kind)];
    std::string_view last = fact.kind == FactKind::Command ? fact.name : fact.name.substr(fact.name.rfind('.') + 1);
    auto found = kind.by_word.find(last);
    static const std::vector<Ref> none;
    const std::vector<Ref>& named = found == kind.by_word.end() ? none : found->second;
    LetterSet letters(fact.name);
    for (size_t a = 0, n = 0; a < kind.any.size() || n < named.size();) {
      bool open = n == named.size() || (a < kind.any.size() && kind.any[a].ref < named[n]);
      if (!open)
        visit(named[n++]);
      else if (const Open& match = kind.any[a++]; fits(OpenMatch{match.number, *match.test}) && match.could_be(letters))
        visit(match.ref);
    }
  }
  // How many matches no word leads to.
  uint32_t open_matches() const { return open_matches_; }
  // The matches that select files.
  const std::vector<Ref>& of_files() const { return files_; }

 private:
  void add(Ref ref, const Match& match);
  // One that no word leads to; where its name test is of globs only, their letters pass over most names.
  struct Open {
    Ref ref;
    std::vector<LetterSet> globs;
    uint32_t number = 0;
    const FactTest* test = nullptr;
    bool could_be(LetterSet name) const {
      return globs.empty() ||
             std::any_of(globs.begin(), globs.end(), [&](LetterSet glob) { return !name.lacks(glob); });
    }
  };
  struct Kind {
    std::unordered_map<std::string_view, std::vector<Ref>> by_word;
    std::vector<Open> any;
  };
  Kind kinds_[fact_kinds];
  uint32_t open_matches_ = 0;
  std::vector<Ref> files_;
};

}  // namespace tfcheck
