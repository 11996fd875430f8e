// What emit_json writes is read back as it was.
#include "report/read_report.h"

#include <catch2/catch.hpp>

#include "report/emit.h"
#include "report/sample.h"
#include "report/score_text.h"

using namespace tfcheck;

namespace {

std::string told(const ReportFinding& finding) {
  std::string out = finding.rule + " " + finding.message + " " + finding.fingerprint + " " + finding.suppression_reason;
  for (const ReportPlace& place : finding.related) out += "\n" + place.region.path + " " + place.note;
  if (!finding.because) return out;
  const ReportCause& cause = *finding.because;
  out += "\n" + cause.page + ":" + std::to_string(cause.line.value_or(0)) + " " + cause.fact + " " + cause.scope + " " +
         cause.command + cause.format + cause.role + cause.component + cause.component_kind;
  for (const std::string& flag : cause.flags) out += " " + flag;
  return out;
}

}  // namespace

TEST_CASE("findings are read back from a JSON report") {
  Report report = test::sample_report();
  Result<std::vector<ReportFinding>> read = read_findings("r.json", emit_json(report, {}));
  REQUIRE(read);
  REQUIRE(read->size() == report.findings.size());
  for (size_t i = 0; i < read->size(); ++i) {
    CHECK(told((*read)[i]) == told(report.findings[i]));
    CHECK((*read)[i].severity == report.findings[i].severity);
    CHECK((*read)[i].state == report.findings[i].state);
    CHECK((*read)[i].later == report.findings[i].later);
    CHECK((*read)[i].primary.region.start.line == report.findings[i].primary.region.start.line);
  }
}

TEST_CASE("practices are read back from a JSON report") {
  Report report = test::sample_report();
  Result<std::vector<ReportPractice>> read = read_practices("r.json", emit_json(report, {}));
  REQUIRE(read);
  REQUIRE(read->size() == report.practices.size());
  for (size_t i = 0; i < read->size(); ++i) {
    const ReportPractice &one = (*read)[i], &other = report.practices[i];
    CHECK(one.factor + one.name + one.rule + one.message == other.factor + other.name + other.rule + other.message);
    CHECK(one.count == other.count);
    REQUIRE(one.places.size() == other.places.size());
    CHECK(one.places[0].region.path == other.places[0].region.path);
    CHECK(one.places[0].region.start.line == other.places[0].region.start.line);
    CHECK(one.places[0].whole_file == other.places[0].whole_file);
    CHECK(one.places.back().components == other.places.back().components);
  }
}

TEST_CASE("the score is read back from a JSON report, and explained in the same words") {
  for (const Report& report : {test::sample_report(), test::partial_report(), test::clean_report(), Report{}}) {
    Result<Score> read = read_score("r.json", emit_json(report, {}));
    REQUIRE(read);
    CHECK(score_text(*read) == score_text(report.score));
  }
}

TEST_CASE("what is no report is an error") {
  for (const char* text :
       {"", "{}", "[]", "{\"schema\": \"tfcheck-report/1\"}", "{\"schema\": \"tfcheck-report/2\", \"findings\": []}",
        "{\"schema\": \"tfcheck-report/1\", \"findings\": [{}]}", "{\"schema\": \"tfcheck-report/1\", \"findings\": 3}",
        "{\"schema\": \"tfcheck-report/1\", \"findings\": [{\"rule\": 1}]}"}) {
    CAPTURE(text);
    Result<std::vector<ReportFinding>> read = read_findings("r.json", text);
    REQUIRE_FALSE(read);
    CHECK(to_string(read.error()) == "r.json: this is no JSON report of tfcheck (tfcheck -f json writes them)");
    CHECK_FALSE(read_practices("r.json", text));
    Result<Score> score = read_score("r.json", text);
    REQUIRE_FALSE(score);
    CHECK(to_string(score.error()) ==
          "r.json: this is no JSON report of this version of tfcheck (tfcheck -f json writes them)");
  }
}
