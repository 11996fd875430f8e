// What an edition that is pinned holds back: the rules and matches of later ones are notes that cost nothing, stop
// nobody and hide nothing that is in force.
#include <catch2/catch.hpp>

#include "session/session.h"
#include "support/memory_audit.h"
#include "support/rule_files.h"

using namespace tfcheck;

namespace {

std::string page(const std::string& block) {
  return "# T\nS.\n## Why it matters\nW.\n## What to do\nD.\n```toml rule\nmessage = \"{name}\"\n" + block + "```\n";
}

std::string match(const std::string& call, const std::string& more = "") {
  return "[[match]]\ncall = \"" + call + "\"\n" + more;
}

const std::string later = "since = \"2026.2\"\n";

// One page, logs/told, over a program of one file.
Report report_of(const std::vector<BuiltInFile>& pages, const std::string& code, const Config& config = {}) {
  Result<RuleSet> rules = RuleSet::load(with_vocabulary(pages), {}, {});
  REQUIRE(rules);
  REQUIRE(rules->editions().size() >= 2);
  return Session(std::move(*rules)).report(file_set({{"app.py", "import acme\n" + code}}), config);
}

Config pinned() {
  Config config;
  config.edition = "2026.1";
  config.fail_on = Severity::Note;
  return config;
}

// "acme.f warning, acme.g note until 2026.2 error".
std::string told(const Report& report) {
  std::string text;
  for (const ReportFinding& finding : report.findings) {
    text += (text.empty() ? "" : ", ") + finding.message + " " + std::string(to_string(finding.severity));
    if (finding.later) text += " until " + finding.later->name + " " + std::string(to_string(finding.later->severity));
  }
  return text;
}

std::string told(const std::string& block, const std::string& code, const Config& config) {
  const std::string text = page(block);
  return told(report_of({{"logs/told.md", text}}, code, config));
}

}  // namespace

TEST_CASE("what came with a later edition than the pinned one is a note") {
  struct Row {
    const char* name;
    std::string block, code, pinned, newest;
  };
  const Row rows[] = {
      {"a rule", later + match("acme.f"), "acme.f()\n", "acme.f note until 2026.2 warning", "acme.f warning"},
      {"a rule of the pinned one", "since = \"2026.1\"\n" + match("acme.f"), "acme.f()\n", "acme.f warning",
       "acme.f warning"},
      {"a note stays one, and does not count", later + match("acme.f", "severity = \"note\"\n"), "acme.f()\n",
       "acme.f note until 2026.2 note", "acme.f note"},
      {"a match", match("acme.f") + match("acme.g", later), "acme.f()\nacme.g()\n",
       "acme.f warning, acme.g note until 2026.2 warning", "acme.f warning, acme.g warning"},
      {"a wider match before an older one", match("acme.*", later) + match("acme.f"), "acme.f()\nacme.g()\n",
       "acme.f warning, acme.g note until 2026.2 warning", "acme.f warning, acme.g warning"},
      {"a file", "[[match]]\nfile = \"app.py\"\n" + later, "", "{name} note until 2026.2 warning", "{name} warning"},
      {"a requirement",
       "[[require]]\nwhen = { call = \"acme.f\" }\none = [{ call = \"acme.h\" }]\n" + later +
           "[[require]]\nwhen = { call = \"acme.g\" }\none = [{ call = \"acme.h\" }]\n",
       "acme.f()\nacme.g()\n", "acme.f note until 2026.2 warning, acme.g warning", "acme.f warning, acme.g warning"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(told(row.block, row.code, pinned()) == row.pinned);
    CHECK(told(row.block, row.code, {}) == row.newest);
  }
}

TEST_CASE("of findings that are one the one in force stands") {
  for (std::string code : {"acme.f()\nacme.g()\n", "acme.g()\nacme.f()\n"}) {
    CAPTURE(code);
    CHECK(told("once = \"file\"\n" + match("acme.f") + match("acme.g", later), code, pinned()) == "acme.f warning");
    CHECK(told("severity = \"note\"\nonce = \"file\"\n" + match("acme.f") +
                   match("acme.g", later + "severity = \"error\"\n"),
               code, pinned()) == "acme.f note");
  }
}

TEST_CASE("a severity of the configuration is for the time when it counts") {
  Config config = pinned();
  config.rules["logs/told"].severity = Severity::Error;
  CHECK(told(later + match("acme.f"), "acme.f()\n", config) == "acme.f note until 2026.2 error");
}

TEST_CASE("what is in force gives way to nothing that is not") {
  const std::string old_page = page("yields-to = \"logs/young\"\n" + match("acme.f"));
  const std::string young_page = page(later + "severity = \"error\"\n" + match("acme.*"));
  const std::vector<BuiltInFile> pages = {{"logs/old.md", old_page}, {"logs/young.md", young_page}};
  CHECK(told(report_of(pages, "acme.f()\n", pinned())) == "acme.f warning, acme.f note until 2026.2 error");
  CHECK(told(report_of(pages, "acme.f()\n")) == "acme.f error");
  const std::string also_young = page(later + "yields-to = \"logs/young\"\n" + match("acme.f"));
  CHECK(told(report_of({{"logs/old.md", also_young}, {"logs/young.md", young_page}}, "acme.f()\n", pinned())) ==
        "acme.f note until 2026.2 error");
}

TEST_CASE("what is held back costs nothing and fails no gate") {
  const std::string text = page(later + match("acme.f"));
  Report none = report_of({{"logs/told.md", text}}, "acme.x()\n", pinned());
  Report held = report_of({{"logs/told.md", text}}, "acme.f()\n", pinned());
  Report newest = report_of({{"logs/told.md", text}}, "acme.f()\n");
  constexpr size_t logs = 10;
  REQUIRE(held.findings.size() == 1);
  CHECK(held.findings[0].cost == 0);
  CHECK(held.score.factors[logs].points == none.score.factors[logs].points);
  CHECK(newest.score.factors[logs].points < none.score.factors[logs].points);
  REQUIRE(held.gates.size() == 1);
  CHECK(held.gates[0].passed);
  CHECK(held.edition == "2026.1");
  CHECK(newest.edition == "2026.2");
}

TEST_CASE("a finding of a later edition is no proof that its factor was looked at") {
  const std::string text = page(later + "[[match]]\nfile = \"app.py\"\n");
  Report held = report_of({{"concurrency/told.md", text}}, "", pinned());
  Report newest = report_of({{"concurrency/told.md", text}}, "");
  constexpr size_t concurrency = 7;
  CHECK(held.score.factors[concurrency].assessment == Assessment::NotAssessed);
  CHECK(newest.score.factors[concurrency].assessment == Assessment::Assessed);
}
