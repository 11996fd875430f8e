// From findings, whose places are byte offsets, to report findings: lines and columns, code frames, fingerprints, and
// no secret left in any of them. After this no stage needs the source text.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/finding.h"
#include "report/report.h"

namespace tfcheck {

// How resolve_findings reads the audited tree; indices are those of Finding.
struct Sources {
  std::function<std::string(uint32_t file)> text;       // decoded as the rules saw it; "" when it cannot be read
  std::function<std::string_view(uint32_t file)> path;  // relative to the root, raw bytes
  std::function<std::string_view(uint32_t rule)> rule_id;
  // What no output may show of a file, beside what its findings say of it; may be empty.
  std::function<std::span<const Span>(uint32_t file)> secrets = {};
};

// One report finding per finding, in the same order; `findings` is sorted. `rules` are the report's, in id order, with
// the rule of every finding among them. State, reason and cost are left for the caller to fill in.
// A finding with the span {0, 0} is about its whole file: its region is line 1, and it has no frame.
std::vector<ReportFinding> resolve_findings(std::span<const Finding> findings, const Sources& sources,
                                            std::span<const ReportRule> rules);

}  // namespace tfcheck
