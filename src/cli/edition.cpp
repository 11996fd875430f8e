// `tfcheck rules --edition [EDITION] [PATH]`: what the newest edition of the rules changes against the pinned one:
// rules and matches that come with it, and, of a path, which findings it raises and what becomes of the score.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <vector>

#include "base/factors.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "report/summary.h"
#include "session/session.h"

namespace tfcheck {

namespace {

constexpr size_t shown_places = 5;  // of the findings of one rule

// What the words behind `rules --edition` name.
struct Asked {
  std::string edition;  // "": the pinned one
  std::string path;     // "": nothing is audited
};

Result<Asked> asked_of(const std::vector<std::string>& words) {
  std::vector<Edition> editions = editions_of(*built_in_vocabulary());
  Asked asked;
  for (const std::string& word : words) {
    bool is_path = ::access(word.c_str(), F_OK) == 0;
    bool is_number = word.find_first_not_of("0123456789.") == std::string::npos;
    if (!is_path && is_number && !find_edition(editions, word)) return no_such_edition(editions, word);
    std::string& place = !is_path && is_number ? asked.edition : asked.path;
    if (!place.empty())
      return Error{"rules --edition takes one edition and one path", "", 0, "as in tfcheck rules --edition 2026.1 ."};
    place = word;
  }
  return asked;
}

// The editions that are compared, by their numbers.
struct Step {
  uint32_t from, to;
};

std::string head_of(const Config& config, const Asked& asked, const std::vector<Edition>& editions, Step step) {
  std::string newest = fmt::format("{} of {}", editions[step.to].name, editions[step.to].date);
  const std::string& from = editions[step.from].name;
  if (!asked.edition.empty() && step.from == step.to)
    return fmt::format("Edition {} is the newest: nothing would change.\n", from);
  if (!asked.edition.empty()) return fmt::format("From edition {} to {}, the newest:\n", from, newest);
  if (config.edition.empty())
    return fmt::format("No edition is pinned, so {}, the newest, is in force. Against {}:\n", newest, from);
  std::string pinned = fmt::format("Edition {} is pinned in {}", from, printable(config.file));
  if (step.from == step.to) return pinned + " and is the newest: nothing would change.\n";
  return fmt::format("{}; the newest is {}.\n", pinned, newest);
}

bool came_between(std::optional<uint32_t> since, Step step) {
  return since && *since > step.from && *since <= step.to;
}

// A line for each match or requirement that widens a rule which was there before.
template <typename Part>
void put_widenings(const Rule& rule, const std::vector<Part>& parts, const std::vector<Edition>& editions, Step step,
                   std::vector<std::string>& lines) {
  for (const Part& part : parts) {
    if (came_between(part.since, step))
      lines.push_back(fmt::format("  {}  {}:{}: {}\n", editions[*part.since].name, rule.file, part.line, part.message));
  }
}

std::string rules_text(const RuleSet& rules, Step step) {
  const std::vector<Edition>& editions = rules.editions();
  std::vector<std::string> fresh, wider;
  for (const Rule& rule : rules.rules()) {
    if (came_between(rule.since, step)) {
      fresh.push_back(fmt::format("  {}  {:<40} {:<8} {}\n", editions[*rule.since].name, rule.id,
                                  to_string(rule.severity), rule.title));
      continue;
    }
    put_widenings(rule, rule.matches, editions, step, wider);
    put_widenings(rule, rule.requirements, editions, step, wider);
  }
  std::string text;
  if (!fresh.empty()) text += fmt::format("\n{} more:\n{}", counted(fresh.size(), "rule"), fmt::join(fresh, ""));
  if (!wider.empty())
    text += fmt::format("\n{} more of rules that were there:\n{}",
                        wider.size() == 1 ? "1 match" : fmt::format("{} matches", wider.size()), fmt::join(wider, ""));
  return text;
}

using FindingKey = std::pair<std::string_view, std::string_view>;  // rule, fingerprint

std::map<FindingKey, const ReportFinding*> active_findings(const Report& report) {
  std::map<FindingKey, const ReportFinding*> found;
  for (const ReportFinding& finding : report.findings) {
    if (finding.state == FindingState::Active) found.emplace(FindingKey{finding.rule, finding.fingerprint}, &finding);
  }
  return found;
}

// Findings by their rule, each with a head and the first places of it.
std::string places_text(const std::vector<const ReportFinding*>& findings) {
  std::string text;
  for (size_t i = 0; i < findings.size();) {
    size_t end = i;
    while (end < findings.size() && findings[end]->rule == findings[i]->rule) ++end;
    text += fmt::format("  {}: {}\n", findings[i]->rule, end - i);
    for (size_t k = i; k < std::min(end, i + shown_places); ++k) {
      const ReportFinding& finding = *findings[k];
      text += fmt::format("    {}:{}: {}: {}\n", printable(finding.primary.region.path),
                          finding.primary.region.start.line, to_string(finding.severity), printable(finding.message));
    }
    if (end - i > shown_places) text += fmt::format("    and {} more\n", end - i - shown_places);
    i = end;
  }
  return text;
}

std::string shown_score(const std::optional<double>& points) {
  return points ? fmt::format("{:.1f}", *points) : "none";
}

std::string score_change(const Score& was, const Score& will) {
  std::string text = fmt::format("\nscore {} -> {}\n", shown_score(was.overall), shown_score(will.overall));
  for (size_t i = 0; i < factor_ids.size(); ++i) {
    std::string before = shown_score(was.factors[i].points), after = shown_score(will.factors[i].points);
    if (before != after) text += fmt::format("  {:<18} {} -> {}\n", factor_ids[i], before, after);
  }
  return text;
}

std::string report_change(const Report& was, const Report& will) {
  auto before = active_findings(was), after = active_findings(will);
  std::vector<const ReportFinding*> raised, gone;
  size_t notes = 0;
  for (const auto& [key, finding] : after) {
    auto known = before.find(key);
    if (known != before.end() && !known->second->later) continue;
    if (finding->severity == Severity::Note)
      ++notes;
    else
      raised.push_back(finding);
  }
  for (const auto& [key, finding] : before) {
    if (!after.contains(key)) gone.push_back(finding);
  }
  std::string text = fmt::format("\n{} {} more than a note from then on{}\n{}", counted(raised.size(), "finding"),
                                 raised.size() == 1 ? "is" : "are", raised.empty() ? "" : ":", places_text(raised));
  if (notes > 0) text += fmt::format("{} {}, too\n", counted(notes, "note"), notes == 1 ? "counts" : "count");
  if (!gone.empty())
    text += fmt::format("{} {} way to those of another rule:\n{}", counted(gone.size(), "finding"),
                        gone.size() == 1 ? "gives" : "give", places_text(gone));
  text += score_change(was.score, will.score);
  for (size_t i = 0; i < std::min(was.gates.size(), will.gates.size()); ++i) {
    auto verdict = [](const GateResult& gate) { return gate.passed ? "passed" : "failed"; };
    if (was.gates[i].passed != will.gates[i].passed)
      text += fmt::format("gate {}: {} -> {}\n", will.gates[i].text, verdict(was.gates[i]), verdict(will.gates[i]));
  }
  return text;
}

// The same files under both editions.
Result<std::string> audits_text(const AuditSetup& setup, LoadedSetup loaded, Step step, unsigned threads) {
  Result<FileSet> files = open_files(setup, loaded.config);
  if (!files) return files.error();
  const std::vector<Edition> editions = loaded.rules.editions();
  Session session(std::move(loaded.rules), threads);
  auto report_of = [&](uint32_t edition) {
    Config config = loaded.config;
    config.edition = editions[edition].name;
    return session.report(*files, config, {setup.path, false});
  };
  Report was = report_of(step.from);
  return report_change(was, report_of(step.to));
}

}  // namespace

int run_rules_edition(const Options& options) {
  Result<Asked> asked = asked_of(options.arguments);
  if (!asked) return fail(asked.error());
  AuditSetup setup = options.setup;
  if (!asked->path.empty()) setup.path = asked->path;
  Result<LoadedSetup> loaded = load_setup(setup);
  if (!loaded) return fail(loaded.error());
  const std::vector<Edition> editions = loaded->rules.editions();
  auto newest = static_cast<uint32_t>(editions.size() - 1);
  bool is_open = asked->edition.empty() && loaded->config.edition.empty();
  Step step{is_open ? newest - std::min(newest, 1u) : edition_in_force(loaded->config, editions), newest};
  if (std::optional<uint32_t> named = find_edition(editions, asked->edition)) step.from = *named;
  std::string text = head_of(loaded->config, *asked, editions, step);
  if (step.from == step.to) return print_and_exit(text, exit_clean);
  text += rules_text(loaded->rules, step);
  if (!asked->path.empty()) {
    Result<std::string> audits = audits_text(setup, std::move(*loaded), step, thread_count(options));
    if (!audits) return fail(audits.error());
    text += *audits;
  }
  return print_and_exit(text, exit_clean);
}

}  // namespace tfcheck
