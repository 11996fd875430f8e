#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "base/text.h"
#include "report/display.h"
#include "report/emit.h"
#include "report/sample.h"

using namespace tfcheck;

namespace {

// The part of an output from the first line with `from` up to the first line with `to`.
std::string part(const std::string& out, const std::string& from, const std::string& to) {
  size_t begin = out.find(from);
  size_t end = out.find(to, begin);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  return out.substr(begin, end - begin);
}

size_t count(const std::string& text, std::string_view words) {
  size_t found = 0;
  for (size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++found;
  return found;
}

Report one_finding(Severity severity, double cost) {
  Report report = test::clean_report();
  ReportFinding finding;
  finding.rule = "logs/log-file";
  finding.rule_index = 3;
  finding.severity = severity;
  finding.confidence = Confidence::High;
  finding.message = "A message.";
  finding.cost = cost;
  if (cost > 0) report.score.gains = {{finding.rule, {0, 0, 1}, cost}};
  finding.primary.region = {"a.py", {1, 1}, {1, 2}};
  finding.primary.frame = {{1, "x = 1", 0, 1}};
  report.findings = {finding};
  return report;
}

}  // namespace

TEST_CASE("text: a finding with all its parts") {
  std::string out = emit_text(test::sample_report(), {});
  CHECK(part(out, "error[logs/log-file]", "error[logs/log-file]: A name") ==
        R"(error[logs/log-file]: logging.FileHandler writes the log to the file 'app.log'.
  ┌─ app/logging_setup.py:5:11
 5│ handler = logging.FileHandler("app.log", mode="a")
  │           ^^^^^^^^^^^^^^^^^^^ --------- on the local disk
  ├─ app/config.py:1:1
 1│ import logging_setup
  │ -------------------- started from here
  = why: The file dies with the process and the platform's log router never sees it
  = fix: Log to stdout; see `tfcheck explain logs/log-file` (score +7 for all of this rule)

)");
  CHECK(out.find("[dependencies/missing-lockfile]") == std::string::npos);  // in the baseline
}

TEST_CASE("text: the table, the components and the summary") {
  std::string out = emit_text(test::sample_report(), {});
  CHECK(out.substr(out.find("  I    ")) ==
        R"(  I    codebase          not assessed     VII   port-binding    █████████░  95
  II   dependencies      ███████░░░  67   VIII  concurrency     ███████░░░  70
  III  config            ████░░░░░░  42   IX    disposability   █████████░  85
  IV   backing-services  ██████░░░░  58   X     dev-prod-parity █████████░  85
  V    build-release-run █████████░  85   XI    logs            ██░░░░░░░░  16
  VI   processes         ███████░░░  65   XII   admin-processes not applicable

  codebase not assessed: the tree is not in a repository

  nothing found reads 95, a bar 70 to 95 by how much of it rules see: tfcheck explain --score

   73  .            app      Python, JavaScript
   95  libs/shared  library  Python

  73 of 100 (−1.2 by what is new) · 9 new, 1 known · 3 errors, 1 warning, 5 notes in 3 files ·
    1 suppressed
  baseline tfcheck-baseline.json: of its 4 findings 2 gone, 1 not looked at (tfcheck baseline
    prune)
  checked 412 files (37 skipped) in 0.41 s · gate --fail-on warning: failed
)");
}

TEST_CASE("text: what a baseline knows is counted by rule, and shown with -v") {
  Report report = test::sample_report();
  std::string out = emit_text(report, {});
  CHECK(out.find("and 1 finding that tfcheck-baseline.json knows: -v shows it\n  1 " + report.findings[9].rule +
                 "\n") != std::string::npos);
  CHECK(emit_text(report, {.quiet = true}).find("knows") == std::string::npos);
  out = emit_text(report, {.verbose = true});
  CHECK(out.find("(known)") != std::string::npos);
  CHECK(out.find("(known)") == out.rfind("(known)"));
  for (ReportFinding& finding : report.findings) finding.state = FindingState::Known;
  CHECK(emit_text(report, {}).find("73 of 100 (−1.2 by what is new) · 0 new, 11 known\n") != std::string::npos);
}

TEST_CASE("text: a clean report still says what was looked at") {
  CHECK(emit_text(test::clean_report(), {}) ==
        R"(  I    codebase          █████████░  95   VII   port-binding    █████████░  95
  II   dependencies      █████████░  95   VIII  concurrency     ███████░░░  70
  III  config            █████████░  85   IX    disposability   █████████░  85
  IV   backing-services  █████████░  85   X     dev-prod-parity █████████░  85
  V    build-release-run █████████░  85   XI    logs            █████████░  95
  VI   processes         ███████░░░  70   XII   admin-processes █████████░  85

  nothing found reads 95, a bar 70 to 95 by how much of it rules see: tfcheck explain --score

   95  .  app  Go

  95 of 100 · no findings
  checked 12 files · gate --fail-on warning: passed
)");
}

TEST_CASE("text: what was not looked at is marked wherever there are points") {
  CHECK(emit_text(test::partial_report(), {}) ==
        R"(  I    codebase          █████████░  95   VII   port-binding    █████████░  95
  II   dependencies      █████████░  95   VIII  concurrency     ███████░░░  70
  III  config            ████░░░░░░ ≤42   IX    disposability   █████████░  85
  IV   backing-services  █████████░  85   X     dev-prod-parity █████████░  85
  V    build-release-run █████████░  85   XI    logs            not assessed
  VI   processes         ███████░░░ ≤70   XII   admin-processes █████████░  85

  partly assessed: config, processes (settings.py: permission denied)
  not assessed: logs (its rules are not selected)

  nothing found reads 95, a bar 70 to 95 by how much of it rules see: tfcheck explain --score

  ≤88  .  app  Go

  ≤ 88 of 100 · no findings · 1 file not read, 1 file read in part
  configuration conf/.tfcheck.toml: 2 rules off, edition 2026.1, gate never, 1 severity lowered, 1
    exception
  checked 12 files · gate --fail-on warning: passed
)");
  CHECK(emit_text(test::partial_report(), {.quiet = true}) ==
        "  ≤ 88 of 100 · no findings · 1 file not read, 1 file read in part\n"
        "  configuration conf/.tfcheck.toml: 2 rules off, edition 2026.1, gate never, 1 severity lowered, 1\n"
        "    exception\n");
  std::string ascii = emit_text(test::partial_report(), {.unicode = false});
  CHECK(ascii.find("config            ####......<=42  ") != std::string::npos);
  CHECK(ascii.find("processes         #######...<=70  ") != std::string::npos);
  CHECK(ascii.find("  <= 88 of 100 - no findings") != std::string::npos);
}

TEST_CASE("text: nothing assessed, several gates") {
  Report report;
  report.gates = {{"--fail-on error", true}, {"--min-score 80", false}};
  std::string out = emit_text(report, {});
  CHECK(out.substr(out.find("  no score")) ==
        "  no score · no findings\n  checked 0 files\n  gate --fail-on error: passed\n  gate --min-score 80: failed\n");
}

TEST_CASE("text: the worst rule comes first, and of a rule the worst finding") {
  Report report = one_finding(Severity::Note, 0);
  auto add = [&](const char* rule, Severity severity, Confidence confidence, const char* path) {
    ReportFinding finding = report.findings[0];
    finding.rule = rule;
    finding.severity = severity;
    finding.confidence = confidence;
    finding.primary.region.path = path;
    report.findings.push_back(finding);
  };
  add("config/b", Severity::Warning, Confidence::High, "b.py");
  add("config/c", Severity::Warning, Confidence::Medium, "c.py");
  add("config/d", Severity::Warning, Confidence::High, "d.py");
  add("logs/log-file", Severity::Error, Confidence::High, "e.py");
  report.score.gains = {{"config/d", {0, 1, 0}, 2}, {"config/b", {0, 1, 0}, 1}};
  std::string out = emit_text(report, {});
  size_t last = 0;
  for (const char* path : {"e.py", "a.py", "d.py", "b.py", "c.py"}) {
    size_t at = out.find(path);
    REQUIRE(at != std::string::npos);
    CHECK(last < at);
    last = at;
  }
}

TEST_CASE("text: repeats of a rule are a line each after the third") {
  std::string out = emit_text(test::sample_report(), {});
  CHECK(out.find("'d.txt'") != std::string::npos);
  std::string all = emit_text(test::sample_report(), {.verbose = true});
  CHECK(all.find("more of") == std::string::npos);
  CHECK(all.find("'f.txt'") != std::string::npos);
  CHECK(all.find("suppressed[processes/local-write]: app/logging_setup.py:7: a scratch file\n") != std::string::npos);
  CHECK(all.find("admin-processes not applicable: no administrative commands\n") != std::string::npos);
  // A fold of one would take as much room as the finding: four are shown.
  Report four = one_finding(Severity::Note, 0);
  four.findings.resize(4, four.findings[0]);
  CHECK(emit_text(four, {}).find("more of") == std::string::npos);
  four.findings.resize(5, four.findings[0]);
  CHECK(emit_text(four, {}).find(
            "\nand 2 more of logs/log-file:\n  a.py:1:1: A message.\n  a.py:1:1: A message.\n\n") != std::string::npos);
  four.findings.resize(20, four.findings[0]);
  CHECK(count(emit_text(four, {}), "\n  a.py:1:1: A message.") == 10);
  CHECK(emit_text(four, {}).find("\n  and 7 more: -v shows them\n\n") != std::string::npos);
}

TEST_CASE("text: what is seen as right stands behind -v, a line each with its first places") {
  CHECK(emit_text(test::sample_report(), {}).find("seen as right") == std::string::npos);
  CHECK(emit_text(test::sample_report(), {.quiet = true, .verbose = true}).find("seen as right") == std::string::npos);
  CHECK(emit_text(test::clean_report(), {.verbose = true}).find("seen as right") == std::string::npos);
  std::string all = emit_text(test::sample_report(), {.width = 0, .verbose = true});
  CHECK(all.find("\nseen as right\n"
                 "  config\n"
                 "    settings are read from the environment: app/settings.py:3, app/mail.py:4, worker/main.py:1 and 2 "
                 "more files\n"
                 "  logs\n"
                 "    the log goes to the standard streams: Procfile\n"
                 "\n") != std::string::npos);
}

TEST_CASE("text: what cannot be shown as a place is shown as text") {
  Report report = test::sample_report();
  report.practices[0].places.erase(report.practices[0].places.begin(), report.practices[0].places.begin() + 3);
  std::string all = emit_text(report, {.unicode = false, .verbose = true});
  CHECK(all.find('\x1b') == std::string::npos);
  CHECK(all.find('\xff') == std::string::npos);
}

TEST_CASE("text: the gain is shown from half a point") {
  CHECK(emit_text(one_finding(Severity::Error, 6.2), {}).find("log-file` (score +6)\n") != std::string::npos);
  CHECK(emit_text(one_finding(Severity::Error, 0.5), {}).find("log-file` (score +1)\n") != std::string::npos);
  CHECK(emit_text(one_finding(Severity::Error, 0.49), {}).find("log-file`\n") != std::string::npos);
  Report report = one_finding(Severity::Error, 3);
  report.findings.push_back(report.findings[0]);
  report.score.gains[0].counts = {1, 0, 1};
  CHECK(count(emit_text(report, {.width = 0}), "log-file` (score +3 for all of this rule)\n") == 1);
  CHECK(count(emit_text(report, {.width = 0}), "score +") == 1);
}

TEST_CASE("text: with three rules that cost something it says where to begin") {
  Report report = one_finding(Severity::Error, 12.4);
  CHECK(emit_text(report, {}).find("fix first") == std::string::npos);
  report.score.gains.push_back({"config/secret-default", {1, 2, 3}, 3});
  report.score.gains.push_back({"config/a", {0, 0, 1}, 2.6});
  std::string out = emit_text(report, {});
  CHECK(out.find("\n  fix first, by what it adds to 95 points\n"
                 "  +12 logs/log-file: 1 error\n"
                 "   +3 config/secret-default: 3 errors, 2 warnings, 1 note\n"
                 "   +3 config/a: 1 error\n"
                 "\n  I    ") != std::string::npos);
  CHECK(emit_text(report, {.quiet = true}).find("fix first") == std::string::npos);
  report.score.gains[2].points = 0.4;
  CHECK(emit_text(report, {}).find("fix first") == std::string::npos);
}

TEST_CASE("text: quiet leaves findings, one line and the gates that failed") {
  Report report = one_finding(Severity::Warning, 0);
  CHECK(emit_text(report, {.quiet = true}) ==
        "a.py:1:1: warning[logs/log-file]: A message.\n  95 of 100 · 0 errors, 1 warning, 0 notes in 1 file\n");
  report.findings[0].aside = "CI";
  CHECK(emit_text(report, {.quiet = true}).starts_with("a.py:1:1: warning["));
  report.gates[0].passed = false;
  CHECK(emit_text(report, {.quiet = true}).ends_with(" in 1 file\n  gate --fail-on warning: failed\n"));
  CHECK(emit_text(test::clean_report(), {.quiet = true}) == "  95 of 100 · no findings\n");
}

TEST_CASE("text: a whole file has no line to show") {
  Report report = one_finding(Severity::Warning, 0);
  report.findings[0].primary.frame.clear();
  CHECK(emit_text(report, {}).starts_with("warning[logs/log-file]: A message.\n  ┌─ a.py\n  = why: "));
}

TEST_CASE("text: related spans of one line that overlap have rows of their own") {
  Report report = one_finding(Severity::Warning, 0);
  report.findings[0].primary.frame = {{1204, "call(a, b)", 0, 10}};
  report.findings[0].related = {{report.findings[0].primary.region, "first", {{1204, "call(a, b)", 5, 6}}},
                                {report.findings[0].primary.region, "second", {{1204, "call(a, b)", 8, 9}}}};
  CHECK(part(emit_text(report, {}), "    ┌─", "    = why") == R"(    ┌─ a.py:1:1
1204│ call(a, b)
    │ ^^^^^^^^^^
    │      - first
    │         - second
)");
}

TEST_CASE("text: every width from 40 to 120 holds, and loses nothing") {
  Report report = test::sample_report();
  for (uint32_t width = 40; width <= 120; width += 4) {
    std::string out = emit_text(report, {.width = width});
    for (std::string_view line : split(out, '\n')) {
      CAPTURE(width, std::string(line));
      bool one_word = trim(line).find(' ') == std::string_view::npos;
      CHECK((display_width(line) <= width || one_word));
    }
    for (const char* whole : {"app/logging_setup.py:5:11", "processes/local-write`", "dev-prod-parity"}) {
      CHECK(out.find(whole) != std::string::npos);
    }
  }
}

TEST_CASE("text: without UTF-8 nothing but ASCII, without colour no escape, from outside never one") {
  std::string plain = emit_text(test::sample_report(), {.unicode = false});
  for (char c : plain) REQUIRE((c == '\n' || (c >= ' ' && c < '\x7f')));
  CHECK(plain.find("  --> app/logging_setup.py:5:11\n 5| handler") != std::string::npos);
  CHECK(plain.find("#######...  67") != std::string::npos);
  std::string colored = emit_text(test::sample_report(), {.color = true});
  CHECK(colored.find("\x1b[1;31merror[logs/log-file]\x1b[0m:") != std::string::npos);
  // Take our own codes away: what is left is the plain output.
  std::string left;
  for (size_t at = 0; at < colored.size(); ++at) {
    if (colored[at] == '\x1b') {
      at = colored.find('m', at);
    } else {
      left += colored[at];
    }
  }
  CHECK(left == emit_text(test::sample_report(), {}));
}

TEST_CASE("text: only the first sentence of why and fix") {
  Report report = one_finding(Severity::Note, 0);
  report.rules[3].why = "Names, e.g. this one, and v1.2 stay. The\nrest goes.";
  report.findings[0].fix = "";
  std::string out = emit_text(report, {});
  CHECK(out.find("  = why: Names, e.g. this one, and v1.2 stay\n") != std::string::npos);
  CHECK(out.find("  = fix: see `tfcheck explain logs/log-file`\n") != std::string::npos);
}

TEST_CASE("text: what to do is told once in each language") {
  Report report = one_finding(Severity::Note, 0);
  report.findings[0].fix = "Log to stdout: `$stdout`";
  for (const char* fix : {"Log to stdout: `os.Stdout`", "Log to stdout: `$stdout`"}) {
    report.findings.push_back(report.findings[0]);
    report.findings.back().fix = fix;
  }
  std::string out = emit_text(report, {});
  CHECK(count(out, "  = why: ") == 1);
  CHECK(count(out, "  = fix: Log to stdout: `$stdout`; see") == 1);
  CHECK(count(out, "  = fix: Log to stdout: `os.Stdout`\n") == 1);
  CHECK(count(out, "  = fix: ") == 2);
}

TEST_CASE("text: what no deploy runs is counted") {
  Report report = one_finding(Severity::Note, 0);
  report.findings[0].aside = "development";
  std::string one = emit_text(report, {}), path = report.findings[0].primary.region.path;
  CHECK(one.starts_with("and 1 note about what no deploy runs: -v shows it\n  logs/log-file in development: 1 in " +
                        path + "\n\n"));
  report.findings.push_back(report.findings[0]);
  report.findings.push_back(report.findings[0]);
  report.findings[1].primary.region.path = "dev/compose.yml";
  report.findings[2].aside = "CI";
  CHECK(emit_text(report, {})
            .starts_with("and 3 notes about what no deploy runs: -v shows them\n  logs/log-file in CI: 1 in " + path +
                         "\n  logs/log-file in development: 2 in " + path + " and 1 more file\n\n"));
  TextStyle verbose;
  verbose.verbose = true;
  CHECK(count(emit_text(report, verbose), "note[logs/log-file]") == 3);
  CHECK(emit_json(report, {}).find("\"fix\"") != std::string::npos);
}

TEST_CASE("text: what a later edition will make of notes is told once") {
  Report report = one_finding(Severity::Note, 0);
  report.findings[0].later = LaterEdition{"2026.2", Severity::Warning};
  CHECK(emit_text(report, {}).find("\n  1 finding is a note until edition 2026.2\n") != std::string::npos);
  for (int i = 0; i < 4; ++i) report.findings.push_back(report.findings[0]);
  report.findings[1].state = FindingState::Suppressed;
  report.findings[2].later->severity = Severity::Note;
  report.findings[3].later->name = "2026.3";
  std::string text = emit_text(report, {.quiet = true});
  CHECK(count(text, "until edition") == 2);
  CHECK(text.find("\n  2 findings are notes until edition 2026.2, 1 finding is a note until edition 2026.3\n") !=
        std::string::npos);
}
