// The score: a pure function from findings to points. It knows no files and no rule set, only what each finding weighs.
// The numbers and their reasons are in score_weights.
//
//   weight(finding)  = severity × confidence × breadth of its rule      a certain error of most rules: 1
//   load(cause)      = w1 + w2/4 + w3/9 + …       what one decision left in one component, heaviest first
//   points(factor)   = most × 2^-(sum of load over the factor's causes)    an error halves a factor
//   score(component) = 95 × sum of weight × points over its assessed factors, by the sum of weight × most
//   score            = mean over the apps; none without an app, or where fewer than six factors were assessed
//
// `most` is what a factor is worth where nothing was found: rules see a part of what an auditor does, and a factor of
// which they see less counts less. Repeats of one
// cause count less and less (a thousand errors weigh as 1.6), so that the size of the code hardly matters; the order of
// the findings does not. What was not assessed or does not apply takes no part; a factor of which nothing but findings
// was seen counts as the mean of the others less what they take off. Hence removing a finding never lowers any score,
// and adding one that counts always does. Points of what was looked at in part are the most that it can have.
// Suppressed findings do not count, nor do those of an edition that is not in force; known ones do.
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
  bool incomplete = false;     // something that the factor's rules would have looked at was not
  bool only_findings = false;  // nothing but its findings shows that it was looked at
  std::string looked_at = {};  // "source, configuration"
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
  std::string fact = {};  // the kind of fact that it is about: "image"; "" where that is not known
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
// Points as a person reads them: rounded down, so that 100 means nothing was lost and a gate never contradicts them.
int shown_points(double points);

}  // namespace tfcheck
