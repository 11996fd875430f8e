// From an audit to the report that the emitters print: suppressions, exceptions, score, gates.
#pragma once

#include <string>

#include "config/config.h"
#include "engine/audit.h"
#include "report/baseline.h"
#include "report/report.h"

namespace tfcheck {

struct ReportOptions {
  std::string root = {};               // the audited folder as the user named it
  bool allow_unread = false;           // what the machine or the repository refused does not make the run a failed one
  const Baseline* baseline = nullptr;  // findings that are known; null: none are
};

// What a report is of.
struct ReportRequest {
  const FileSet& files;
  const RuleSet& rules;
  const Config& config;  // with the flags laid over it
  ReportOptions options;
};

Report build_report(const AuditResult& audit, const ReportRequest& request);

}  // namespace tfcheck
