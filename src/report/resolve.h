// From findings, whose places are byte offsets, to report findings: lines and columns, code frames, fingerprints, and
// no secret left in any of them. After this no stage needs the source text.
#pragma once

#include <span>
#include <vector>

#include "engine/finding.h"
#include "report/masking.h"
#include "report/open_files.h"
#include "report/report.h"
#include "report/sources.h"

namespace tfcheck {

// One report finding per finding, in the same order; `findings` is sorted. `rules` are the report's, in id order, with
// the rule of every finding among them. State, reason and cost are left for the caller to fill in.
// Of a finding about its whole file the region is line 1, and there is no frame.
std::vector<ReportFinding> resolve_findings(std::span<const Finding> findings, const Sources& sources,
                                            std::span<const ReportRule> rules, OpenFiles& files, Masker& masker);
// The same with files and a masker of its own.
std::vector<ReportFinding> resolve_findings(std::span<const Finding> findings, const Sources& sources,
                                            std::span<const ReportRule> rules);

}  // namespace tfcheck
