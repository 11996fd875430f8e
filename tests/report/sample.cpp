#include "report/sample.h"

#include <algorithm>
#include <stdexcept>

#include "report/score.h"
#include "support/vocabulary.h"

namespace tfcheck::test {

Sources SampleTree::sources() const {
  return {&model_words().masking, [this](uint32_t file) { return files.at(file).second; },
          [this](uint32_t file) { return std::string_view(files.at(file).first); },
          [this](uint32_t rule) { return std::string_view(rules.at(rule).id); }};
}

Span SampleTree::find(uint32_t file, const std::string& text) const {
  size_t at = files.at(file).second.find(text);
  if (at == std::string::npos) throw std::logic_error("no such text: " + text);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + text.size())};
}

void SampleTree::add(uint32_t file, Span span, const std::string& rule, std::string message) {
  add_to_file(file, rule, std::move(message));
  findings.back().span = span;
}

void SampleTree::add_to_file(uint32_t file, const std::string& rule, std::string message) {
  auto entry = std::find_if(rules.begin(), rules.end(), [&](const ReportRule& r) { return r.id == rule; });
  if (entry == rules.end()) throw std::logic_error("no such rule: " + rule);
  Finding finding;
  finding.file = file;
  finding.rule = static_cast<uint32_t>(entry - rules.begin());
  finding.severity = entry->severity;
  finding.confidence = entry->confidence;
  finding.message = std::move(message);
  findings.push_back(std::move(finding));
}

ReportRule sample_rule(const std::string& id, Severity severity) {
  ReportRule rule;
  rule.id = id;
  rule.title = "The title of " + id;
  rule.summary = "What " + id + " is about. More of it.";
  rule.why = "It breaks when the app moves. A longer story follows, e.g. with names.";
  rule.fix = "Take it from the environment. There is more than one way.";
  rule.page = "# The title of " + id + "\n\nWhat it is about.\n\n## Why it matters\n\nIt breaks.";
  rule.severity = severity;
  rule.confidence = Confidence::High;
  return rule;
}

namespace {

void add_rules(SampleTree& tree) {
  tree.rules = {sample_rule("backing-services/hardcoded-endpoint", Severity::Warning),
                sample_rule("config/hardcoded-secret", Severity::Error),
                sample_rule("dependencies/missing-lockfile", Severity::Warning),
                sample_rule("logs/log-file", Severity::Error),
                sample_rule("processes/local-write", Severity::Note),
                sample_rule("tfcheck/unused-suppression", Severity::Note)};
  tree.rules[1].security_severity = 8.0;
  tree.rules[3].why = "The file dies with the process and the platform's log router never sees it.";
  tree.rules[3].fix = "Log to stdout.";
}

void add_findings(SampleTree& tree) {
  Span key = tree.find(0, "\"" + sample_secret + "\"");
  tree.add(0, key, "config/hardcoded-secret", "'API_KEY' holds a secret: s3c********aQ.");
  tree.findings.back().secrets = {{key.begin + 1, key.end - 1}};
  tree.add(0, tree.find(0, "\"redis://cache.internal:6379\""), "backing-services/hardcoded-endpoint",
           "The address of a Redis server is fixed in the code.");
  tree.findings.back().confidence = Confidence::Low;
  tree.add(1, tree.find(1, "logging.FileHandler"), "logs/log-file",
           "logging.FileHandler writes the log to the file 'app.log'.");
  tree.findings.back().related = {{1, tree.find(1, "\"app.log\""), "on the local disk"},
                                  {0, tree.find(0, "import logging_setup"), "started from here"}};
  for (const char* name : {"a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt"}) {
    tree.add(1, tree.find(1, std::string("open(\"") + name), "processes/local-write",
             std::string("open writes the file '") + name + "'.");
  }
  tree.add_to_file(2, "dependencies/missing-lockfile", "'package.json' has no lock file.");
  tree.add(3, tree.find(3, "x"), "logs/log-file", "A name from outside: \x1b[31mred\x1b[0m.");
}

Score sample_score() {
  ScoreComponent app{".", "app", {"Python", "JavaScript"}, {}};
  app.factors[0] = {Assessment::NotAssessed, "the tree is not in a repository"};
  app.factors[11] = {Assessment::NotApplicable, "no administrative commands"};
  ScoreComponent library{"libs/shared", "library", {"Python"}, {}};
  for (size_t i = 4; i < 12; ++i) library.factors[i] = {Assessment::NotApplicable, "a library does not run"};
  std::vector<ScoreComponent> components = {app, library};
  std::vector<ScoreFinding> findings = {
      {"config/hardcoded-secret", Severity::Error, Confidence::High, {0}, false},
      {"backing-services/hardcoded-endpoint", Severity::Warning, Confidence::Low, {0}, false},
      {"logs/log-file", Severity::Error, Confidence::High, {0}, false},
      {"dependencies/missing-lockfile", Severity::Warning, Confidence::High, {0}, false},
      {"logs/log-file", Severity::Error, Confidence::High, {0}, false},
      {"processes/local-write", Severity::Note, Confidence::High, {0}, false},
  };
  return compute_score(components, findings).score;
}

}  // namespace

