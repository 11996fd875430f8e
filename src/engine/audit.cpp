#include "engine/audit.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <tuple>

#include "base/parallel.h"
#include "engine/edition_in_force.h"
#include "engine/native.h"

namespace tfcheck {

namespace {

class Stopwatch {
 public:
  explicit Stopwatch(std::vector<AuditStage>& stages) : stages_(stages) {}
  void lap(std::string name) {
    auto now = std::chrono::steady_clock::now();
    stages_.push_back({std::move(name), std::chrono::duration<double>(now - last_).count()});
    last_ = now;
  }

 private:
  std::vector<AuditStage>& stages_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

// The data rules as one task and each native rule as another, taken by as many threads; every task has its own list, so
// the outcome does not depend on who took it.
Judgement run_rules(const RuleSet& rules, const Project& project, const AuditOptions& options) {
  Judgement result;
  EditionInForce edition(rules, options.edition);
  std::vector<uint32_t> natives;
  for (uint32_t i = 0; i < rules.rules().size(); ++i) {
    if (rules.rules()[i].native) natives.push_back(i);
  }
  std::vector<std::vector<Finding>> found(natives.size());
  std::vector<Work> work_of(natives.size());
  MatchResult data;
  auto work = [&](size_t task) {
    if (task == 0) {
      data = run_data_rules(rules, project, options.edition);
      return;
    }
    uint32_t rule = natives[task - 1];
    NativeContext context(project, rules.rules()[rule], rule, rules.vocabulary(), found[task - 1]);
    rules.native(rules.rules()[rule].id)(context);
    work_of[task - 1] = context.work();
    for (Finding& finding : found[task - 1]) edition.hold_back(finding, rules.rules()[rule], {});
  };
  run_parallel(std::max(1u, options.threads), natives.size() + 1, work);
  result.findings = std::move(data.findings);
  result.practices = std::move(data.practices);
  result.fired = std::move(data.fired);
  result.absent = std::move(data.absent);
  result.work += data.work;
  for (const Work& of_rule : work_of) result.work += of_rule;
  for (std::vector<Finding>& list : found) std::move(list.begin(), list.end(), std::back_inserter(result.findings));
  return result;
}

// The findings of one rule in one file, in order: where each begins, and the farthest end up to it.
class Owned {
 public:
  void add(std::optional<Span> span) {
    if (!span) {
      whole_ = true;
      return;
    }
    spans_.push_back(*span);
  }
  // To be called before it is asked.
  void sort() {
    std::sort(spans_.begin(), spans_.end());
    uint32_t farthest = 0;
    for (Span& span : spans_) span.end = farthest = std::max(span.end, farthest);
  }
  // A finding about the whole file, or one that overlaps the span.
  bool covers(std::optional<Span> span) const {
    if (whole_ || !span) return whole_;
    auto behind = std::lower_bound(spans_.begin(), spans_.end(), span->end,
                                   [](Span other, uint32_t end) { return other.begin < end; });
    return behind != spans_.begin() && std::prev(behind)->end > span->begin;
  }

 private:
  bool whole_ = false;
  std::vector<Span> spans_;
};

// One construct, one finding: a rule's finding gives way to an overlapping one of the rule that owns the construct.
// What is in force gives way to nothing that is not. The findings are sorted.
void apply_ownership(const RuleSet& rules, std::vector<Finding>& findings, Work& work) {
  std::map<std::string_view, uint32_t> index;
  for (uint32_t i = 0; i < rules.rules().size(); ++i) index[rules.rules()[i].id] = i;
  using Key = std::tuple<uint32_t, uint32_t, bool>;  // file, rule, not in force yet
  std::map<Key, Owned> owned;
  for (const Finding& finding : findings) {
    bool is_later = finding.later.has_value();
    owned[{finding.file, finding.rule, is_later}].add(finding.span);
    for (const RelatedPlace& place : finding.joined) owned[{place.file, finding.rule, is_later}].add(place.span);
  }
  for (auto& [key, spans] : owned) spans.sort();
  std::vector<bool> gone(findings.size());
  for (size_t i = 0; i < findings.size(); ++i) {
    for (const std::string& owner : rules.rules()[findings[i].rule].yields_to) {
      auto found = index.find(owner);
      if (found == index.end()) continue;
      for (bool later : {false, true}) {
        if (later && !findings[i].later) break;
        auto others = owned.find({findings[i].file, found->second, later});
        ++work.comparisons;
        if (others != owned.end() && others->second.covers(findings[i].span)) gone[i] = true;
      }
    }
  }
  size_t at = 0;
  std::erase_if(findings, [&](const Finding&) { return gone[at++]; });
}

void remove_repeats(std::vector<Finding>& findings) {
  auto same = [](const Finding& a, const Finding& b) {
    return a.file == b.file && a.span == b.span && a.rule == b.rule;
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

// By file.
std::vector<std::vector<Span>> secrets_of(const Project& project, const std::vector<Finding>& findings) {
  std::vector<std::vector<Span>> secrets(project.files.size());
  for (const Finding& finding : findings) {
    for (Span span : finding.secrets) secrets[finding.file].push_back(span);
  }
  for (uint32_t i = 0; i < project.files.size(); ++i) {
    for (const TextHit& hit : project.files[i].hits) secrets[i].push_back(hit.span);
    std::sort(secrets[i].begin(), secrets[i].end());
    secrets[i].erase(std::unique(secrets[i].begin(), secrets[i].end()), secrets[i].end());
  }
  return secrets;
}

}  // namespace

Judgement judge(const RuleSet& rules, const Project& project, const AuditOptions& options) {
  Judgement result = run_rules(rules, project, options);
  for (Finding& finding : result.findings) {
    Severity& severity = finding.later ? finding.later->severity : finding.severity;
    bool lowered = severity == Severity::Note;
    if (finding.rule < options.severities.size() && options.severities[finding.rule] && !lowered)
      severity = *options.severities[finding.rule];
  }
  std::sort(result.findings.begin(), result.findings.end());
  remove_repeats(result.findings);
  result.secrets = secrets_of(project, result.findings);
  apply_ownership(rules, result.findings, result.work);
  auto is_off = [&](uint32_t rule) { return rule < options.enabled.size() && !options.enabled[rule]; };
  std::erase_if(result.findings,
                [&](const Finding& finding) { return is_off(finding.rule) || !project.files[finding.file].audited; });
  std::erase_if(result.practices, [&](const SeenPractice& seen) { return is_off(seen.rule); });
  return result;
}

AuditResult run_audit(const FileSet& set, Listing listing, const RuleSet& rules, const Prefilter& prefilter,
                      const AuditOptions& options) {
  std::vector<AuditStage> stages;
  Stopwatch watch(stages);
  Scan scan = scan_files(set, std::move(listing), prefilter, std::max(1u, options.threads));
  watch.lap("read and parse");
  Project project(std::move(scan.listing));
  watch.lap("model");
  Judgement judgement = judge(rules, project, options);
  watch.lap("rules");
  return {std::move(project), std::move(judgement), std::move(scan.statistics), std::move(stages)};
}

}  // namespace tfcheck
