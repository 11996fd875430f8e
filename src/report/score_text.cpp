#include "report/score_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/score.h"
#include "report/score_weights.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

bool speaks(const Score& score, const ComponentScore& component) {
  auto is_app = [](const ComponentScore& one) { return one.kind == "app"; };
  return is_app(component) || std::none_of(score.components.begin(), score.components.end(), is_app);
}

// As a JSON report holds it, so that both are explained alike.
double held(double number) {
  return std::round(number * 100) / 100;
}

// "≤ 71.3" for the most that it can be.
std::string points_text(double points, bool incomplete) {
  return fmt::format("{}{:.1f}", incomplete ? "≤ " : "", held(points));
}

// "2 errors, 1 warning of medium confidence".
std::string findings_text(const RuleLoss& loss) {
  std::string out;
  for (Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    for (Confidence confidence : {Confidence::High, Confidence::Medium, Confidence::Low}) {
      uint32_t count = loss.findings[static_cast<size_t>(severity)][static_cast<size_t>(confidence)];
      if (count == 0) continue;
      out += (out.empty() ? "" : ", ") + counted(count, to_string(severity));
      if (confidence != Confidence::High) out += fmt::format(" of {} confidence", to_string(confidence));
    }
  }
  return out;
}

std::string loss_row(const RuleLoss& loss) {
  std::string what = fmt::format("{}{}: {}", printable(loss.rule), loss.fact.empty() ? "" : " (" + loss.fact + ")",
                                 findings_text(loss));
  return fmt::format("  {:>13} {}, load {:.2f}\n", fmt::format("−{:.1f}", held(loss.points)), what, held(loss.load));
}

std::string factor_rows(const FactorScore& factor, size_t index) {
  const FactorWeight& weight = factor_weight(index);
  if (!is_scored(factor.assessment))
    return fmt::format("  {:<18}{}: {}\n", factor_ids[index], to_string(factor.assessment), printable(factor.reason));
  std::string row = fmt::format("  {:<18}{:>6} of {:<4} weight {:.1f}", factor_ids[index],
                                points_text(factor.points, factor.incomplete), weight.most, weight.weight);
  row += factor.looked_at.empty() ? "\n" : fmt::format("; looked at: {}\n", factor.looked_at);
  for (const RuleLoss& loss : factor.losses) row += loss_row(loss);
  if (!factor.reason.empty())
    row += fmt::format("{:20}{}: {}\n", "", to_string(factor.assessment), printable(factor.reason));
  if (factor.only_findings)
    row += fmt::format(
        "{:20}only findings show that it was looked at: it counts as the mean of the others, less what they take off\n",
        "");
  return row;
}

std::string component_rows(const ComponentScore& component) {
  std::string number = component.overall ? points_text(*component.overall, component.incomplete) : "no number";
  std::string out = fmt::format("\n{} ({}): {}\n", printable(component.root), component.kind, number);
  for (size_t i = 0; i < factor_ids.size(); ++i) out += factor_rows(component.factors[i], i);
  return out;
}

std::string overall_rows(const Score& score) {
  std::string number =
      score.overall ? points_text(*score.overall, score.incomplete) + " of 100" : "no number, " + score.no_overall;
  std::string out = fmt::format("score: {}\n", number);
  std::vector<const ComponentScore*> counted;
  size_t silent = 0;
  for (const ComponentScore& component : score.components) {
    if (speaks(score, component) && component.overall)
      counted.push_back(&component);
    else
      ++silent;
  }
  std::sort(counted.begin(), counted.end(), [](const auto* a, const auto* b) {
    return std::tie(*a->overall, a->root) < std::tie(*b->overall, b->root);
  });
  if (score.overall && counted.size() > 1) {
    out += fmt::format("the mean over {}, the lowest first:\n", tfcheck::counted(counted.size(), "app"));
    for (const ComponentScore* component : counted)
      out += fmt::format("  {:>6} {}\n", points_text(*component->overall, component->incomplete),
                         printable(component->root));
  }
  if (silent > 0)
    out += fmt::format("{} not in it: only apps are deployed\n",
                       silent == 1 ? "1 component is" : fmt::format("{} components are", silent));
  return out;
}

std::string rule_rows() {
  std::string out;
  for (const RuleWeight& row : rule_weights()) {
    std::string name = fmt::format("{}{}", row.rule, row.fact.empty() ? "" : fmt::format(" ({})", row.fact));
    std::string cause = row.cause.empty() ? "" : fmt::format(", one cause: {}", row.cause);
    out +=
        fmt::format("  ×{:<4} {}: {}{}\n", static_cast<double>(percent_of(row.breadth)) / 100, name, row.reason, cause);
  }
  return out;
}

std::string weights_text() {
  auto share = [](auto value) { return static_cast<double>(percent_of(value)) / 100; };
  std::string out = fmt::format(
      "\nHow it is counted\n"
      "  points = most × 2^−load: a load of 1 halves a factor\n"
      "  load   = w1 + w2/4 + w3/9 + … of each cause, the heaviest finding first\n"
      "  score  = {} × the sum of weight × points, by the sum of weight × most: clean is {}\n"
      "  w      = severity (error {}, warning {}, note {}) × confidence (high {}, medium {}, low {}) × breadth of the "
      "rule\n",
      clean_score, clean_score, share(Severity::Error), share(Severity::Warning), share(Severity::Note),
      share(Confidence::High), share(Confidence::Medium), share(Confidence::Low));
  out += fmt::format("\nBreadth: a rule stands for a part of its factor (×{}), but\n{}", share(Breadth::Part),
                     rule_rows());
  out += "\nFactors: the most they are worth while no rule looks at the rest; their weight, and why\n";
  for (size_t i = 0; i < factor_ids.size(); ++i) {
    const FactorWeight& weight = factor_weight(i);
    out += fmt::format("  {:<18}{}: not looked at: {}\n{:20}{:.1f}: {}\n", factor_ids[i], weight.most, weight.unseen,
                       "", weight.weight, weight.weight_reason);
  }
  return out;
}

}  // namespace

std::string score_text(const Score& score) {
  std::string out = overall_rows(score);
  for (const ComponentScore& component : score.components) {
    bool tells = speaks(score, component) || std::any_of(component.factors.begin(), component.factors.end(),
                                                         [](const FactorScore& one) { return !one.losses.empty(); });
    if (tells) out += component_rows(component);
  }
  return out + weights_text();
}

}  // namespace tfcheck
