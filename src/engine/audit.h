// One audit from a file set to findings: list → scope → scan → model → rules. No output, no configuration file: the
// callers (the command line, the example runner) say what they want in AuditOptions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/finding.h"
#include "engine/matcher.h"
#include "model/project.h"
#include "pages/rule_set.h"
#include "repo/file_set.h"
#include "scan/scan.h"

namespace tfcheck {

struct AuditOptions {
  unsigned threads = 1;
  std::function<const Prefilter&()> prefilter;  // gives one made before for the same rules; empty: made for this audit
  std::vector<bool> enabled;                    // by rule index; empty: all
  std::vector<std::optional<Severity>> severities;  // by rule index; empty: as the pages say
  std::function<void(Project&)> adjust;             // after components are known, before files are read
};

struct AuditStage {
  std::string name;
  double seconds = 0;
};

struct AuditResult {
  Project project;
  std::vector<Finding> findings;           // of enabled rules, in order, one per construct
  std::vector<std::vector<Span>> secrets;  // by file: what no output may show, also of rules that are not enabled
  std::vector<MatchIndex::Ref> fired;      // which matches produced them
  std::vector<MatchIndex::Ref> absent;     // and which requirements
  ScanStatistics statistics;
  Work work;  // of facts, model and rules
  std::vector<AuditStage> stages;
};

AuditResult run_audit(const FileSet& set, const RuleSet& rules, const AuditOptions& options);

}  // namespace tfcheck
