// `tfcheck rules` lists the rules, each with the edition that it came with; `tfcheck rules check FILE|DIR` runs the
// examples of pages; `tfcheck rules coverage` prints which languages and formats they show; `tfcheck rules schema`
// prints the JSON schema of a rule block.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>

#include "base/factors.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "pages/block_schema.h"
#include "session/coverage.h"

namespace tfcheck {

namespace {

namespace fs = std::filesystem;

int list(const RuleSet& rules) {
  std::string text;
  for (const Rule& rule : rules.rules()) {
    text += fmt::format("{:<44} {:<8} {:<7} {:<7} {:<7} {}\n", rule.id, to_string(rule.severity),
                        to_string(rule.confidence), rule.native ? "native" : "data",
                        rule.since ? rules.editions()[*rule.since].name : "-", rule.title);
  }
  return print_and_exit(text, exit_clean);
}

std::string lines_of(const std::vector<ExampleFailure>& failures) {
  std::string text;
  for (const ExampleFailure& failure : failures)
    text += fmt::format("{}:{}: {}\n", failure.page, failure.line, failure.message);
  return text;
}

int check(const std::vector<std::string>& paths) {
  if (paths.empty())
    return fail({"rules check needs a page or a folder of pages", "", 0, "as in tfcheck rules check rules/"});
  Result<RuleSet> rules = load_rules(paths);
  if (!rules) return fail(rules.error());
  std::vector<uint32_t> which;
  std::error_code failed;  // of the folder that we are in: then no page is found below it
  for (uint32_t i = 0; i < rules->rules().size(); ++i) {
    fs::path page = fs::absolute(rules->rules()[i].file, failed).lexically_normal();
    for (const std::string& path : paths) {
      fs::path wanted = fs::absolute(path, failed).lexically_normal();
      std::string prefix = wanted.string();
      if (page == wanted ||
          (page.string().starts_with(prefix) && (prefix.ends_with('/') || page.string()[prefix.size()] == '/'))) {
        which.push_back(i);
        break;
      }
    }
  }
  if (which.empty()) return fail({"no rule page there", paths[0], 0, ""});
  Session session(std::move(*rules));
  ExampleReport report = check_examples(session, which);
  for (const RuleCoverage& rule : coverage_of(session.rules(), report))
    report.failures.insert(report.failures.end(), rule.failures.begin(), rule.failures.end());
  std::string text = lines_of(report.failures);
  text += fmt::format("{} rules, {} examples, {} failures\n", which.size(), report.examples, report.failures.size());
  return print_and_exit(text, report.failures.empty() ? exit_clean : exit_gate);
}

// Rules by factor, id or the last part of an id; all without a name.
Result<std::vector<uint32_t>> named_rules(const RuleSet& rules, std::span<const std::string> names) {
  std::vector<uint32_t> which;
  for (const std::string& name : names) {
    if (is_factor(name) || rules.find(name)) continue;
    std::string near = nearest(name, rules.ids());
    return Error{"'" + printable(name) + "' is no rule and no factor", "", 0,
                 near.empty() ? "" : "did you mean '" + near + "'?"};
  }
  for (uint32_t i = 0; i < rules.rules().size(); ++i) {
    const Rule& rule = rules.rules()[i];
    bool is_named = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return rule.factor == name || rules.find(name) == &rule;
    });
    if (names.empty() || is_named) which.push_back(i);
  }
  return which;
}

int coverage(const Options& options) {
  Result<RuleSet> rules = load_rules(options.setup.packs);
  if (!rules) return fail(rules.error());
  std::span<const std::string> names(options.arguments.begin() + 1, options.arguments.end());
  Result<std::vector<uint32_t>> which = named_rules(*rules, names);
  if (!which) return fail(which.error());
  Session session(std::move(*rules));
  std::vector<RuleCoverage> covered = coverage_of(session.rules(), check_examples(session, *which));
  std::vector<ExampleFailure> failures;
  for (const RuleCoverage& rule : covered) failures.insert(failures.end(), rule.failures.begin(), rule.failures.end());
  tell(lines_of(failures));
  std::string text = options.format == "json"       ? coverage_json(covered)
                     : options.format == "markdown" ? coverage_markdown(covered)
                                                    : coverage_text(covered, !names.empty());
  return print_and_exit(text, failures.empty() ? exit_clean : exit_gate);
}

}  // namespace

int run_rules(const Options& options) {
  if (options.edition) return run_rules_edition(options);
  if (!options.arguments.empty() && options.arguments[0] == "check")
    return check({options.arguments.begin() + 1, options.arguments.end()});
  if (options.arguments.size() == 1 && options.arguments[0] == "schema")
    return print_and_exit(rule_block_schema(), exit_clean);
  if (!options.arguments.empty() && options.arguments[0] == "coverage") return coverage(options);
  if (!options.arguments.empty())
    return fail({"rules takes no argument but check, coverage and schema", "", 0, "as in tfcheck rules check rules/"});
  Result<RuleSet> rules = load_rules(options.setup.packs);
  if (!rules) return fail(rules.error());
  return list(*rules);
}

}  // namespace tfcheck
