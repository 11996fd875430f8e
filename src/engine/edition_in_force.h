// The edition that an audit is pinned to: what came with a later one is told as a note.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/finding.h"
#include "pages/rule_set.h"

namespace tfcheck {

class EditionInForce {
 public:
  // `number` counts among the editions of the rules; one behind the last of them is the newest.
  EditionInForce(const RuleSet& rules, uint32_t number) : editions_(rules.editions()), number_(number) {}

  // Did a rule, or a match of it that says so for itself, come with a later edition?
  bool is_later(const Rule& rule, std::optional<uint32_t> since) const { return came_with(rule, since) > number_; }
  // Makes a finding of what came later a note that says what it will be.
  void hold_back(Finding& finding, const Rule& rule, std::optional<uint32_t> since) const {
    if (!is_later(rule, since)) return;
    finding.later = LaterEdition{editions_[came_with(rule, since)].name, finding.severity};
    finding.severity = Severity::Note;
  }

 private:
  static uint32_t came_with(const Rule& rule, std::optional<uint32_t> since) {
    return std::max(rule.since.value_or(0), since.value_or(0));
  }

  const std::vector<Edition>& editions_;
  uint32_t number_;
};

}  // namespace tfcheck
