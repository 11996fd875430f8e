#include "report/build_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <span>

#include "base/text.h"
#include "base/version.h"
#include "model/scope.h"
#include "report/assess.h"
#include "report/audit_sources.h"
#include "report/causes.h"
#include "report/finding_limit.h"
#include "report/fingerprint.h"
#include "report/fixes.h"
#include "report/gaps.h"
#include "report/known.h"
#include "report/practices.h"
#include "report/resolve.h"
#include "report/rule_table.h"
#include "report/score.h"
#include "report/summary.h"
#include "report/suppress.h"
#include "report/switches.h"

namespace tfcheck {

namespace {

void sort_findings(SuppressedFindings& all) {
  std::vector<size_t> order(all.findings.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return all.findings[a] < all.findings[b]; });
  SuppressedFindings sorted;
  for (size_t i : order) {
    sorted.findings.push_back(std::move(all.findings[i]));
    sorted.reasons.push_back(std::move(all.reasons[i]));
  }
  all = std::move(sorted);
}

class Builder {
 public:
  Builder(const AuditResult& audit, const ReportRequest& request)
      : audit_(audit),
        project_(audit.project),
        request_(request),
        table_(request.rules),
        switches_(rule_switches(request.config, request.rules)),
        gaps_(find_gaps(project_, request.rules, switches_)),
        found_{audit.judgement.findings, {}} {}

  Report run() {
    fill_head();
    fill_unread();
    fill_statistics();
    suppress();
    limit();
    resolve(score());
    hold_against_baseline();
    gates();
    return std::move(report_);
  }

 private:
  const std::string& text(uint32_t file) {
    auto [place, fresh] = texts_.try_emplace(file);
    if (fresh) place->second = text_of(request_.files, project_, file);
    return place->second;
  }

  void fill_head() {
    report_.tool_version = program_version();
    report_.root = request_.options.root;
    report_.folder = project_.audited_folder;
    const std::vector<Edition>& editions = request_.rules.editions();
    report_.edition = editions[edition_in_force(request_.config, editions)].name;
    report_.rules = table_.enabled(request_.config);
    const RepositoryInfo& repository = project_.repository;
    report_.revision = repository.head;
    report_.branch = repository.branch;
    report_.remote_url = repository.remote_url;
    for (const Notice& notice : project_.notices) {
      bool is_ours = notice.path.empty() || project_.is_audited(notice.path) || is_refused(notice.unread);
      if (is_ours) report_.notices.push_back(notice);
    }
    report_.configuration = configuration_of(request_.config, request_.rules, repository, request_.options.root);
  }

  void fill_unread() {
    for (const Gap& gap : gaps_) {
      report_.unread.push_back({gap.path, gap.why, gap.detail, gap.in_scope, gap.partly});
      bool is_trouble = gap.in_scope && is_refused(gap.why) && !request_.options.allow_unread;
      if (is_trouble) report_.execution_successful = false;
    }
  }

  void fill_statistics() {
    Statistics& statistics = report_.statistics;
    statistics.files_listed = audit_.statistics.checked + audit_.statistics.skipped;
    statistics.files_beside = audit_.statistics.beside;
    statistics.files_checked = audit_.statistics.checked;
    statistics.files_skipped = audit_.statistics.skipped;
    statistics.files_parsed = audit_.statistics.parsed;
    statistics.bytes_read = audit_.statistics.bytes_read;
    statistics.bytes_parsed = audit_.statistics.bytes_parsed;
    statistics.facts = audit_.statistics.facts;
    statistics.work = project_.work();
    statistics.work += audit_.judgement.work;
    for (const AuditStage& stage : audit_.stages) statistics.stages.push_back({stage.name, stage.seconds});
    statistics.slowest_files = audit_.statistics.slowest;
  }

  void suppress() {
    SuppressionOutcome outcome = tfcheck::suppress(found_.findings, project_, table_, request_.config,
                                                   [&](uint32_t file) -> const std::string& { return text(file); });
    found_.reasons = std::move(outcome.reasons);
    for (Notice& notice : outcome.notices) report_.notices.push_back(std::move(notice));
    // A suppression of a rule that did not run is none that nothing needs.
    bool is_whole = request_.config.select.empty() && request_.config.ignore.empty();
    if (!is_whole) return;
    add_unused(outcome.unused);
    if (project_.audited_folder.empty()) tell_unused(outcome.used_exceptions);
  }

