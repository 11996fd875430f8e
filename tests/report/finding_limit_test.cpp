#include "report/finding_limit.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/rule_files.h"

using namespace tfcheck;

namespace {

// `count` findings of a rule in a file, one behind the other.
void add(std::vector<Finding>& findings, uint32_t file, uint32_t rule, size_t count, Severity severity) {
  for (uint32_t i = 0; i < count; ++i) {
    Finding& finding = findings.emplace_back();
    finding.file = file;
    finding.rule = rule;
    finding.span = {i, i + 1};
    finding.severity = severity;
  }
}

}  // namespace

TEST_CASE("few findings are kept as they are") {
  std::vector<Finding> findings;
  add(findings, 0, 0, most_of_rule_in_file, Severity::Note);
  KeptFindings chosen = limit_findings(findings, std::vector<bool>(findings.size()));
  CHECK(chosen.kept.size() == findings.size());
  CHECK(chosen.left_out.empty());
}

TEST_CASE("of a rule in a file the gravest are kept, and of equals the first") {
  std::vector<Finding> findings;
  add(findings, 0, 0, most_of_rule_in_file, Severity::Note);
  add(findings, 0, 0, 3, Severity::Error);
  add(findings, 0, 1, 5, Severity::Note);
  add(findings, 1, 0, 5, Severity::Note);
  KeptFindings chosen = limit_findings(findings, std::vector<bool>(findings.size()));
  CHECK(chosen.left_out ==
        std::vector<size_t>{most_of_rule_in_file - 3, most_of_rule_in_file - 2, most_of_rule_in_file - 1});
  CHECK(std::is_sorted(chosen.kept.begin(), chosen.kept.end()));
  CHECK(chosen.kept.size() + chosen.left_out.size() == findings.size());
}

TEST_CASE("suppressed findings do not crowd out active ones") {
  std::vector<Finding> findings;
  add(findings, 0, 0, most_of_rule_in_file, Severity::Error);
  add(findings, 0, 0, 1, Severity::Note);
  std::vector<bool> suppressed(findings.size(), true);
  suppressed.back() = false;
  KeptFindings chosen = limit_findings(findings, suppressed);
  CHECK(chosen.left_out == std::vector<size_t>{most_of_rule_in_file - 1});
}

TEST_CASE("a report has a limit over all files, by severity") {
  std::vector<Finding> findings;
  for (uint32_t file = 0; file < 30; ++file) add(findings, file, 0, most_of_rule_in_file, Severity::Warning);
  add(findings, 30, 0, 1, Severity::Error);
  KeptFindings chosen = limit_findings(findings, std::vector<bool>(findings.size()));
  CHECK(chosen.kept.size() == most_findings);
  CHECK(chosen.kept.back() == findings.size() - 1);
  CHECK(chosen.left_out.front() == most_findings - 1);
}

TEST_CASE("what is left out is told by rule, and which components' rules it touches") {
  std::vector<ProjectFile> files(1);
  files[0].component = 7;
  SuppressedFindings all;
  add(all.findings, 0, 0, most_of_rule_in_file + 2, Severity::Note);
  add(all.findings, 0, 1, most_of_rule_in_file + 1, Severity::Note);
  all.reasons.resize(all.findings.size());
  all.reasons[0] = SuppressionReason{"known"};
  const std::string page =
      "# T\nS.\n## Why it matters\nW.\n## What to do\nD.\n```toml rule\nmessage = \"m\"\n[[match]]\ncall = "
      "\"x.run\"\n```\n";
  Result<RuleSet> rules = RuleSet::load(with_vocabulary({{"logs/b.md", page}}), {}, {});
  REQUIRE(rules);
  LimitedFindings limited = within_limits(std::move(all), files, RuleTable(*rules));
  REQUIRE(limited.kept.findings.size() == 2 * most_of_rule_in_file);
  CHECK(limited.kept.findings[0].span->begin == 1);  // the suppressed one went first
  CHECK_FALSE(limited.kept.reasons[0].has_value());
  REQUIRE(limited.notices.size() == 2);
  CHECK(limited.notices[0].message ==
        "2 findings of logs/b left out: a report holds 1000 of a rule in a file and 20000 in all");
  // tfcheck's own rule counts for no factor.
  REQUIRE(limited.left_out.size() == 1);
  CHECK(limited.left_out[0].component == 7);
  CHECK(limited.left_out[0].reason == "logs/b has more findings than a report holds");
}
