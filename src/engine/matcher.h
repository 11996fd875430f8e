// Data rules over facts: every fact is offered to the matches that could want it, found by kind and last word of its
// name, so that the number of rules hardly matters.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/finding.h"
#include "model/project.h"
#include "pages/rule_set.h"

namespace tfcheck {

// Which matches could want a fact.
class MatchIndex {
 public:
  struct Ref {
    uint32_t rule = 0;
    uint32_t match = 0;
  };
  explicit MatchIndex(const RuleSet& rules);
  // Calls `visit(Ref)` for every match whose name test could hold.
  template <typename Visit>
  void candidates(const Fact& fact, Visit visit) const {
    const Kind& kind = kinds_[static_cast<size_t>(fact.kind)];
    for (Ref ref : kind.any) visit(ref);
    std::string_view last = fact.kind == FactKind::Command ? fact.name : fact.name.substr(fact.name.rfind('.') + 1);
    auto found = kind.by_word.find(last);
    if (found == kind.by_word.end()) return;
    for (Ref ref : found->second) visit(ref);
  }

 private:
  struct Kind {
    std::unordered_map<std::string_view, std::vector<Ref>> by_word;
    std::vector<Ref> any;
  };
  Kind kinds_[9];
};

// One finding per matched fact and rule; `fired` counts matches per rule for `rules check`.
struct MatchResult {
  std::vector<Finding> findings;
  std::vector<MatchIndex::Ref> fired;
  std::vector<MatchIndex::Ref> absent;  // requirements that something lacks
  Work work;
};

// Runs every data rule (matches and requirements) over the project.
MatchResult run_data_rules(const RuleSet& rules, const Project& project);

}  // namespace tfcheck
