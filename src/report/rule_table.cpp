#include "report/rule_table.h"

#include <algorithm>

#include "report/score.h"

namespace tfcheck {

namespace {

ReportRule report_rule(const Rule& rule, const std::vector<Edition>& editions) {
  return {rule.id,
          rule.title,
          rule.summary,
          rule.why,
          rule.fix,
          rule.page,
          rule.severity,
          rule.confidence,
          rule.security_severity,
          rule.since ? editions[*rule.since].name : ""};
}

}  // namespace

ReportRule unused_suppression_rule() {
  std::string summary = "A suppression names a rule that finds nothing where the suppression stands.";
  return {std::string(unused_suppression_id),
          "A suppression that suppresses nothing",
          summary,
          "It hides the next finding that appears there, and nobody will notice.",
          "Remove it.",
          PageSource("# A suppression that suppresses nothing\n" + summary),
          Severity::Note,
          Confidence::High,
          std::nullopt};
}

size_t RuleTable::factor(uint32_t rule) const {
  return factor_index(id(rule));
}

std::vector<ReportRule> RuleTable::enabled(const Config& config) const {
  std::vector<ReportRule> on = {unused_suppression_rule()};
  for (const Rule& rule : rules_.rules()) {
    if (rule_enabled(config, rule.id)) on.push_back(report_rule(rule, rules_.editions()));
  }
  std::sort(on.begin(), on.end(), [](const ReportRule& a, const ReportRule& b) { return a.id < b.id; });
  return on;
}

}  // namespace tfcheck
