#include "report/suppression.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

using namespace tfcheck;

namespace {

// "1-1 a/b,c/d: reason" per suppression, "!1 message" per notice.
std::string scan(std::string_view text) {
  std::string out;
  SuppressionScan found = find_suppressions(text);
  for (const Suppression& s : found.suppressions) {
    std::string last = s.last_line == UINT32_MAX ? "*" : std::to_string(s.last_line);
    out += fmt::format("{}-{} {}: {}\n", s.line, last, fmt::join(s.rules, ","), s.reason);
  }
  for (const Notice& notice : found.notices) out += fmt::format("!{} {}\n", notice.line, notice.message);
  return out;
}

Finding at(uint32_t file, uint32_t offset, uint32_t rule) {
  Finding finding;
  finding.file = file;
  finding.span = {offset, offset + 1};
  finding.rule = rule;
  return finding;
}

}  // namespace

TEST_CASE("directives in every comment syntax") {
  struct Row {
    const char* text;
    const char* expected;
  };
  for (Row row : {
           Row{"x = 1  # tfcheck: ignore[logs/a] because\n", "1-1 logs/a: because\n"},
           Row{"x  // tfcheck: ignore[logs/a, config/b]\n", "1-1 logs/a,config/b: \n"},
           Row{"x /* tfcheck: ignore[logs/a] because */\n", "1-1 logs/a: because\n"},
           Row{"x /* tfcheck: ignore[logs/a] because */ y\n", "1-1 logs/a: because\n"},
           Row{"select 1 -- tfcheck: ignore[logs/a] because\n", "1-1 logs/a: because\n"},
           Row{"key = 1 ; tfcheck: ignore[logs/a] because\n", "1-1 logs/a: because\n"},
           Row{"<a/> <!-- tfcheck: ignore[logs/a] because -->\n", "1-1 logs/a: because\n"},
           Row{"{{/* tfcheck: ignore[logs/a] because */}}\nx\n", "1-2 logs/a: because\n"},
           Row{"{{- /* tfcheck: ignore[logs/a] because */ -}}\nx\n", "1-2 logs/a: because\n"},
           Row{"<%# tfcheck: ignore[logs/a] because %>\nx\n", "1-2 logs/a: because\n"},
           Row{"<%-- tfcheck: ignore[logs/a] because --%>\nx\n", "1-2 logs/a: because\n"},
           Row{"{# tfcheck: ignore[logs/a] because #}\nx\n", "1-2 logs/a: because\n"},
           Row{"{{!-- tfcheck: ignore[logs/a] because --}}\nx\n", "1-2 logs/a: because\n"},
           Row{"x % tfcheck: ignore[logs/a] because\n", "1-1 logs/a: because\n"},
           Row{"REM tfcheck: ignore[logs/a] because\nx\n", "1-2 logs/a: because\n"},
           Row{"/*\n * tfcheck: ignore[logs/a] because\n */\nx\n", "2-4 logs/a: because\n"},
           Row{"# noqa tfcheck: ignore[logs/a] because\nx\n", "1-2 logs/a: because\n"},
           Row{"#tfcheck:ignore[logs/a]because\nx", "1-2 logs/a: because\n"},
           Row{"x # tfcheck: ignore[logs/a] one # tfcheck: ignore[logs/b] two\n",
               "1-1 logs/a: one # tfcheck: ignore[logs/b] two\n1-1 logs/b: two\n"},
           Row{"x # tfcheck: ignore[logs/a] odd \x1b[31m\n", "1-1 logs/a: odd \\x1b[31m\n"},
           Row{"x  # tfcheck: ignore[logs/a] because\r\ny\r\n", "1-1 logs/a: because\n"},
           // Not in a comment, or not about us.
           Row{"print(\"tfcheck: ignore[logs/a]\")\n", ""},
           Row{"tfcheck: ignore[logs/a]\n", ""},
           Row{"x = a * \"tfcheck: ignore[logs/a]\"\n", ""},
           Row{"x = a * tfcheck: ignore[logs/a]\n", ""},
           Row{"theorem tfcheck: ignore[logs/a]\n", ""},
           Row{"# tfcheck: the auditor\n", ""},
           Row{"# see tfcheck and ignore[logs/a]\n", ""},
           Row{"", ""},
       }) {
    CAPTURE(row.text);
    CHECK(scan(row.text) == row.expected);
  }
}

