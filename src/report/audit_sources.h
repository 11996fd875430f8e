// An audit as reports and listings read it: paths, facts, and what is known of its secrets.
#pragma once

#include "engine/audit.h"
#include "pages/rule_set.h"
#include "report/sources.h"

namespace tfcheck {

// Without texts and rules, which the caller knows how to get. Both arguments must outlive the result.
Sources audit_sources(const AuditResult& audit, const RuleSet& rules);
// How a line of such a file is read when its facts do not say what a word is.
TextKind text_kind(const Adapter* adapter);

}  // namespace tfcheck
