#include "report/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/text.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

// Weights are whole numbers of millionths: sums of them do not depend on the order, and the proof that removing a
// finding never lowers a score holds to the last bit.
constexpr uint64_t unit = 1'000'000;

// A twelve-factor error, once and certain, halves its factor: load 1. The steps are chosen so that severity goes before
// confidence: an unlikely error (0.40) still weighs more than a certain warning (0.35), an unlikely warning (0.14) more
// than a certain note (0.10).
constexpr std::array<uint64_t, 3> severity_weight = {
    unit / 10,        // note: worth knowing; ten of different rules halve a factor
    unit * 35 / 100,  // warning: three of different rules halve a factor
    unit,             // error
};
constexpr std::array<uint64_t, 3> confidence_percent = {
    40,   // low: more often wrong than right
    70,   // medium
    100,  // high
};

// What the factors weigh against each other: how much of deploying and running an app depends on them.
constexpr std::array<double, 12> factor_weights = {
    1.0,  // codebase: the ground of the others, but rarely broken in part
    1.5,  // dependencies: decides whether a build can be repeated
    2.0,  // config: a broken one leaks credentials and ties the code to one deploy
    1.5,  // backing services: decides whether a resource can be swapped without a release
    1.5,  // build, release, run: decides whether what runs is what was built
    1.5,  // processes: state in a process is data lost on the next restart
    1.0,  // port binding: one line of most apps
    1.0,  // concurrency: follows from the processes
    1.0,  // disposability: slow or unclean stops, seldom lost data
    1.0,  // dev/prod parity: a risk of surprise, not a fault in itself
    1.0,  // logs: one place of most apps
    1.0,  // admin processes: rare runs
};

constexpr size_t no_factor = factor_ids.size();

uint64_t weight_of(const ScoreFinding& finding) {
  return severity_weight[static_cast<size_t>(finding.severity)] *
         confidence_percent[static_cast<size_t>(finding.confidence)] / 100;
}

// The findings of one rule in one component. Beyond the twentieth a repeat weighs less than a millionth: nothing.
class RuleLoad {
 public:
  void add(uint64_t weight) { weights_.push_back(weight); }
  void finish() {
    std::sort(weights_.begin(), weights_.end(), std::greater<>());
    load_ = sum_without(weights_.size());
  }
  uint64_t load() const { return load_; }
  // The load if one finding of this weight were mended.
  uint64_t load_without(uint64_t weight) const {
    auto found = std::lower_bound(weights_.begin(), weights_.end(), weight, std::greater<>());
    return sum_without(static_cast<size_t>(found - weights_.begin()));
  }

 private:
  uint64_t sum_without(size_t skipped) const {
    uint64_t sum = 0;
    size_t place = 0;
    for (size_t i = 0; i < weights_.size() && place < 20; ++i) {
      if (i != skipped) sum += weights_[i] >> place++;
    }
    return sum;
  }

  std::vector<uint64_t> weights_;
  uint64_t load_ = 0;
};

double points_of(uint64_t load) {
  return 100.0 * std::exp2(-static_cast<double>(load) / static_cast<double>(unit));
}

using RuleKey = std::tuple<uint32_t, size_t, std::string_view>;  // component, factor, rule

class Scorer {
 public:
  Scorer(std::span<const ScoreComponent> components, std::span<const ScoreFinding> findings)
      : components_(components), loads_(components.size()) {
    for (const ScoreFinding& finding : findings) {
      for_each_component(finding, [&](uint32_t component, size_t factor) {
        rules_[{component, factor, finding.rule}].add(weight_of(finding));
      });
    }
    for (auto& [key, rule] : rules_) {
      rule.finish();
      loads_[std::get<0>(key)][std::get<1>(key)] += rule.load();
    }
  }

  Score score() {
    Score score;
    for (uint32_t i = 0; i < components_.size(); ++i) score.components.push_back(component_score(i));
    choose_counted(score);
    for (size_t factor = 0; factor < factor_ids.size(); ++factor) score.factors[factor] = factor_score(score, factor);
    for (const FactorScore& factor : score.factors) score.incomplete |= factor.incomplete;
    score.no_overall = why_no_overall(score);
    if (score.no_overall.empty())
      score.overall = mean(score, [](const ComponentScore& component) { return component.overall; });
    return score;
  }

  // Valid after score().
  double cost(const ScoreFinding& finding) const {
    double cost = 0;
    for_each_component(finding, [&](uint32_t component, size_t factor) {
      if (!counted_[component]) return;
      const RuleLoad& rule = rules_.at({component, factor, finding.rule});
      uint64_t load = loads_[component][factor];
      double won = points_of(load - rule.load() + rule.load_without(weight_of(finding))) - points_of(load);
      cost += won * factor_weights[factor] / assessed_weight(component) / static_cast<double>(counted_total_);
    });
    return cost;
  }

 private:
  // The components and the factor where a finding counts: none for a suppressed one or where nothing was assessed.
  template <typename F>
  void for_each_component(const ScoreFinding& finding, F&& use) const {
    size_t factor = factor_index(finding.rule);
    if (finding.suppressed || factor == no_factor) return;
    auto use_scored = [&](uint32_t i) {
      if (i < components_.size() && is_scored(components_[i].factors[factor].assessment)) use(i, factor);
    };
    for (uint32_t i : finding.components) use_scored(i);
    if (!finding.components.empty()) return;
    for (uint32_t i = 0; i < components_.size(); ++i) use_scored(i);
  }

