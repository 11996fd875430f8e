// From an audit's result to the report that the emitters print: suppressions, exceptions, score, gates.
#pragma once

#include "cli/options.h"
#include "config/config.h"
#include "engine/audit.h"
#include "report/report.h"

namespace tfcheck {

struct ReportInput {
  const FileSet& files;
  const RuleSet& rules;
  const Config& config;    // the flags laid over it
  const Options& options;  // the flags
};

// The id and the rule of the notes on suppressions that suppress nothing: a rule of tfcheck itself, without a page.
inline constexpr std::string_view unused_id = "tfcheck/unused-suppression";
ReportRule unused_suppression_rule();

Report build_report(AuditResult audit, const ReportInput& input);

}  // namespace tfcheck
