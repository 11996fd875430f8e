// `tfcheck explain RULE|FACTOR`: the page of a rule as it stands in the repository, without its matcher.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/build_report.h"
#include "cli/cli.h"
#include "cli/commands.h"

namespace tfcheck {

namespace {

void print_page(const Rule& rule) {
  std::string page = rule.page;
  size_t line = page.find('\n');
  fmt::print("{}\n\n`{}` · {} · confidence {}\n{}\n", page.substr(0, line), rule.id, to_string(rule.severity),
             to_string(rule.confidence), page.substr(line == std::string::npos ? page.size() : line));
  fmt::print("Suppress one place with a comment on its line or the line above: `tfcheck: ignore[{}] reason`.\n",
             rule.id);
}

}  // namespace

int run_explain(const Options& options) {
  Result<RuleSet> rules = load_rules(options, {});
  if (!rules) return fail(rules.error());
  if (options.arguments.empty() && !options.all)
    return fail({"explain needs a rule or a factor", "", 0, "as in tfcheck explain logs/log-file"});
  if (options.all) {
    for (const Rule& rule : rules->rules()) print_page(rule);
    return exit_clean;
  }
  for (const std::string& word : options.arguments) {
    if (word == unused_id) {
      ReportRule rule = unused_suppression_rule();
      fmt::print("{}\n## Why it matters\n{}\n\n## What to do\n{}\n", rule.page, rule.why, rule.fix);
      continue;
    }
    if (const Rule* rule = rules->find(word)) {
      print_page(*rule);
      continue;
    }
    bool factor = false;
    for (const Rule& rule : rules->rules()) {
      if (rule.factor != word) continue;
      factor = true;
      fmt::print("{:<40} {}\n", rule.id, rule.title);
    }
    if (factor) continue;
    std::vector<std::string> names = rules->ids();
    for (const std::string& id : rules->ids()) names.emplace_back(after_last(id, '/'));
    std::string near = nearest(word, names);
    return fail({"no rule or factor is called '" + word + "'", "", 0,
                 near.empty() ? "tfcheck rules lists them" : "did you mean '" + near + "'?"});
  }
  return exit_clean;
}

}  // namespace tfcheck
