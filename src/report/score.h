// The score: a pure function from findings to points. It knows no files and no rule set, only what each finding weighs.
//
//   weight(finding)  = severity × confidence                        error 1.00  warning 0.35  note 0.10
//                                                                   high  1.0   medium  0.7   low  0.4
//   load(rule)       = w1 + w2/2 + w3/4 + …                         a rule's findings in one component, heaviest first
//   points(factor)   = 100 × 2^-(sum of load over the factor's rules)      one certain error halves a factor
//   score(component) = weighted mean of points over its assessed factors   config 2, others 1.5 or 1 (score.cpp)
//   score            = mean over the apps; none without an app, or where fewer than six factors were assessed
//
// Hence: removing a finding never lowers any score, repeats of one rule count less and less (a hundred errors of one
// rule weigh as much as two), the size of the code and the order of the findings do not matter, and what was not
// assessed or does not apply takes no part. Points of what was looked at in part are the most that it can have.
// Suppressed findings do not count; baselined ones do.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "report/report.h"

namespace tfcheck {

// Which factors of a component were looked at; `reason` says why one was not, or not wholly.
struct FactorStatus {
  Assessment assessment = Assessment::Assessed;
  std::string reason;
  bool incomplete = false;  // something that the factor's rules would have looked at was not
};

struct ScoreComponent {
  std::string root;  // "." for the repository itself
  std::string kind;  // "app", "library", "tool", "infrastructure"
  std::vector<std::string> languages;
  std::array<FactorStatus, 12> factors;
};

struct ScoreFinding {
  std::string rule;  // its part before the slash names the factor; other names than the twelve do not count
  Severity severity = Severity::Warning;
  Confidence confidence = Confidence::High;
  std::vector<uint32_t> components = {};  // that it counts in; none: in every one
  bool suppressed = false;
};

struct ScoreResult {
  Score score;
  // Per finding, in the order given: the points that the overall score wins back if this finding alone is mended.
  std::vector<double> costs;
};

ScoreResult compute_score(std::span<const ScoreComponent> components, std::span<const ScoreFinding> findings);

// The index of a factor id in factor_ids, or of a rule id's factor; 12 when it is none of the twelve.
size_t factor_index(std::string_view id);
// True when a factor has points: what was looked at in part has.
bool is_scored(Assessment assessment);
// What a factor weighs in the mean over a component's factors.
double factor_weight(size_t factor);
// Points as a person reads them: rounded down, so that 100 means nothing was lost and a gate never contradicts them.
int shown_points(double points);

}  // namespace tfcheck