TEST_CASE("a comment line of its own covers the next line of code") {
  struct Row {
    const char* text;
    const char* expected;
  };
  for (Row row : {
           Row{"# tfcheck: ignore[logs/a] why\nx = 1\ny = 2\n", "1-2 logs/a: why\n"},
           Row{"# tfcheck: ignore[logs/a] why\n# more words\n\nx = 1\n", "1-4 logs/a: why\n"},
           Row{"# tfcheck: ignore[logs/a]\n# tfcheck: ignore[logs/b]\nx\n# tfcheck: ignore[logs/c]\ny\n",
               "1-3 logs/a: \n2-3 logs/b: \n4-5 logs/c: \n"},
           Row{"/* tfcheck: ignore[logs/a] */ x\ny\n", "1-1 logs/a: \n"},
           Row{"x\n# tfcheck: ignore[logs/a] at the end", "2-2 logs/a: at the end\n"},
           Row{"// tfcheck: ignore[logs/a]\n*p = 1;\n", "1-2 logs/a: \n"},
       }) {
    CAPTURE(row.text);
    CHECK(scan(row.text) == row.expected);
  }
}

TEST_CASE("ignore-file stands in the first ten lines") {
  CHECK(scan("#!/bin/sh\n# tfcheck: ignore-file[logs/a] generated\n") == "2-* logs/a: generated\n");
  CHECK(scan("\n\n\n\n\n\n\n\n\n# tfcheck: ignore-file[logs/a]\n") == "10-* logs/a: \n");
  CHECK(scan("\n\n\n\n\n\n\n\n\n\n# tfcheck: ignore-file[logs/a]\n") ==
        "!11 'tfcheck: ignore-file' works only in the first ten lines of a file\n");
}

TEST_CASE("malformed directives are reported") {
  struct Row {
    const char* text;
    const char* expected;
  };
  for (Row row : {
           Row{"# tfcheck: ignore\n",
               "!1 'tfcheck: ignore' names no rule: write tfcheck: ignore[factor/rule] reason\n"},
           Row{"x\n# tfcheck: ignore logs/a\n",
               "!2 'tfcheck: ignore' names no rule: write tfcheck: ignore[factor/rule] reason\n"},
           Row{"# tfcheck: ignore[logs/a because\n", "!1 'tfcheck: ignore[' has no closing bracket\n"},
           Row{"# tfcheck: ignore[*]\n", "!1 '*' is no rule id: a suppression names each rule as factor/rule\n"},
           Row{"# tfcheck: ignore[]\n", "!1 '' is no rule id: a suppression names each rule as factor/rule\n"},
           Row{"# tfcheck: ignore[log-file, logs/a] x\ny\n",
               "1-2 logs/a: x\n!1 'log-file' is no rule id: a suppression names each rule as factor/rule\n"},
           Row{"# tfcheck: ingore[logs/a]\n",
               "!1 unknown directive 'tfcheck: ingore': expected ignore[factor/rule] or ignore-file[factor/rule]\n"},
           Row{"# tfcheck: ignore-next-line[logs/a]\n",
               "!1 unknown directive 'tfcheck: ignore-next-line': expected ignore[factor/rule] or "
               "ignore-file[factor/rule]\n"},
       }) {
    CAPTURE(row.text);
    CHECK(scan(row.text) == row.expected);
  }
}

