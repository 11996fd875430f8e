#include "report/finding_limit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "base/factors.h"
#include "report/summary.h"

namespace tfcheck {

KeptFindings limit_findings(std::span<const Finding> findings, const std::vector<bool>& suppressed) {
  std::vector<size_t> order(findings.size());
  std::iota(order.begin(), order.end(), size_t{0});
  KeptFindings result;
  if (findings.size() <= most_of_rule_in_file) {
    result.kept = std::move(order);
    return result;
  }
  auto rank = [&](size_t i) {
    return std::tuple(suppressed[i], -static_cast<int>(findings[i].severity), -static_cast<int>(findings[i].confidence),
                      i);
  };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::pair(std::pair(findings[a].file, findings[a].rule), rank(a)) <
           std::pair(std::pair(findings[b].file, findings[b].rule), rank(b));
  });
  size_t place = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const Finding& finding = findings[order[i]];
    bool same = i > 0 && findings[order[i - 1]].file == finding.file && findings[order[i - 1]].rule == finding.rule;
    place = same ? place + 1 : 0;
    (place < most_of_rule_in_file ? result.kept : result.left_out).push_back(order[i]);
  }
  if (result.kept.size() > most_findings) {
    std::sort(result.kept.begin(), result.kept.end(), [&](size_t a, size_t b) { return rank(a) < rank(b); });
    auto rest = result.kept.begin() + static_cast<std::ptrdiff_t>(most_findings);
    result.left_out.insert(result.left_out.end(), rest, result.kept.end());
    result.kept.erase(rest, result.kept.end());
  }
  std::sort(result.kept.begin(), result.kept.end());
  std::sort(result.left_out.begin(), result.left_out.end());
  return result;
}

LimitedFindings within_limits(SuppressedFindings all, std::span<const ProjectFile> files, const RuleTable& table) {
  std::vector<bool> suppressed;
  for (const auto& reason : all.reasons) suppressed.push_back(reason.has_value());
  KeptFindings chosen = limit_findings(all.findings, suppressed);
  LimitedFindings result;
  if (chosen.left_out.empty()) {
    result.kept = std::move(all);
    return result;
  }
  std::map<uint32_t, size_t> by_rule;
  std::set<std::pair<uint32_t, uint32_t>> touched;  // component, rule
  for (size_t i : chosen.left_out) {
    const Finding& finding = all.findings[i];
    ++by_rule[finding.rule];
    if (table.factor(finding.rule) < factor_ids.size()) touched.emplace(files[finding.file].component, finding.rule);
  }
  for (auto [rule, count] : by_rule) {
    std::string message = fmt::format("{} of {} left out: a report holds {} of a rule in a file and {} in all",
                                      counted(count, "finding"), table.id(rule), most_of_rule_in_file, most_findings);
    result.notices.push_back({"", std::move(message), 0, Unread::TooManyFacts});
  }
  for (auto [component, rule] : touched)
    result.left_out.push_back(
        {component, rule, fmt::format("{} has more findings than a report holds", table.id(rule))});
  for (size_t i : chosen.kept) {
    result.kept.findings.push_back(std::move(all.findings[i]));
    result.kept.reasons.push_back(std::move(all.reasons[i]));
  }
  return result;
}

}  // namespace tfcheck
