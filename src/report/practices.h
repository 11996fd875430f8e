// What was seen as right, for people: by factor, each with its first places. It adds no points: where a factor has
// findings it says what else is there, and where it has none, that there was something to look at.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/audit.h"
#include "report/masking.h"
#include "report/report.h"
#include "report/text_style.h"

namespace tfcheck {

// In the order of factors and of their pages. Of each practice so many places of a component are kept, and so many of
// all together; the rest is counted.
inline constexpr size_t component_places = 5, report_places = 2000;
std::vector<ReportPractice> report_practices(const AuditResult& audit, const RuleSet& rules, const FileSet& files,
                                             Masker& masker);

// A factor and its practices, a line each with the first places; `only` a factor, or all of them for "". "" when there
// are none.
std::string practice_text(const std::vector<ReportPractice>& practices, const TextPen& pen, std::string_view only = {});

}  // namespace tfcheck
