// Findings held against a baseline: which are known, and what has become of those that are not found any more.
#pragma once

#include <span>
#include <vector>

#include "config/config.h"
#include "model/project.h"
#include "report/assess.h"
#include "report/baseline.h"
#include "report/gaps.h"
#include "report/rule_table.h"

namespace tfcheck {

// What an audit looked at.
struct LookedAt {
  const Project& project;
  const RuleTable& rules;
  const Config& config;
  std::span<const Gap> gaps;
  std::span<const LeftOut> left_out;
};

// Marks active findings that an entry knows; one that stands for more places than are known stays active. An entry
// whose finding is missing is gone only when its rule ran over all of its file: what was not looked at is not mended.
ReportBaseline hold_against(const Baseline& baseline, const LookedAt& looked_at, std::span<ReportFinding> findings);

}  // namespace tfcheck
