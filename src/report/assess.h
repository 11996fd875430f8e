// Which factors of each component were looked at: tells "clean" from "not looked at".
#pragma once

#include <vector>

#include "engine/finding.h"
#include "model/project.h"
#include "report/gaps.h"
#include "report/rule_table.h"
#include "report/score.h"

namespace tfcheck {

// Findings of a rule in a component that are not reported because there are too many.
struct LeftOut {
  uint32_t component = no_index;
  uint32_t rule = 0;
  std::string reason;
};

struct AssessInput {
  const Project& project;
  std::span<const Finding> findings;
  const RuleTable& rules;
  std::span<const RuleSwitch> switches;  // by rule index; empty: all on
  std::span<const Gap> gaps;
  std::span<const LeftOut> left_out;
};

// The components that a file speaks of, by index: its own and the apps that it deploys.
std::vector<uint32_t> components_of(const Project& project, uint32_t file);
// The components in which a finding counts: those of its file, or none for every one.
std::vector<uint32_t> counted_in(const Project& project, const Finding& finding);

// One entry per component of the project, in its order.
std::vector<ScoreComponent> assess_components(const AssessInput& input);

}  // namespace tfcheck
