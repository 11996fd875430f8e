// The outputs. Each is a function from a report to bytes: no source text, no rule set, no clock, no environment. All of
// them show paths relative to the root of the audit; those that programs read list the findings in the report's order.
#pragma once

#include <cstdint>
#include <string>

#include "report/report.h"

namespace tfcheck {

struct TextStyle {
  bool color = false;
  bool unicode = true;   // false: nothing but ASCII comes out
  uint32_t width = 100;  // columns of the terminal; 0: lines are never broken
  bool quiet = false;    // a line for each finding and one summary line: no table, nothing about what was looked at
  bool verbose = false;  // no folding, why and fix every time, suppressed findings, why factors were left out
};

// For people: by rule, the worst first. Notices are left to the caller, who sends them to stderr.
std::string emit_text(const Report& report, const TextStyle& style);

struct JsonStyle {
  bool timings = false;  // adds "run": what differs from run to run
};

// schemas/report.schema.json, "tfcheck-report/1". A path that is not UTF-8 has U+FFFD in "path" and its bytes,
// percent-encoded, in "uri".
std::string emit_json(const Report& report, const JsonStyle& style);

// SARIF 2.1.0 as code-scanning dashboards take it. Of an audit with a baseline each result has its baselineState: "new"
// or "unchanged". Suppressed findings are left out, and so is what is gone ("absent"): dashboards do not act on the
// marks that SARIF has for them, and would show both as open.
std::string emit_sarif(const Report& report);

}  // namespace tfcheck
