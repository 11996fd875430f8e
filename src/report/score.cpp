#include "report/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/text.h"
#include "report/score_weights.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

constexpr size_t no_factor = factor_ids.size();

uint64_t weight_of(const ScoreFinding& finding) {
  return finding_weight(finding.severity, finding.confidence, rule_weight(finding.rule, finding.fact).breadth);
}

// Findings of one rule, or of its findings about one kind of fact.
using Group = std::pair<std::string_view, std::string_view>;  // rule, fact of its row

Group group_of(const ScoreFinding& finding) {
  return {finding.rule, rule_weight(finding.rule, finding.fact).fact};
}

std::string_view cause_of(const ScoreFinding& finding) {
  std::string_view cause = rule_weight(finding.rule, finding.fact).cause;
  return cause.empty() ? std::string_view(finding.rule) : cause;
}

// What one cause left in one component.
class CauseLoad {
 public:
  void add(const ScoreFinding& finding) { findings_.emplace_back(weight_of(finding), &finding); }

  // Once all are added.
  void finish() {
    // Of equal weights it matters to the shares of the rules which comes first.
    std::sort(findings_.begin(), findings_.end(), [](const auto& a, const auto& b) {
      return std::tuple(b.first, group_of(*a.second)) < std::tuple(a.first, group_of(*b.second));
    });
    size_t n = findings_.size();
    before_.assign(n + 1, 0);
    moved_up_.assign(n + 1, 0);
    for (size_t i = 0; i < n; ++i) before_[i + 1] = before_[i] + repeat_weight(findings_[i].first, i + 1);
    for (size_t i = n; i-- > 1;) moved_up_[i] = moved_up_[i + 1] + repeat_weight(findings_[i].first, i);
  }
  uint64_t load() const { return before_.back(); }
  // The load if one finding of this weight were mended: the lighter ones move up.
  uint64_t load_without(uint64_t weight) const {
    auto found = std::lower_bound(findings_.begin(), findings_.end(), weight,
                                  [](const auto& one, uint64_t value) { return one.first > value; });
    auto place = static_cast<size_t>(found - findings_.begin());
    return before_[place] + moved_up_[place + 1];
  }
  // The load if all findings of a rule were mended.
  uint64_t load_without(std::string_view rule) const {
    uint64_t load = 0;
    size_t place = 0;
    for (const auto& [weight, finding] : findings_) {
      if (finding->rule != rule) load += repeat_weight(weight, ++place);
    }
    return load;
  }
  // Adds what each rule has of the load; points are left open.
  void tell(std::vector<RuleLoss>& losses) const {
    std::map<Group, RuleLoss> rules;
    for (size_t i = 0; i < findings_.size(); ++i) {
      const ScoreFinding& finding = *findings_[i].second;
      Group group = group_of(finding);
      RuleLoss& loss = rules[group];
      loss.rule = group.first;
      loss.fact = group.second;
      loss.cause = rule_weight(finding.rule, finding.fact).cause;
      loss.load += static_cast<double>(before_[i + 1] - before_[i]) / static_cast<double>(weight_unit);
      ++loss.findings[static_cast<size_t>(finding.severity)][static_cast<size_t>(finding.confidence)];
    }
    for (auto& [group, loss] : rules) losses.push_back(std::move(loss));
  }

 private:
  std::vector<std::pair<uint64_t, const ScoreFinding*>> findings_;  // weight, heaviest first
  std::vector<uint64_t> before_;                                    // sums of the first so many
  std::vector<uint64_t> moved_up_;                                  // sums from there on, each a place higher
};

double points_of(size_t factor, uint64_t load) {
  return factor_weight(factor).most * std::exp2(-static_cast<double>(load) / static_cast<double>(weight_unit));
}

// A weighted mean. What only findings show to have been looked at must not raise it: it counts as the mean of the rest,
// less the share that its findings take off.
class Mean {
 public:
  void add(double points, double weight) { sum_ += points * weight, weight_ += weight; }
  void add_only_findings(double points, double most, double weight) {
    shares_ += points / most * weight, plain_ += points * weight, found_ += weight;
  }
  std::optional<double> value() const {
    if (weight_ > 0) return sum_ / weight_ * (weight_ + shares_) / (weight_ + found_);
    return found_ > 0 ? std::optional(plain_ / found_) : std::nullopt;
  }

