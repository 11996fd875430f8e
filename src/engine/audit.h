// One audit from a listing to findings, each phase a function from one value to the next: Listing → Scan → Project →
// Judgement. No output, no configuration file: callers say what they want in AuditOptions.
#pragma once

#include <optional>
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
  std::vector<bool> enabled;                        // by rule index; empty: all
  std::vector<std::optional<Severity>> severities;  // by rule index; empty: as the pages say
  uint32_t edition = UINT32_MAX;                    // in force, among those of the rules; behind them: the newest
};

// What the rules say of a project.
struct Judgement {
  std::vector<Finding> findings;           // of enabled rules in audited files, in order, one per construct
  std::vector<SeenPractice> practices;     // of enabled rules, in the order of files
  std::vector<std::vector<Span>> secrets;  // by file: what no output may show, also of rules that are not enabled
  std::vector<MatchIndex::Ref> fired;      // which matches and practices produced them
  std::vector<MatchIndex::Ref> absent;     // and which requirements
  Work work;                               // of the rules
};

Judgement judge(const RuleSet& rules, const Project& project, const AuditOptions& options);

struct AuditStage {
  std::string name;
  double seconds = 0;
};

struct AuditResult {
  Project project;
  Judgement judgement;
  ScanStatistics statistics;
  std::vector<AuditStage> stages;
};

// All phases behind the listing. `listing` is that of the set; the prefilter was made for these rules.
AuditResult run_audit(const FileSet& set, Listing listing, const RuleSet& rules, const Prefilter& prefilter,
                      const AuditOptions& options);

}  // namespace tfcheck