SampleTree sample_tree() {
  SampleTree tree;
  tree.files = {{"app/config.py", "import logging_setup\n\nAPI_KEY = \"" + sample_secret +
                                      "\"\nCACHE = \"redis://cache.internal:6379\"  # " + sample_secret + "\n"},
                {"app/logging_setup.py",
                 "import logging\n\n\n\nhandler = logging.FileHandler(\"app.log\", mode=\"a\")\n"
                 "open(\"a.txt\", \"w\")\nopen(\"b.txt\", \"w\")\nopen(\"c.txt\", \"w\")\n"
                 "open(\"d.txt\", \"w\")\nopen(\"e.txt\", \"w\")\nopen(\"f.txt\", \"w\")\n"},
                {"package.json", "{\n}\n"},
                {"web/\xff odd\x1b name.js", "x\n"}};
  add_rules(tree);
  add_findings(tree);
  return tree;
}

Report sample_report() {
  SampleTree tree = sample_tree();
  Report report;
  report.tool_version = "0.1.0";
  report.root = ".";
  report.edition = "2026.2";
  report.findings = resolve_findings(tree.findings, tree.sources(), tree.rules);
  report.rules = tree.rules;
  report.score = sample_score();
  report.practices = {{"config",
                       "environment",
                       "config/undocumented-variable",
                       "settings are read from the environment",
                       5,
                       {{{"app/settings.py", {3, 9}, {3, 20}}, false, {"."}},
                        {{"app/mail.py", {4, 1}, {4, 5}}, false, {"."}},
                        {{"worker/main.py", {1, 8}, {1, 12}}, false, {".", "worker"}},
                        {{"web/\xff odd\x1b name.js", {7, 2}, {7, 4}}, false, {"."}}}},
                      {"logs",
                       "standard-streams",
                       "logs/log-file",
                       "the log goes to the standard streams",
                       1,
                       {{{"Procfile", {1, 1}, {1, 2}}, true, {}}}}};
  report.findings[0].cost = 6.2;
  report.findings[2].cost = 4.0;
  report.findings[3].cost = 0.4;
  report.findings[3].because = ReportCause{"logs/log-file.md",
                                           15,
                                           "call logging.FileHandler(\"app.log\")",
                                           "setup",
                                           {"function"},
                                           "",
                                           "python",
                                           "",
                                           ".",
                                           "app"};
  report.findings[5].because = ReportCause{};
  report.findings[4].state = FindingState::Suppressed;
  report.findings[4].suppression_reason = "a scratch file";
  report.findings[9].state = FindingState::Known;
  BaselineEntry entry{"00000000000000aa", "logs/log-file", "app/old.py", "", ""};
  report.baseline = ReportBaseline{"tfcheck-baseline.json",
                                   "",
                                   {{entry, EntryState::Found, 9},
                                    {entry, EntryState::Gone, 0},
                                    {entry, EntryState::Gone, 0},
                                    {entry, EntryState::NotLookedAt, 0}},
                                   74.5,
                                   90.25};
  report.findings[9].later = LaterEdition{"2026.3", Severity::Error};
  report.notices = {{"data/big.sql", "is larger than 1 MB and was not parsed", 0},
                    {"web/broken.js", "cannot be parsed", 3}};
  report.gates = {{"--fail-on warning", false}};
  report.statistics.files_listed = 449;
  report.statistics.files_checked = 412;
  report.statistics.files_skipped = 37;
  report.statistics.seconds = 0.41;
  report.statistics.stages = {{"read", 0.1}};
  report.statistics.slowest_files = {{"web/\xff odd\x1b name.js", 0.05}};
  report.revision = "0123456789abcdef0123456789abcdef01234567";
  report.remote_url = "git@example.org:team/app.git";
  report.branch = "main";
  return report;
}

Report partial_report() {
  Report report = clean_report();
  std::vector<ScoreComponent> components = {{".", "app", {"Go"}, {}}};
  components[0].factors[2] = {Assessment::PartlyAssessed, "settings.py: permission denied", true};
  components[0].factors[5] = components[0].factors[2];
  components[0].factors[10] = {Assessment::NotAssessed, "its rules are not selected", true};
  std::vector<ScoreFinding> findings = {{"config/hardcoded-secret", Severity::Error, Confidence::High, {0}, false}};
  report.score = compute_score(components, findings).score;
  report.unread = {{"settings.py", Unread::Permission, "permission denied", true, false},
                   {"big.yml", Unread::TooDeep, "nested too deeply", true, true},
                   {"tests/a.py", Unread::Io, "cannot be read", false, false}};
  report.execution_successful = false;
  report.notices = {{"a.py", "unmerged: our side of the conflict is read", 0, Unread::None},
                    {"big.yml", "nested too deeply; what lies below is left out", 7, Unread::TooDeep},
                    {"settings.py", "not read: permission denied", 0, Unread::Permission}};
  report.configuration.file = "conf/.tfcheck.toml";
  report.configuration.rules_off = {"logs/log-file", "logs/log-rotation"};
  report.configuration.gate = "never";
  report.configuration.edition = "2026.1";
  report.configuration.exceptions = {{"config", "a.py", ""}};
  report.configuration.lowered = {{"config/baked-config", Severity::Note}};
  return report;
}

Report clean_report() {
  Report report;
  report.tool_version = "0.1.0";
  report.root = ".";
  report.edition = "2026.2";
  report.rules = sample_tree().rules;
  std::vector<ScoreComponent> components = {{".", "app", {"Go"}, {}}};
  report.score = compute_score(components, {}).score;
  report.gates = {{"--fail-on warning", true}};
  report.statistics.files_checked = 12;
  return report;
}

}  // namespace tfcheck::test
