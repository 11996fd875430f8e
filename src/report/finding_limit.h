// How many findings a report holds: hostile input must not blow it up, and nobody reads the thousandth of a kind.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/finding.h"
#include "model/project.h"
#include "report/assess.h"
#include "report/rule_table.h"
#include "report/suppression.h"

namespace tfcheck {

inline constexpr size_t most_of_rule_in_file = 1'000;
inline constexpr size_t most_findings = 20'000;

struct KeptFindings {
  std::vector<size_t> kept;      // indices, ascending
  std::vector<size_t> left_out;  // indices, ascending
};

// Keeps active findings before suppressed ones, then the gravest and surest, then those that stand first: what is left
// out changes neither a gate nor, by more than a hair, the score. `suppressed` is by finding.
KeptFindings limit_findings(std::span<const Finding> findings, const std::vector<bool>& suppressed);

// Findings and, of each, why it is suppressed.
struct SuppressedFindings {
  std::vector<Finding> findings;
  std::vector<std::optional<SuppressionReason>> reasons;
};

struct LimitedFindings {
  SuppressedFindings kept;
  std::vector<Notice> notices;    // how many of which rule are left out
  std::vector<LeftOut> left_out;  // the rules that found more in a component
};

// What a report holds of an audit's findings, and what is said of the rest.
LimitedFindings within_limits(SuppressedFindings all, std::span<const ProjectFile> files, const RuleTable& table);

}  // namespace tfcheck