  double assessed_weight(uint32_t component) const {
    double sum = 0;
    for (size_t factor = 0; factor < factor_ids.size(); ++factor) {
      if (is_scored(components_[component].factors[factor].assessment)) sum += factor_weights[factor];
    }
    return sum;
  }

  ComponentScore component_score(uint32_t index) const {
    const ScoreComponent& component = components_[index];
    ComponentScore result{component.root, component.kind, component.languages, {}, {}, false};
    double sum = 0;
    for (size_t factor = 0; factor < factor_ids.size(); ++factor) {
      const FactorStatus& status = component.factors[factor];
      FactorScore& out = result.factors[factor];
      out.assessment = status.assessment;
      out.reason = status.reason;
      out.incomplete = status.incomplete;
      result.incomplete |= status.incomplete;
      if (!is_scored(status.assessment)) continue;
      out.points = points_of(loads_[index][factor]);
      sum += out.points * factor_weights[factor];
    }
    if (double weight = assessed_weight(index); weight > 0) result.overall = sum / weight;
    return result;
  }

  // The repository's factors are those of its apps; without apps everything in it speaks.
  void choose_counted(const Score& score) {
    auto is_app = [](const ComponentScore& component) { return component.kind == "app"; };
    has_apps_ = std::any_of(score.components.begin(), score.components.end(), is_app);
    for (const ComponentScore& component : score.components) {
      speaks_.push_back(!has_apps_ || is_app(component));
      counted_.push_back(speaks_.back() && component.overall.has_value());
      counted_total_ += counted_.back() ? 1u : 0u;
    }
  }

  // A number says something of a whole app, or nothing.
  std::string why_no_overall(const Score& score) const {
    constexpr long least_factors = 6;
    if (!has_apps_) return "no part of it is an app";
    long assessed = std::count_if(score.factors.begin(), score.factors.end(),
                                  [](const FactorScore& factor) { return is_scored(factor.assessment); });
    if (assessed >= least_factors) return {};
    return fmt::format("{} of 12 factors could be assessed, {} are needed", assessed, least_factors);
  }

  template <typename F>
  std::optional<double> mean(const Score& score, F&& value) const {
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < score.components.size(); ++i) {
      std::optional<double> points = speaks_[i] ? value(score.components[i]) : std::nullopt;
      if (points) sum += *points, ++count;
    }
    return count == 0 ? std::nullopt : std::optional(sum / static_cast<double>(count));
  }

  FactorScore factor_score(const Score& score, size_t factor) const {
    auto points = mean(score, [&](const ComponentScore& component) -> std::optional<double> {
      const FactorScore& own = component.factors[factor];
      return is_scored(own.assessment) ? std::optional(own.points) : std::nullopt;
    });
    std::string missed = reasons_of_gaps(score, factor);
    if (points && missed.empty()) return {Assessment::Assessed, *points, "", false};
    if (points) return {Assessment::PartlyAssessed, *points, missed, true};
    if (!missed.empty()) return {Assessment::NotAssessed, 0, missed, true};
    // Nothing to average: "not assessed" says more than "not applicable" when the components differ.
    if (score.components.empty()) return {Assessment::NotAssessed, 0, "nothing was found to assess", false};
    FactorScore result{Assessment::NotApplicable, 0, "", false};
    for (size_t i = 0; i < score.components.size(); ++i) {
      const FactorScore& own = score.components[i].factors[factor];
      if (!speaks_[i]) continue;
      if (own.assessment == Assessment::NotAssessed) return own;
      if (result.reason.empty()) result = own;
    }
    return result;
  }

  // What was not looked at in the components that speak for the repository, "" for nothing.
  std::string reasons_of_gaps(const Score& score, size_t factor) const {
    std::string first;
    size_t others = 0;
    std::string_view last;
    for (size_t i = 0; i < score.components.size(); ++i) {
      const FactorScore& own = score.components[i].factors[factor];
      if (!speaks_[i] || !own.incomplete || own.reason == last) continue;
      last = own.reason;
      if (first.empty())
        first = own.reason;
      else
        ++others;
    }
    return others == 0 ? first : fmt::format("{}; the like in {}", first, counted(others, "more component"));
  }

  std::span<const ScoreComponent> components_;
  std::map<RuleKey, RuleLoad> rules_;
  std::vector<std::array<uint64_t, 12>> loads_;
  std::vector<bool> speaks_;   // the component takes part in the repository's score
  std::vector<bool> counted_;  // … and has one of its own
  size_t counted_total_ = 0;
  bool has_apps_ = false;
};

}  // namespace

size_t factor_index(std::string_view id) {
  auto found = std::find(factor_ids.begin(), factor_ids.end(), before_first(id, '/'));
  return static_cast<size_t>(found - factor_ids.begin());
}

bool is_scored(Assessment assessment) {
  return assessment == Assessment::Assessed || assessment == Assessment::PartlyAssessed;
}

double factor_weight(size_t factor) {
  return factor_weights.at(factor);
}

int shown_points(double points) {
  return static_cast<int>(std::floor(points + 1e-9));
}

ScoreResult compute_score(std::span<const ScoreComponent> components, std::span<const ScoreFinding> findings) {
  Scorer scorer(components, findings);
  ScoreResult result{scorer.score(), {}};
  result.costs.reserve(findings.size());
  for (const ScoreFinding& finding : findings) result.costs.push_back(scorer.cost(finding));
  return result;
}

}  // namespace tfcheck
