// A finding as `tfcheck explain FINGERPRINT` tells it: what was found, and why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "report/report.h"

namespace tfcheck {

// True for what could be the beginning of a fingerprint, or PATH:LINE; no rule or factor is called like that.
bool names_a_finding(std::string_view word);
// The findings that a word names, a path as reports show it or as it is typed in the audited `folder`. An Error when
// there are none.
Result<std::vector<const ReportFinding*>> findings_named(std::string_view word,
                                                         const std::vector<ReportFinding>& findings,
                                                         std::string_view folder);
std::string finding_text(const ReportFinding& finding);

}  // namespace tfcheck
