// Where the rules look: which languages, formats and dialects the examples of each page show, which the page claims,
// and why the others are empty.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "session/examples.h"

namespace tfcheck {

// What a page shows of one language, format or dialect.
enum class CoverageState : uint8_t {
  Both,    // wrong and right examples
  Wrong,   // wrong ones
  Right,   // right ones, and a rule that never fires there is not claimed by them
  Reason,  // none, and the page says why
  Empty,   // none, and nothing says why
};

struct CoverageCell {
  std::string name;  // of the language, format or dialect
  CoverageState state = CoverageState::Empty;
  bool claimed = false;  // languages always are
  std::string reason;    // of State::Reason, and of Right where the page gives one

  bool is_missing() const;
};

// One rule: a cell for each language, and for each format that its page shows, claims or has a reason for.
struct RuleCoverage {
  const Rule* rule = nullptr;
  bool declared = false;  // its page has a section "Coverage"
  std::vector<CoverageCell> languages, formats;
  std::vector<ExampleFailure> failures;  // of the section: reasons for what is shown, claims that nothing shows
};

// Of each rule that the report is about, in its order.
std::vector<RuleCoverage> coverage_of(const RuleSet& rules, const ExampleReport& report);

// The matrix, as the formats of `tfcheck rules coverage` print it. `reasons`: also why cells are empty.
std::string coverage_text(const std::vector<RuleCoverage>& rules, bool reasons);
std::string coverage_json(const std::vector<RuleCoverage>& rules);
// docs/rules.md: every rule with its page, and the matrix.
std::string coverage_markdown(const std::vector<RuleCoverage>& rules);

}  // namespace tfcheck
