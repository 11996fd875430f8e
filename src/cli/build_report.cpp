#include "cli/build_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/sources.h"
#include "cli/switches.h"
#include "model/scope.h"
#include "report/assess.h"
#include "report/finding_limit.h"
#include "report/gaps.h"
#include "report/resolve.h"
#include "report/score.h"
#include "report/summary.h"
#include "report/suppression.h"

namespace tfcheck {

namespace {

ReportRule report_rule(const Rule& rule) {
  return {rule.id,       rule.title,      rule.summary,          rule.why, rule.fix, rule.page,
          rule.severity, rule.confidence, rule.security_severity};
}

class Builder {
 public:
  Builder(AuditResult& audit, const ReportInput& input)
      : audit_(audit),
        input_(input),
        unused_index_(static_cast<uint32_t>(input.rules.rules().size())),
        switches_(rule_switches(input.options, input.config, input.rules)),
        gaps_(find_gaps(audit, input.rules, switches_)) {}

  Report run() {
    fill_head();
    suppress();
    limit();
    Sources sources = audit_sources(audit_, input_.rules);
    sources.text = [&](uint32_t file) { return text(file); };
    sources.rule_id = [&](uint32_t rule) { return rule_id(rule); };
    OpenFiles files(sources);
    Masker masker(sources, files, audit_.judgement.findings);
    report_.findings = resolve_findings(audit_.judgement.findings, sources, report_.rules, files, masker);
    for (size_t i = 0; i < report_.findings.size(); ++i) {
      if (!reasons_[i]) continue;
      report_.findings[i].state = FindingState::Suppressed;
      report_.findings[i].suppression_reason = *reasons_[i];
    }
    score();
    gates();
    masker.clean(report_);
    return std::move(report_);
  }

 private:
  std::string_view rule_id(uint32_t rule) const {
    return rule == unused_index_ ? unused_id : std::string_view(input_.rules.rules()[rule].id);
  }

  const std::string& text(uint32_t file) {
    auto [place, fresh] = texts_.try_emplace(file);
    if (fresh) place->second = text_of(input_.files, audit_.project, file);
    return place->second;
  }

  void fill_head() {
    report_.tool_version = version();
    report_.root = input_.options.path;
    report_.edition = "2026";
    for (const Rule& rule : input_.rules.rules()) {
      if (rule_enabled(input_.config, rule.id)) report_.rules.push_back(report_rule(rule));
    }
    report_.rules.push_back(unused_suppression_rule());
    std::sort(report_.rules.begin(), report_.rules.end(),
              [](const ReportRule& a, const ReportRule& b) { return a.id < b.id; });
    const RepositoryInfo& repository = audit_.project.repository;
    report_.revision = repository.head;
    report_.branch = repository.branch;
    report_.remote_url = repository.remote_url;
    report_.notices = audit_.project.notices;
    report_.configuration = configuration_of(input_.options, input_.config, input_.rules, repository);
    fill_unread();
    Statistics& statistics = report_.statistics;
    statistics.files_listed = audit_.project.files.size();
    statistics.files_checked = audit_.statistics.checked;
    statistics.files_skipped = audit_.statistics.skipped;
    statistics.files_parsed = audit_.statistics.parsed;
    statistics.bytes_read = audit_.statistics.bytes_read;
    statistics.bytes_parsed = audit_.statistics.bytes_parsed;
    statistics.facts = audit_.statistics.facts;
    statistics.work = audit_.project.work();
    statistics.work += audit_.judgement.work;
    for (const AuditStage& stage : audit_.stages) statistics.stages.push_back({stage.name, stage.seconds});
    statistics.slowest_files = audit_.statistics.slowest;
  }

  void fill_unread() {
    for (const Gap& gap : gaps_) {
      report_.unread.push_back({gap.path, gap.why, gap.detail, gap.in_scope, gap.partly});
      bool is_trouble = gap.in_scope && is_refused(gap.why) && !input_.options.allow_unread;
      if (is_trouble) report_.execution_successful = false;
    }
  }

