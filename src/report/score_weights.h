// What the score weighs by: the one table of its numbers, each with the reason that it stands on. Nothing here was
// fitted: the steps are few and round, and tools/score_ratings says how well they follow auditors' ratings.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/finding.h"
#include "report/report.h"

namespace tfcheck {

// Weights are whole numbers of billionths: sums of them do not depend on the order, and that removing a finding never
// lowers a score holds to the last bit.
inline constexpr uint64_t weight_unit = 1'000'000'000;

// The overall score where nothing was found: an auditor has always something left to ask.
inline constexpr double clean_score = 95;

// How much of its factor a rule stands for.
enum class Breadth : uint8_t {
  Whole,  // the factor says this in so many words: who breaks it does not follow the factor
  Part,   // one of several things that the factor asks for
  Edge,   // a risk beside what the factor asks for: this deploy works, another may not
  Trace,  // told for completeness: an auditor hardly takes off for it
};

// What a rule weighs in its factor; a rule without a row is a Part and a cause of its own.
struct RuleWeight {
  std::string_view rule;
  std::string_view fact;  // only its findings about a fact of this kind; "" for all others
  Breadth breadth = Breadth::Part;
  std::string_view cause;   // rules of one cause tell one decision: they count as repeats of each other
  std::string_view reason;  // why it is no Part, or not a cause of its own
};
std::span<const RuleWeight> rule_weights();
const RuleWeight& rule_weight(std::string_view rule, std::string_view fact);

// What a factor weighs in the mean over a component's factors, and what it is worth where nothing was found.
struct FactorWeight {
  double weight = 1;
  std::string_view weight_reason;
  double most = 100;
  std::string_view unseen;  // what an auditor asks and no rule does yet: why no more
};
const FactorWeight& factor_weight(size_t factor);

// Of one finding, in billionths.
uint64_t finding_weight(Severity severity, Confidence confidence, Breadth breadth);
// The part of its weight that the n-th finding of a cause counts with, the heaviest being the first; never nothing.
uint64_t repeat_weight(uint64_t weight, uint64_t n);

// In percent: of a severity against an error, of a confidence against certainty, of a breadth against a Part.
uint64_t percent_of(Severity severity);
uint64_t percent_of(Confidence confidence);
uint64_t percent_of(Breadth breadth);
std::string_view to_string(Breadth breadth);

}  // namespace tfcheck
