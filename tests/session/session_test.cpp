// One call from files in memory to a report, with the built-in rules.
#include "session/session.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "report/emit.h"
#include "report/score_weights.h"
#include "session/load.h"
#include "support/memory_audit.h"

using namespace tfcheck;
namespace fs = std::filesystem;

namespace {

RuleSet built_in_rules() {
  Result<RuleSet> loaded = load_rules({});
  REQUIRE(loaded);
  return std::move(*loaded);
}

const Session& session() {
  static const Session one(built_in_rules());
  return one;
}

std::vector<std::string> shown(const Report& report) {
  std::vector<std::string> lines;
  for (const ReportFinding& finding : report.findings) {
    lines.push_back(finding.primary.region.path + ":" + std::to_string(finding.primary.region.start.line) + " " +
                    finding.rule + " " + std::string(to_string(finding.severity)) +
                    (finding.state == FindingState::Suppressed ? " suppressed" : ""));
  }
  return lines;
}

std::string shown(const ReportCause& cause) {
  std::string flags;
  for (const std::string& flag : cause.flags) flags += (flags.empty() ? "" : " ") + flag;
  return cause.page + (cause.line ? " match | " : " | ") + cause.fact + " | " + cause.scope + " | " + flags + " | " +
         cause.command + " | " + cause.component + " " + cause.component_kind;
}

FileSet versioned(const TestFiles& files) {
  std::vector<MemoryFile> memory;
  for (const auto& [path, bytes] : files) memory.push_back({path, bytes});
  RepositoryInfo repository;
  repository.is_repository = true;
  return FileSet::of(std::move(memory), std::move(repository));
}

// A folder of this checkout, read.
TestFiles files_below(const fs::path& folder) {
  TestFiles files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    files.emplace_back(entry.path().lexically_relative(folder).string(), std::move(bytes).str());
  }
  return files;
}

}  // namespace

TEST_CASE("files in memory become a report") {
  const std::string log = "import logging\nlogging.FileHandler('/var/log/app.log')";
  Report report = session().report(versioned({{"requirements.txt", "flask==3.0.0\n"},
                                              {"a.py", log + "\n"},
                                              {"b.py", log + "  # tfcheck: ignore[logs/log-file] until the move\n"},
                                              {"c.py", "x = 1  # tfcheck: ignore[logs/log-file] nothing here\n"}}));
  CHECK(shown(report) == std::vector<std::string>{"a.py:2 logs/log-file error", "b.py:2 logs/log-file error suppressed",
                                                  "c.py:1 tfcheck/unused-suppression note",
                                                  "requirements.txt:1 dependencies/missing-lockfile note"});
  CHECK(report.gates.empty());
  CHECK(report.statistics.files_checked == 4);
}

TEST_CASE("a configuration is in force") {
  const TestFiles files = {{"setup.py", ""}, {"app.py", "import logging\nlogging.FileHandler('/var/log/app.log')\n"}};
  Config config;
  CHECK(shown(session().report(versioned(files), config)).empty());
  config.components["."] = ComponentKind::App;
  config.select = {"logs/log-file"};
  config.rules["logs/log-file"].severity = Severity::Warning;
  config.fail_on = Severity::Warning;
  Report report = session().report(versioned(files), config);
  CHECK(shown(report) == std::vector<std::string>{"app.py:2 logs/log-file warning"});
  REQUIRE(report.gates.size() == 1);
  CHECK_FALSE(report.gates[0].passed);
  config.ignores = {{"logs/*", "app.py", "", "a legacy tool", 1}};
  report = session().report(versioned(files), config);
  CHECK(report.findings.at(0).suppression_reason == "a legacy tool");
  CHECK(report.gates.at(0).passed);
}

TEST_CASE("findings say why they fired") {
  struct Row {
    TestFiles files;
    const char* rule;
    const char* because;  // page, whether a match of it is named, fact, scope, flags, command, component
  };
  for (const Row& row :
       {Row{{{"requirements.txt", "a==1\n"}, {"a.py", "import logging\ndef f():\n  logging.FileHandler('x.log')\n"}},
            "logs/log-file",
            "logs/log-file.md match | call logging.FileHandler(\"x.log\") | f | function |  | . app"},
        Row{{{"a.py", "x = 1\n"}, {"Procfile", "web: python manage.py migrate\n"}},
            "admin-processes/migrate-at-start",
            "admin-processes/migrate-at-start.md match | command python (\"manage.py\", \"migrate\") | web | "
            " | start | . app"},
        Row{{{"app/package.json", "{\"dependencies\": {\"a\": \"1\"}}"}, {"app/a.js", "x\n"}},
            "dependencies/missing-lockfile",
            "dependencies/missing-lockfile.md match | manifest package.json = \"none\" (tool=\"npm\") |  |  |  | app "
            "app"},
        Row{{{"a.py", "PASSWORD = 'kK3jfh28sjQz'\n"}},
            "config/hardcoded-secret",
            "config/hardcoded-secret.md | assign PASSWORD = \"********\" |  |  |  | . app"}}) {
    Config config;
    config.select = {row.rule};
    Report report = session().report(versioned(row.files), config);
    CAPTURE(row.rule);
    REQUIRE(report.findings.size() == 1);
    REQUIRE(report.findings[0].because);
    CHECK(shown(*report.findings[0].because) == row.because);
  }
}

TEST_CASE("a folder in no repository costs every component its codebase") {
  Report report = session().report(file_set({{"a/go.mod", "module a\n"},
                                             {"a/main.go", "package main\n"},
                                             {"b/go.mod", "module b\n"},
                                             {"b/main.go", "package main\n"}}));
  REQUIRE(report.findings.size() >= 1);
  CHECK(report.findings[0].rule == "codebase/not-versioned");
  CHECK(report.findings[0].primary.frame.empty());
  for (const ComponentScore& component : report.score.components) {
    if (component.kind == "app") CHECK(component.factors[0].points < 100);
  }
}

TEST_CASE("the score's weights name rules that there are") {
  for (const RuleWeight& row : rule_weights()) {
    CAPTURE(row.rule);
    CHECK(session().rules().find(row.rule));
  }
}

TEST_CASE("the number of threads shows in no output") {
  const char* source = std::getenv("TFCHECK_SOURCE");
  REQUIRE(source);
  Session two(built_in_rules(), 2), eight(built_in_rules(), 8);
  for (const auto& fixture : fs::directory_iterator(fs::path(source) / "fixtures")) {
    CAPTURE(fixture.path());
    FileSet files = versioned(files_below(fixture.path()));
    Report one = session().report(files);
    for (const Session* threaded : {&two, &eight}) {
      Report other = threaded->report(files);
      CHECK(emit_json(one, {}) == emit_json(other, {}));
      CHECK(emit_sarif(one) == emit_sarif(other));
      CHECK(emit_text(one, {}) == emit_text(other, {}));
    }
  }
}
