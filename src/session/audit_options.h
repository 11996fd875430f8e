// What a configuration says of an audit, as the engine takes it.
#pragma once

#include "config/config.h"
#include "engine/audit.h"
#include "pages/rule_set.h"

namespace tfcheck {

AuditOptions audit_options(const Config& config, const RuleSet& rules, unsigned threads);

}  // namespace tfcheck