 private:
  double sum_ = 0, weight_ = 0;
  double shares_ = 0, plain_ = 0, found_ = 0;
};

using CauseKey = std::tuple<uint32_t, size_t, std::string_view>;  // component, factor, cause

class Scorer {
 public:
  Scorer(std::span<const ScoreComponent> components, std::span<const ScoreFinding> findings)
      : components_(components), loads_(components.size()) {
    for (const ScoreFinding& finding : findings) {
      for_each_component(finding, [&](uint32_t component, size_t factor) {
        causes_[{component, factor, cause_of(finding)}].add(finding);
      });
    }
    for (auto& [key, cause] : causes_) {
      cause.finish();
      loads_[std::get<0>(key)][std::get<1>(key)] += cause.load();
    }
  }

  Score score() {
    Score score;
    for (uint32_t i = 0; i < components_.size(); ++i) score.components.push_back(component_score(i));
    choose_speakers();
    for (const ComponentScore& component : score.components) overalls_.push_back(component.overall);
    for (size_t factor = 0; factor < factor_ids.size(); ++factor) score.factors[factor] = factor_score(score, factor);
    for (const FactorScore& factor : score.factors) score.incomplete |= factor.incomplete;
    score.no_overall = why_no_overall(score);
    if (score.no_overall.empty()) score.overall = mean_overall();
    return score;
  }

  // Valid after score().
  double cost(const ScoreFinding& finding) {
    std::vector<std::pair<uint32_t, std::optional<double>>> kept;
    for_each_component(finding, [&](uint32_t component, size_t factor) {
      if (!speaks_[component]) return;
      const CauseLoad& cause = causes_.at({component, factor, cause_of(finding)});
      std::array<uint64_t, 12> loads = loads_[component];
      loads[factor] = loads[factor] - cause.load() + cause.load_without(weight_of(finding));
      kept.emplace_back(component, overalls_[component]);
      overalls_[component] = overall_of(component, loads);
    });
    return won_back(kept);
  }

  // What mending all findings of a rule wins back, valid after score().
  double gain(std::string_view rule) {
    size_t factor = factor_index(rule);
    std::map<uint32_t, std::array<uint64_t, 12>> changed;
    for (const auto& [key, cause] : causes_) {
      auto [component, of, name] = key;
      if (of != factor || !speaks_[component]) continue;
      std::array<uint64_t, 12>& loads = changed.try_emplace(component, loads_[component]).first->second;
      loads[factor] = loads[factor] - cause.load() + cause.load_without(rule);
    }
    std::vector<std::pair<uint32_t, std::optional<double>>> kept;
    for (const auto& [component, loads] : changed) {
      kept.emplace_back(component, overalls_[component]);
      overalls_[component] = overall_of(component, loads);
    }
    return won_back(kept);
  }

 private:
  // What the overall score is more than it was with what was kept, which is put back.
  double won_back(const std::vector<std::pair<uint32_t, std::optional<double>>>& kept) {
    if (kept.empty()) return 0;
    double after = mean_overall().value_or(0);
    for (const auto& [component, overall] : kept) overalls_[component] = overall;
    return std::max(0.0, after - mean_overall().value_or(0));
  }

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

  std::optional<double> overall_of(uint32_t component, const std::array<uint64_t, 12>& loads) const {
    Mean mean;
    for (size_t factor = 0; factor < factor_ids.size(); ++factor) {
      const FactorStatus& status = components_[component].factors[factor];
      if (!is_scored(status.assessment)) continue;
      const FactorWeight& weight = factor_weight(factor);
      // What rules see less of counts less.
      double kept = points_of(factor, loads[factor]) / weight.most * clean_score, share = weight.weight * weight.most;
      if (status.only_findings)
        mean.add_only_findings(kept, clean_score, share);
      else
        mean.add(kept, share);
    }
    return mean.value();
  }

  ComponentScore component_score(uint32_t index) const {
    const ScoreComponent& component = components_[index];
    ComponentScore result;
    result.root = component.root;
    result.kind = component.kind;
    result.languages = component.languages;
    for (size_t factor = 0; factor < factor_ids.size(); ++factor) {
      const FactorStatus& status = component.factors[factor];
      FactorScore& out = result.factors[factor];
      out.assessment = status.assessment;
      out.reason = status.reason;
      out.incomplete = status.incomplete;
      out.only_findings = status.only_findings;
      out.looked_at = status.looked_at;
      result.incomplete |= status.incomplete;
      if (!is_scored(status.assessment)) continue;
      out.points = points_of(factor, loads_[index][factor]);
      out.losses = losses(index, factor);
    }
    result.overall = overall_of(index, loads_[index]);
    return result;
  }

