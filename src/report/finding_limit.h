// How many findings a report holds: hostile input must not blow it up, and nobody reads the thousandth of a kind.
#pragma once

#include <span>
#include <vector>

#include "engine/finding.h"
#include "report/report.h"

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

}  // namespace tfcheck
