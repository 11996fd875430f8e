// Which factors of each component were looked at: tells "clean" from "not looked at".
#pragma once

#include <vector>

#include "engine/audit.h"
#include "report/score.h"

namespace tfcheck {

// One entry per component of the project, in its order.
std::vector<ScoreComponent> assess_components(const AuditResult& audit, const RuleSet& rules);

}  // namespace tfcheck