  // What each rule takes off a factor: its part of the loss goes by its load.
  std::vector<RuleLoss> losses(uint32_t component, size_t factor) const {
    std::vector<RuleLoss> out;
    for (auto i = causes_.lower_bound({component, factor, ""}); i != causes_.end(); ++i) {
      if (std::get<0>(i->first) != component || std::get<1>(i->first) != factor) break;
      i->second.tell(out);
    }
    double total = static_cast<double>(loads_[component][factor]) / static_cast<double>(weight_unit);
    double lost = factor_weight(factor).most - points_of(factor, loads_[component][factor]);
    for (RuleLoss& loss : out) loss.points = lost * loss.load / total;
    std::stable_sort(out.begin(), out.end(), [](const RuleLoss& a, const RuleLoss& b) { return a.load > b.load; });
    return out;
  }

  // The repository's factors are those of its apps; without apps everything in it speaks.
  void choose_speakers() {
    auto is_app = [](const ScoreComponent& component) { return component.kind == "app"; };
    has_apps_ = std::any_of(components_.begin(), components_.end(), is_app);
    for (const ScoreComponent& component : components_) speaks_.push_back(!has_apps_ || is_app(component));
  }

  std::optional<double> mean_overall() const {
    Mean mean;
    for (size_t i = 0; i < components_.size(); ++i) {
      if (!speaks_[i] || !overalls_[i]) continue;
      if (is_looked_at(components_[i]))
        mean.add(*overalls_[i], 1);
      else
        mean.add_only_findings(*overalls_[i], clean_score, 1);
    }
    return mean.value();
  }

  // True when more than its findings shows that something of it was.
  static bool is_looked_at(const ScoreComponent& component) {
    return std::any_of(component.factors.begin(), component.factors.end(), [](const FactorStatus& status) {
      return is_scored(status.assessment) && !status.only_findings;
    });
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

  std::optional<double> mean_points(const Score& score, size_t factor) const {
    Mean mean;
    for (size_t i = 0; i < score.components.size(); ++i) {
      const FactorScore& own = score.components[i].factors[factor];
      if (!speaks_[i] || !is_scored(own.assessment)) continue;
      if (own.only_findings)
        mean.add_only_findings(own.points, factor_weight(factor).most, 1);
      else
        mean.add(own.points, 1);
    }
    return mean.value();
  }

  FactorScore factor_score(const Score& score, size_t factor) const {
    std::optional<double> points = mean_points(score, factor);
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
  std::map<CauseKey, CauseLoad> causes_;
  std::vector<std::array<uint64_t, 12>> loads_;
  std::vector<bool> speaks_;                     // the component takes part in the repository's score
  std::vector<std::optional<double>> overalls_;  // of every component
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

int shown_points(double points) {
  return static_cast<int>(std::floor(points + 1e-9));
}

namespace {

// The rules whose findings cost something, the dearest first.
std::vector<RuleGain> gains_of(Scorer& scorer, std::span<const ScoreFinding> findings) {
  std::map<std::string_view, RuleGain> rules;
  for (const ScoreFinding& finding : findings) {
    if (finding.suppressed || factor_index(finding.rule) == no_factor) continue;
    RuleGain& gain = rules[finding.rule];
    gain.rule = finding.rule;
    ++gain.counts[static_cast<size_t>(finding.severity)];
  }
  std::vector<RuleGain> gains;
  for (auto& [rule, gain] : rules) {
    gain.points = scorer.gain(rule);
    if (gain.points > 0) gains.push_back(std::move(gain));
  }
  std::stable_sort(gains.begin(), gains.end(),
                   [](const RuleGain& a, const RuleGain& b) { return a.points > b.points; });
  return gains;
}

}  // namespace

ScoreResult compute_score(std::span<const ScoreComponent> components, std::span<const ScoreFinding> findings) {
  Scorer scorer(components, findings);
  ScoreResult result{scorer.score(), {}};
  result.costs.reserve(findings.size());
  for (const ScoreFinding& finding : findings) result.costs.push_back(scorer.cost(finding));
  if (result.score.overall) result.score.gains = gains_of(scorer, findings);
  return result;
}

}  // namespace tfcheck