  void suppress() {
    std::vector<FileSuppressions> files;
    for (uint32_t i = 0; i < audit_.project.files.size(); ++i) {
      if (!audit_.project.files[i].has_directive) continue;
      SuppressionScan scan = find_suppressions(text(i));
      bool outside = audit_.project.files[i].scope & scope::Outside;
      for (Notice& notice : outside ? std::span<Notice>{} : std::span<Notice>(scan.notices)) {
        notice.path = audit_.project.files[i].path;
        report_.notices.push_back(std::move(notice));
      }
      for (Suppression& found : scan.suppressions) follow_renames(found.rules, input_.rules.aliases());
      if (!scan.suppressions.empty()) files.push_back({i, std::move(scan.suppressions)});
    }
    AppliedSuppressions applied =
        apply_suppressions(audit_.judgement.findings, files, [&](uint32_t rule) { return rule_id(rule); });
    reasons_ = std::move(applied.reasons);
    for (size_t i = 0; i < audit_.judgement.findings.size(); ++i) {
      for (const IgnoreConfig& exception : input_.config.ignores) {
        bool covers = rule_glob_match(exception.rule, rule_id(audit_.judgement.findings[i].rule)) &&
                      path_match(exception.path, audit_.project.files[audit_.judgement.findings[i].file].path);
        if (covers && !reasons_[i]) reasons_[i] = exception.reason;
      }
    }
    bool whole = input_.options.select.empty() && input_.config.select.empty() && input_.config.ignore.empty();
    if (whole) add_unused(applied.unused);
  }

  void add_unused(const std::vector<UnusedSuppression>& unused) {
    for (const UnusedSuppression& directive : unused) {
      if (audit_.project.files[directive.file].scope & scope::Outside) continue;
      Finding finding;
      finding.file = directive.file;
      finding.span = directive.span;
      finding.rule = unused_index_;
      finding.severity = Severity::Note;
      finding.message = fmt::format("The suppression of '{}' suppresses nothing here.", printable(directive.rule));
      audit_.judgement.findings.push_back(std::move(finding));
      reasons_.emplace_back();
    }
    std::vector<size_t> order(audit_.judgement.findings.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return audit_.judgement.findings[a] < audit_.judgement.findings[b]; });
    std::vector<Finding> findings;
    std::vector<std::optional<std::string>> reasons;
    for (size_t i : order)
      findings.push_back(std::move(audit_.judgement.findings[i])), reasons.push_back(std::move(reasons_[i]));
    audit_.judgement.findings = std::move(findings);
    reasons_ = std::move(reasons);
  }

  // Leaves out what is more than a report holds, and says so.
  void limit() {
    LimitedFindings limited =
        within_limits({std::move(audit_.judgement.findings), std::move(reasons_)}, audit_.project.files, unused_index_,
                      [&](uint32_t rule) { return rule_id(rule); });
    audit_.judgement.findings = std::move(limited.kept.findings);
    reasons_ = std::move(limited.kept.reasons);
    left_out_ = std::move(limited.left_out);
    report_.notices.insert(report_.notices.end(), limited.notices.begin(), limited.notices.end());
  }

  void score() {
    std::vector<ScoreComponent> components = assess_components({audit_, input_.rules, switches_, gaps_, left_out_});
    std::vector<ScoreFinding> findings;
    for (size_t i = 0; i < audit_.judgement.findings.size(); ++i) {
      const Finding& finding = audit_.judgement.findings[i];
      bool everywhere = rule_id(finding.rule) == "codebase/not-versioned";
      findings.push_back({std::string(rule_id(finding.rule)), finding.severity, finding.confidence,
                          everywhere ? every_component : audit_.project.files[finding.file].component,
                          reasons_[i].has_value()});
    }
    ScoreResult result = compute_score(components, findings);
    report_.score = std::move(result.score);
    for (size_t i = 0; i < report_.findings.size(); ++i) report_.findings[i].cost = result.costs[i];
  }

  void gates() {
    if (input_.config.fail_on) {
      bool passed = std::none_of(report_.findings.begin(), report_.findings.end(), [&](const ReportFinding& f) {
        return f.state == FindingState::Active && f.severity >= *input_.config.fail_on;
      });
      report_.gates.push_back({fmt::format("--fail-on {}", to_string(*input_.config.fail_on)), passed});
    }
    if (input_.config.min_score) {
      report_.gates.push_back({fmt::format("--min-score {:g}", *input_.config.min_score),
                               report_.score.overall && *report_.score.overall >= *input_.config.min_score});
    }
  }

  AuditResult& audit_;
  const ReportInput& input_;
  uint32_t unused_index_;
  std::vector<RuleSwitch> switches_;
  std::vector<Gap> gaps_;
  std::vector<LeftOut> left_out_;
  Report report_;
  std::vector<std::optional<std::string>> reasons_;
  std::map<uint32_t, std::string> texts_;
};

}  // namespace

ReportRule unused_suppression_rule() {
  std::string summary = "A suppression names a rule that finds nothing where the suppression stands.";
  return {std::string(unused_id),
          "A suppression that suppresses nothing",
          summary,
          "It hides the next finding that appears there, and nobody will notice.",
          "Remove it.",
          "# A suppression that suppresses nothing\n" + summary + "\n",
          Severity::Note,
          Confidence::High,
          std::nullopt};
}

Report build_report(AuditResult audit, const ReportInput& input) {
  return Builder(audit, input).run();
}

}  // namespace tfcheck