TEST_CASE("the span of a directive and the bytes it covers") {
  std::string text = "a\nx = 1  # tfcheck: ignore[logs/a] because\nb\n";
  Suppression found = find_suppressions(text).suppressions.at(0);
  CHECK(text.substr(found.span.begin, found.span.end - found.span.begin) == "tfcheck: ignore[logs/a]");
  CHECK(found.covers == Span{2, static_cast<uint32_t>(text.find("b\n"))});
}

TEST_CASE("suppressions apply to findings of their rule that begin in their lines") {
  std::string text = "one  # tfcheck: ignore[logs/a, logs/b] first\ntwo\n# tfcheck: ignore[logs/a]\nfour\n";
  auto offset = [&](const char* part) { return static_cast<uint32_t>(text.find(part)); };
  std::vector<std::string> rules = {"logs/a", "logs/b", "config/c"};
  std::vector<Finding> findings = {at(1, 0, 0), at(3, 0, 0), at(3, 0, 2), at(3, offset("two"), 0),
                                   at(3, offset("four"), 0)};
  std::vector<FileSuppressions> files = {{3, find_suppressions(text).suppressions},
                                         {4, find_suppressions("# tfcheck: ignore-file[config/c] x\n").suppressions}};
  AppliedSuppressions applied =
      apply_suppressions(findings, files, [&](uint32_t rule) { return std::string_view(rules[rule]); });
  using Reason = std::optional<std::string>;
  CHECK(applied.reasons == std::vector<Reason>{std::nullopt, "first", std::nullopt, std::nullopt, ""});
  REQUIRE(applied.unused.size() == 2);
  CHECK(applied.unused[0].file == 3);
  CHECK(applied.unused[0].line == 1);
  CHECK(applied.unused[0].rule == "logs/b");
  CHECK(applied.unused[1].file == 4);
  CHECK(applied.unused[1].rule == "config/c");
}

TEST_CASE("of several directives that cover a place the first one's reason counts, and all of them are used") {
  std::string text =
      "# tfcheck: ignore[logs/a] far\n/* tfcheck: ignore[logs/a] near */ one\n# tfcheck: ignore-file[logs/a] all\n"
      "/* tfcheck: ignore[logs/a] none */ two\nthree\nfour\n";
  auto offset = [&](const char* part) { return static_cast<uint32_t>(text.find(part)); };
  std::vector<Finding> findings = {at(0, offset("one"), 0), at(0, offset("three"), 0), at(0, offset("four"), 0)};
  std::vector<FileSuppressions> files = {{0, find_suppressions(text).suppressions}};
  AppliedSuppressions applied = apply_suppressions(findings, files, [](uint32_t) { return "logs/a"; });
  using Reason = std::optional<std::string>;
  CHECK(applied.reasons == std::vector<Reason>{"far", "far", "all"});
  REQUIRE(applied.unused.size() == 1);
  CHECK(applied.unused[0].line == 4);
}

TEST_CASE("an ignore-file covers every line and the whole-file finding") {
  std::vector<FileSuppressions> files = {
      {0, find_suppressions("# tfcheck: ignore-file[logs/a] x\na\nb\n").suppressions}};
  std::vector<Finding> findings = {at(0, 0, 0), at(0, 35, 0)};
  findings[0].span = {0, 0};
  AppliedSuppressions applied = apply_suppressions(findings, files, [](uint32_t) { return "logs/a"; });
  CHECK(applied.reasons[0] == "x");
  CHECK(applied.reasons[1] == "x");
  CHECK(applied.unused.empty());
}

TEST_CASE("many directives, on one line or on many, take no time") {
  std::string line, lines;
  for (int i = 0; i < 5'000; ++i) line += "/* tfcheck: ignore[logs/a] ", lines += "# tfcheck: ignore[logs/a]\n";
  CHECK(find_suppressions(line).suppressions.size() == 5'000);
  SuppressionScan scan = find_suppressions(lines + "x\n");
  CHECK(scan.suppressions.size() == 5'000);
  CHECK(scan.suppressions.front().last_line == 5'001);
}