  void tell_unused(const std::vector<bool>& used) {
    for (size_t e = 0; e < used.size(); ++e) {
      if (used[e]) continue;
      const IgnoreConfig& exception = request_.config.ignores[e];
      std::string where = exception.key.empty() ? exception.path : exception.path + ", key " + exception.key;
      report_.notices.push_back({report_.configuration.file,
                                 fmt::format("the exception of {} for {} suppresses nothing", exception.rule, where),
                                 exception.line});
    }
  }

  void add_unused(const std::vector<UnusedSuppression>& unused) {
    for (const UnusedSuppression& directive : unused) {
      if (project_.files[directive.file].scope & scope::Outside) continue;
      Finding finding;
      finding.file = directive.file;
      finding.span = directive.span;
      finding.rule = table_.unused_suppression();
      finding.severity = Severity::Note;
      finding.message = fmt::format("The suppression of '{}' suppresses nothing here.", printable(directive.rule));
      found_.findings.push_back(std::move(finding));
      found_.reasons.emplace_back();
    }
    sort_findings(found_);
  }

  // Leaves out what is more than a report holds, and says so.
  void limit() {
    LimitedFindings limited = within_limits(std::move(found_), project_.files, table_);
    found_ = std::move(limited.kept);
    left_out_ = std::move(limited.left_out);
    report_.notices.insert(report_.notices.end(), limited.notices.begin(), limited.notices.end());
  }

  // Fills in the findings, of which each costs so much; behind this nothing of the report shows a secret.
  void resolve(const std::vector<double>& costs) {
    Sources sources = audit_sources(audit_, request_.rules);
    sources.text = [&](uint32_t file) { return text(file); };
    sources.rule_id = [&](uint32_t rule) { return table_.id(rule); };
    OpenFiles files(sources);
    Masker masker(sources, files, found_.findings);
    report_.findings = resolve_findings(found_.findings, sources, report_.rules, files, masker);
    for (size_t i = 0; i < report_.findings.size(); ++i) {
      const Finding& found = found_.findings[i];
      report_.findings[i].aside = aside(found);
      report_.findings[i].cost = costs[i];
      if (!found_.reasons[i]) continue;
      report_.findings[i].state = FindingState::Suppressed;
      report_.findings[i].suppression_reason = found_.reasons[i]->text;
      report_.findings[i].suppression_mark = found_.reasons[i]->mark;
    }
    Causes causes(project_, request_.rules, sources, masker);
    for (size_t i = 0; i < report_.findings.size(); ++i) {
      const Finding& found = found_.findings[i];
      report_.findings[i].because = causes.of(found);
      report_.findings[i].place_hash = place_in_file(found, causes.fact_of(found), masker);
      if (found.rule == table_.unused_suppression()) continue;
      report_.findings[i].why = found.why;
      report_.findings[i].fix = fix_of(request_.rules.rules()[found.rule], found, project_, causes.fact_of(found));
    }
    report_.practices = report_practices(audit_, request_.rules, request_.files, masker);
    masker.clean(report_);
  }

  // By a name that is long a finding is not better known.
  std::string place_in_file(const Finding& finding, std::optional<FactRef> about, Masker& masker) const {
    constexpr size_t longest_name = 300;
    if (!finding.span) return place_fingerprint("", "file", "as a whole");
    if (!about) return {};
    const Fact& fact = project_.fact(*about);
    std::string name = masker.words(shorten(fact.name, longest_name), about->file);
    std::string scope = masker.words(shorten(fact.context.scope, longest_name), about->file);
    return place_fingerprint(scope, to_string(fact.kind), name);
  }

  // What a note is about that no deploy runs. A secret that is live by its form is more than a note.
  std::string_view aside(const Finding& finding) const {
    if (finding.severity != Severity::Note) return {};
    uint32_t role = project_.files[finding.file].scope;
    if (role & scope::Development) return "development";
    if (role & scope::Aside) return "examples";
    if ((role & scope::Example) && !(role & scope::OnlyExample)) return "examples";
    if (role & scope::Ci) return "CI";
    if (role & scope::Seed) return "seed data";
    if (role & scope::Trial) return "trials";
    bool is_guarded =
        finding.cause && finding.cause->fact && project_.fact(*finding.cause->fact).context.has(context::Development);
    return is_guarded ? "development" : "";
  }

