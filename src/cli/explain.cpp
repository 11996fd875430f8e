// `tfcheck explain RULE|FACTOR|FINDING`: the page of a rule as it stands in the repository, without its matcher; what
// there is of a factor, and what a repository does right of it; why a finding of a report fired; or how its score comes
// about.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/finding_text.h"
#include "cli/output.h"
#include "cli/show_report.h"
#include "pages/rule_page.h"
#include "repo/audit_root.h"
#include "report/practices.h"
#include "report/read_report.h"
#include "report/rule_table.h"
#include "report/score_text.h"
#include "session/session.h"
#include "session/user_files.h"

namespace tfcheck {

namespace {

std::string page_of(const Rule& rule, const RuleSet& rules) {
  std::string page = page_text(rule.page).markdown;
  size_t line = page.find('\n');
  return fmt::format(
      "{}\n\n`{}` · {} · confidence {}{}\n{}\nSuppress one place with a comment on its line or the line above: "
      "`tfcheck: "
      "ignore[{}] reason`.\n",
      page.substr(0, line), rule.id, to_string(rule.severity), to_string(rule.confidence),
      rule.since ? " · since edition " + rules.editions()[*rule.since].name : "",
      page.substr(line == std::string::npos ? page.size() : line), rule.id);
}

// One line a rule, and one a practice: what is found wrong in a factor, and what is seen as right.
std::string factor_text(const std::string& factor, const RuleSet& rules) {
  std::string lines, practices;
  for (const Rule& rule : rules.rules()) {
    if (rule.factor != factor) continue;
    lines += fmt::format("{:<40} {}\n", rule.id, rule.title);
    std::set<std::string_view> told;
    for (const Practice& practice : rule.practices) {
      if (told.insert(practice.name).second) practices += fmt::format("  {:<38} {}\n", practice.name, practice.message);
    }
  }
  return practices.empty() ? lines : fmt::format("{}\nseen as right\n{}", lines, practices);
}

// The page of a rule, or what there is of a factor.
Result<std::string> explanation_of(const std::string& word, const RuleSet& rules) {
  if (word == unused_suppression_id) {
    ReportRule rule = unused_suppression_rule();
    return fmt::format("{}\n\n## Why it matters\n{}\n\n## What to do\n{}\n", rule.page.text(), rule.why, rule.fix);
  }
  if (const Rule* rule = rules.find(word)) return page_of(*rule, rules);
  if (std::string lines = factor_text(word, rules); !lines.empty()) return lines;
  std::vector<std::string> names = rules.ids();
  for (const std::string& id : rules.ids()) names.emplace_back(after_last(id, '/'));
  std::string near = nearest(word, names);
  return Error{"no rule or factor is called '" + word + "'", "", 0,
               near.empty() ? "tfcheck rules lists them" : "did you mean '" + near + "'?"};
}

Result<std::string> report_text(const std::string& file) {
  constexpr size_t most_bytes = size_t{256} << 20;
  return read_user_file(file, most_bytes);
}

// Of the folder that the setup names.
Result<Report> audit_report(const Options& options) {
  Result<LoadedSetup> loaded = load_setup(options.setup);
  if (!loaded) return loaded.error();
  Result<FileSet> files = open_files(options.setup, loaded->config);
  if (!files) return files.error();
  return Session(std::move(loaded->rules), thread_count(options)).report(*files, loaded->config);
}

// What a word may name, and the folder that its paths are typed from.
struct Findings {
  std::vector<ReportFinding> all;
  std::string folder;
};

Result<Findings> findings_of(const Options& options) {
  if (options.report.empty()) {
    Result<Report> report = audit_report(options);
    if (!report) return report.error();
    return Findings{std::move(report->findings), std::move(report->folder)};
  }
  Result<std::string> text = report_text(options.report);
  if (!text) return text.error();
  Result<std::vector<ReportFinding>> found = read_findings(options.report, *text);
  if (!found) return found.error();
  return Findings{std::move(*found), ""};
}

Result<Score> score_of(const Options& options) {
  if (options.report.empty()) {
    Result<Report> report = audit_report(options);
    if (!report) return report.error();
    return std::move(report->score);
  }
  Result<std::string> text = report_text(options.report);
  if (!text) return text.error();
  return read_score(options.report, *text);
}

Result<std::vector<ReportPractice>> practices_of(const Options& options) {
  if (options.report.empty()) {
    Result<Report> report = audit_report(options);
    if (!report) return report.error();
    return std::move(report->practices);
  }
  Result<std::string> text = report_text(options.report);
  if (!text) return text.error();
  return read_practices(options.report, *text);
}

// Nobody who asks for a factor waits for a look at a folder that is none of a repository.
bool is_in_repository(const std::string& path) {
  Result<AuditRoot> root = open_audit_root(path, FileSource::WorkTree);
  return root && root->repository.handle != nullptr;
}

// What is seen as right of a factor, in a report or in the repository of the current folder. A folder that cannot be
// audited is no reason not to explain a factor; a report that cannot be read was asked for.
Result<std::string> seen_text(const std::string& factor, const Options& options) {
  bool is_report = !options.report.empty();
  if (!is_report && !is_in_repository(options.setup.path)) return std::string();
  std::string where = is_report ? "in " + options.report : "here";
  Result<std::vector<ReportPractice>> practices = practices_of(options);
  if (!practices && is_report) return practices.error();
  if (!practices) return fmt::format("\nseen as right {}: not known, {}\n", where, to_string(practices.error()));
  TextStyle style = text_style(options, false);
  std::string seen = practice_text(*practices, TextPen(style), factor);
  return fmt::format("\nseen as right {}{}\n{}", where, seen.empty() ? ": nothing" : "", seen);
}

int explain_score(Options options) {
  if (options.arguments.size() > 1 || (!options.arguments.empty() && !options.report.empty()))
    return fail({"explain --score takes one folder, or a report", "", 0, "as in tfcheck explain --score services/api"});
  if (!options.arguments.empty()) options.setup.path = options.arguments.front();
  Result<Score> score = score_of(options);
  if (!score) return fail(score.error());
  return print_and_exit(score_text(*score), exit_clean);
}

int explain_findings(const Options& options) {
  Result<Findings> findings = findings_of(options);
  if (!findings) return fail(findings.error());
  std::string text;
  for (const std::string& word : options.arguments) {
    Result<std::vector<const ReportFinding*>> found = findings_named(word, findings->all, findings->folder);
    if (!found) return fail(found.error());
    for (const ReportFinding* finding : *found) {
      if (!text.empty()) text += "\n";
      text += finding_text(*finding);
    }
  }
  return print_and_exit(text, exit_clean);
}

}  // namespace

int run_explain(const Options& options) {
  if (options.score) return explain_score(options);
  const std::vector<std::string>& words = options.arguments;
  bool are_factors = std::all_of(words.begin(), words.end(), [](const std::string& word) { return is_factor(word); });
  bool are_findings = !words.empty() && !are_factors &&
                      (!options.report.empty() || std::all_of(words.begin(), words.end(), names_a_finding));
  if (are_findings) return explain_findings(options);
  Result<RuleSet> rules = load_rules(options.setup.packs);
  if (!rules) return fail(rules.error());
  if (options.arguments.empty() && !options.all)
    return fail({"explain needs a rule or a factor", "", 0, "as in tfcheck explain logs/log-file"});
  std::string text;
  if (options.all) {
    for (const Rule& rule : rules->rules()) text += page_of(rule, *rules);
    return print_and_exit(text, exit_clean);
  }
  for (const std::string& word : options.arguments) {
    Result<std::string> explanation = explanation_of(word, *rules);
    if (!explanation) {
      if (std::optional<Error> wrong = print(text)) return fail(*wrong);
      return fail(explanation.error());
    }
    text += *explanation;
    if (!is_factor(word)) continue;
    Result<std::string> seen = seen_text(word, options);
    if (!seen) {
      if (std::optional<Error> wrong = print(text)) return fail(*wrong);
      return fail(seen.error());
    }
    text += *seen;
  }
  return print_and_exit(text, exit_clean);
}

}  // namespace tfcheck
