// `tfcheck explain RULE|FACTOR`: the page of a rule as it stands in the repository, without its matcher.
#include <fmt/format.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "pages/rule_page.h"
#include "report/rule_table.h"

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

}  // namespace

int run_explain(const Options& options) {
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
