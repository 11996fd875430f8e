// What the findings of a report name by index: the rules of the audit, in their order, and behind them tfcheck's own
// about suppressions, which only a report can judge.
#pragma once

#include <cstdint>
#include <string_view>

#include "config/config.h"
#include "pages/rule_set.h"
#include "report/report.h"

namespace tfcheck {

// About suppressions that suppress nothing: a rule of tfcheck itself, of no factor and without a page.
inline constexpr std::string_view unused_suppression_id = "tfcheck/unused-suppression";
ReportRule unused_suppression_rule();

class RuleTable {
 public:
  // The rules must outlive it.
  explicit RuleTable(const RuleSet& rules) : rules_(rules) {}

  const RuleSet& rules() const { return rules_; }
  std::string_view id(uint32_t rule) const {
    return rule == unused_suppression() ? unused_suppression_id : std::string_view(rules_.rules()[rule].id);
  }
  uint32_t unused_suppression() const { return static_cast<uint32_t>(rules_.rules().size()); }
  // Of a rule's id; as many as there are factors for tfcheck's own.
  size_t factor(uint32_t rule) const;
  // What a report says of them: those that are on, in id order.
  std::vector<ReportRule> enabled(const Config& config) const;

 private:
  const RuleSet& rules_;
};

}  // namespace tfcheck