  // By index what a component with audited files is among those that are scored, no_index for the others.
  std::vector<uint32_t> scored_components() const {
    std::vector<uint32_t> scored(project_.components.size(), no_index);
    uint32_t next = 0;
    for (size_t i = 0; i < scored.size(); ++i) {
      if (project_.is_audited(project_.components[i])) scored[i] = next++;
    }
    return scored;
  }

  // What each finding costs.
  std::vector<double> score() {
    AssessInput assessed{project_, found_.findings, table_, switches_, gaps_, left_out_};
    std::vector<uint32_t> scored = scored_components();
    score_components_ = assess_components(assessed);
    size_t at = 0;
    std::erase_if(score_components_, [&](const ScoreComponent&) { return scored[at++] == no_index; });
    for (size_t i = 0; i < found_.findings.size(); ++i) {
      const Finding& finding = found_.findings[i];
      std::vector<uint32_t> counted = counted_in(project_, finding);
      std::erase_if(counted, [&](uint32_t component) { return scored[component] == no_index; });
      for (uint32_t& component : counted) component = scored[component];
      bool is_free = found_.reasons[i].has_value() || finding.later.has_value();
      score_findings_.push_back({std::string(table_.id(finding.rule)), finding.severity, finding.confidence,
                                 std::move(counted), is_free, fact_kind(finding)});
    }
    ScoreResult result = compute_score(score_components_, score_findings_);
    report_.score = std::move(result.score);
    return std::move(result.costs);
  }

  // The kind of fact that a page's match asked for, "" when none did.
  std::string fact_kind(const Finding& finding) const {
    bool known = finding.cause && finding.cause->fact;
    return known ? std::string(to_string(project_.fact(*finding.cause->fact).kind)) : std::string();
  }

  void hold_against_baseline() {
    if (!request_.options.baseline) return;
    LookedAt looked_at{project_, table_, request_.config, gaps_, left_out_};
    report_.baseline = hold_against(*request_.options.baseline, looked_at, report_.findings);
    report_.baseline->score_without_new = score_without(FindingState::Active);
    report_.baseline->score_without_known = score_without(FindingState::Known);
  }

  // The overall score if there were no findings of a state.
  std::optional<double> score_without(FindingState state) const {
    std::vector<ScoreFinding> findings = score_findings_;
    for (size_t i = 0; i < findings.size(); ++i)
      findings[i].suppressed = findings[i].suppressed || report_.findings[i].state == state;
    return compute_score(score_components_, findings).score.overall;
  }

  void gates() {
    const Config& config = request_.config;
    const char* of_new = report_.baseline ? ", of what is new" : "";
    if (config.fail_on) {
      bool passed = std::none_of(report_.findings.begin(), report_.findings.end(), [&](const ReportFinding& f) {
        return f.state == FindingState::Active && f.severity >= *config.fail_on && !is_theirs_alone(f) && !f.later;
      });
      report_.gates.push_back({fmt::format("--fail-on {}{}", to_string(*config.fail_on), of_new), passed});
    }
    if (config.min_score) {
      const Score& score = report_.score;
      // What is known is no reason to stop anybody.
      std::optional<double> judged = report_.baseline ? report_.baseline->score_without_known : score.overall;
      GateResult gate{fmt::format("--min-score {:g}{}", *config.min_score, of_new), false};
      if (judged)
        gate.passed = *judged >= *config.min_score;
      else
        gate.why = "there is no score: " + score.no_overall;
      report_.gates.push_back(std::move(gate));
    }
  }

  const AuditResult& audit_;
  const Project& project_;
  const ReportRequest& request_;
  RuleTable table_;
  std::vector<RuleSwitch> switches_;
  std::vector<Gap> gaps_;
  SuppressedFindings found_;
  std::vector<LeftOut> left_out_;
  std::vector<ScoreComponent> score_components_;
  std::vector<ScoreFinding> score_findings_;  // by finding
  Report report_;
  std::map<uint32_t, std::string> texts_;
};

}  // namespace

bool is_theirs_alone(const ReportFinding& finding) {
  return finding.aside == "development" || finding.aside == "examples";
}

Report build_report(const AuditResult& audit, const ReportRequest& request) {
  return Builder(audit, request).run();
}

}  // namespace tfcheck
