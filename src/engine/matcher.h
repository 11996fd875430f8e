// Data rules and practices over facts, over those that files say and those that the model adds.
#pragma once

#include <vector>

#include "engine/finding.h"
#include "engine/match_index.h"
#include "engine/seen_practices.h"
#include "model/project.h"
#include "pages/rule_set.h"

namespace tfcheck {

// One finding per matched fact and rule; `fired` counts matches per rule for `rules check`.
struct MatchResult {
  std::vector<Finding> findings;
  std::vector<SeenPractice> practices;
  std::vector<MatchIndex::Ref> fired;
  std::vector<MatchIndex::Ref> absent;  // requirements that something lacks
  Work work;
};

// Runs every data rule (matches and requirements) over the project. What came later than the edition, counted among
// those of the rules, tells only what nothing else of its rule does.
MatchResult run_data_rules(const RuleSet& rules, const Project& project, uint32_t edition);

}  // namespace tfcheck
