// Reading back what emit_json wrote: the findings and the score of an earlier run.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "report/report.h"

namespace tfcheck {

// The findings of a JSON report, as far as people are told of one: rule, severity, message, places without frames,
// fingerprint, state and cause. `file` is it in messages. An Error when the text is no such report.
Result<std::vector<ReportFinding>> read_findings(std::string_view file, std::string_view text);

// What a JSON report says is done right.
Result<std::vector<ReportPractice>> read_practices(std::string_view file, std::string_view text);

// The score of a JSON report, with what each rule takes off.
Result<Score> read_score(std::string_view file, std::string_view text);

}  // namespace tfcheck
