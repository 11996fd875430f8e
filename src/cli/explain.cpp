// `tfcheck explain RULE|FACTOR|FINDING`: the page of a rule as it stands in the repository, without its matcher; or why
// a finding of a report fired; or how its score comes about.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/finding_text.h"
#include "cli/output.h"
#include "pages/rule_page.h"
#include "report/read_report.h"
#include "report/rule_table.h"
#include "report/score_text.h"
#include "session/session.h"
#include "session/user_files.h"

namespace tfcheck {

namespace {

std::string page_of(const Rule& rule) {
  std::string page = page_text(rule.page).markdown;
  size_t line = page.find('\n');
  return fmt::format(
      "{}\n\n`{}` · {} · confidence {}\n{}\nSuppress one place with a comment on its line or the line above: `tfcheck: "
      "ignore[{}] reason`.\n",
      page.substr(0, line), rule.id, to_string(rule.severity), to_string(rule.confidence),
      page.substr(line == std::string::npos ? page.size() : line), rule.id);
}

// The page of a rule, or one line a rule of a factor.
Result<std::string> explanation_of(const std::string& word, const RuleSet& rules) {
  if (word == unused_suppression_id) {
    ReportRule rule = unused_suppression_rule();
    return fmt::format("{}\n\n## Why it matters\n{}\n\n## What to do\n{}\n", rule.page, rule.why, rule.fix);
  }
  if (const Rule* rule = rules.find(word)) return page_of(*rule);
  std::string lines;
  for (const Rule& rule : rules.rules()) {
    if (rule.factor == word) lines += fmt::format("{:<40} {}\n", rule.id, rule.title);
  }
  if (!lines.empty()) return lines;
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
  bool are_findings =
      !options.arguments.empty() &&
      (!options.report.empty() || std::all_of(options.arguments.begin(), options.arguments.end(), names_a_finding));
  if (are_findings) return explain_findings(options);
  Result<RuleSet> rules = load_rules(options.setup.packs);
  if (!rules) return fail(rules.error());
  if (options.arguments.empty() && !options.all)
    return fail({"explain needs a rule or a factor", "", 0, "as in tfcheck explain logs/log-file"});
  std::string text;
  if (options.all) {
    for (const Rule& rule : rules->rules()) text += page_of(rule);
    return print_and_exit(text, exit_clean);
  }
  for (const std::string& word : options.arguments) {
    Result<std::string> explanation = explanation_of(word, *rules);
    if (!explanation) {
      if (std::optional<Error> wrong = print(text)) return fail(*wrong);
      return fail(explanation.error());
    }
    text += *explanation;
  }
  return print_and_exit(text, exit_clean);
}

}  // namespace tfcheck
