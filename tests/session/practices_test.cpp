// What a report shows as done right: which files count, whom they speak for, and how much of it is kept.
#include <catch2/catch.hpp>

#include "report/emit.h"
#include "report/practices.h"
#include "session/load.h"
#include "session/session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

const std::string page =
    "# Streams\nS.\n## Why it matters\nW.\n## What to do\nD.\n## What is seen as right\n- streams: it writes to the "
    "streams\n"
    "- checks: CI looks\n```toml rule\nmessage = \"m\"\n[[match]]\nentry = \"bad\"\n[[practice]]\nname = \"streams\"\n"
    "entry = \"stream\"\nunless = { reach = \"same\", entry = \"**\", value = \"none\" }\n[[practice]]\nname = "
    "\"checks\"\n"
    "scopes = \"ci\"\nentry = \"jobs.*.runs-on\"\n```\n";

const Session& session() {
  static const Session one([] {
    Result<RuleSet> loaded = load_rules({}, {{{{"logs/mine.md", "logs/mine.md", page}}}});
    REQUIRE(loaded);
    return std::move(*loaded);
  }());
  return one;
}

Report report_of(const TestFiles& files, const Config& config = {}) {
  std::vector<MemoryFile> memory;
  for (const auto& [path, bytes] : files) memory.push_back({path, bytes});
  RepositoryInfo repository;
  repository.is_repository = true;
  return session().report(FileSet::of(std::move(memory), std::move(repository)), config);
}

// The places of the practices of the page above.
std::vector<std::string> shown(const Report& report) {
  std::vector<std::string> lines;
  for (const ReportPractice& practice : report.practices) {
    if (practice.rule != "logs/mine") continue;
    for (const PracticePlace& place : practice.places) {
      std::string line = practice.name + " " + place.region.path + ":" + std::to_string(place.region.start.line);
      for (const std::string& component : place.components) line += " " + component;
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

const std::pair<std::string, std::string> app = {"Procfile", "web: gunicorn shop\n"},
                                          code = {"shop.py", "import flask\n"};

}  // namespace

TEST_CASE("only an app and its deploy show a practice") {
  const std::string yes = "x: 1\nstream: on\nstream: on\n";
  struct Row {
    const char* path;
    bool counts;
  };
  for (const Row& row :
       {Row{"deploy/log.yaml", true}, Row{"shop/log.yaml", true}, Row{"tests/log.yaml", false},
        Row{"examples/log.yaml", false}, Row{"docs/log.yaml", false}, Row{"vendor/log.yaml", false},
        Row{"dev/log.yaml", false}, Row{".github/workflows/log.yaml", false}, Row{".devcontainer/log.yaml", false}}) {
    CAPTURE(row.path);
    Report report = report_of({app, code, {row.path, yes}});
    std::string place = "streams " + std::string(row.path) + ":2 .";
    CHECK(shown(report) == (row.counts ? std::vector<std::string>{place} : std::vector<std::string>{}));
  }
  CHECK(shown(report_of({app, code, {"log.yaml", "stream: none\n"}})).empty());
  CHECK(shown(report_of({app, code, {".github/workflows/a.yml", "on: push\njobs: {t: {runs-on: u}}\n"}})) ==
        std::vector<std::string>{"checks .github/workflows/a.yml:2 ."});
}

TEST_CASE("a practice speaks for its component and for the apps that are deployed by its file") {
  Report report = report_of({{"a/Procfile", "web: gunicorn shop\n"},
                             {"a/requirements.txt", "flask==3.0.0\n"},
                             {"a/shop.py", "import flask\n"},
                             {"a/log.yaml", "stream: on\n"},
                             {"b/Procfile", "web: node server.js\n"},
                             {"b/package.json", "{\"name\": \"b\"}\n"},
                             {"b/server.js", "require('http')\n"}});
  CHECK(shown(report) == std::vector<std::string>{"streams a/log.yaml:1 a"});
}

TEST_CASE("what a practice shows adds no points and no finding") {
  Report with = report_of({app, code, {"log.yaml", "stream: on\n"}});
  Report without = report_of({app, code, {"log.yaml", "other: on\n"}});
  CHECK(with.score.overall == without.score.overall);
  for (size_t i = 0; i < factor_ids.size(); ++i) {
    CHECK(with.score.factors[i].assessment == without.score.factors[i].assessment);
    CHECK(with.score.factors[i].points == without.score.factors[i].points);
  }
  CHECK(with.findings.size() == without.findings.size());
}

TEST_CASE("of a practice the first places of each component are kept, the others counted") {
  TestFiles files = {app, code};
  for (char c = 'a'; c <= 'z'; ++c) files.emplace_back(std::string("conf/") + c + ".yaml", "stream: on\n");
  Report report = report_of(files);
  std::vector<std::string> lines = shown(report);
  REQUIRE(lines.size() == component_places);
  CHECK(lines.front() == "streams conf/a.yaml:1 .");
  auto streams = std::find_if(report.practices.begin(), report.practices.end(),
                              [](const ReportPractice& practice) { return practice.name == "streams"; });
  REQUIRE(streams != report.practices.end());
  CHECK(streams->count == 26);
  std::string text = emit_text(report, {.verbose = true});
  CHECK(text.find("conf/c.yaml:1 and 23 more files\n") != std::string::npos);
}

TEST_CASE("a rule that is switched off shows nothing, and practices are in the order of factors") {
  Config config;
  config.ignore = {"logs/mine"};
  CHECK(shown(report_of({app, code, {"log.yaml", "stream: on\n"}}, config)).empty());
  Report report = report_of({app, code, {"log.yaml", "stream: on\n"}, {".gitignore", "/dist\n"}});
  std::vector<size_t> order;
  for (const ReportPractice& practice : report.practices)
    order.push_back(
        static_cast<size_t>(std::find(factor_ids.begin(), factor_ids.end(), practice.factor) - factor_ids.begin()));
  CHECK(order.size() > 2);
  CHECK(std::is_sorted(order.begin(), order.end()));
}
