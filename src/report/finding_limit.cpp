#include "report/finding_limit.h"

#include <algorithm>
#include <numeric>
#include <tuple>

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

}  // namespace tfcheck
