#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "report/emit.h"
#include "report/sample.h"
#include "report/summary.h"
#include "support/json_schema.h"

using namespace tfcheck;
using nlohmann::json;

namespace {

json schema() {
  const char* source = std::getenv("TFCHECK_SOURCE");
  std::ifstream file(std::string(source != nullptr ? source : ".") + "/schemas/report.schema.json");
  REQUIRE(file);
  return json::parse(file);
}

const std::vector<std::string> no_errors;

}  // namespace

TEST_CASE("the JSON of any report follows its schema") {
  json rules = schema();
  for (const Report& report : {test::sample_report(), test::clean_report(), test::partial_report(), Report{}}) {
    CHECK(test::check_schema(rules, json::parse(emit_json(report, {}))) == no_errors);
    CHECK(test::check_schema(rules, json::parse(emit_json(report, {.timings = true}))) == no_errors);
  }
}

TEST_CASE("a history's report follows the schema and says where a secret stands") {
  Report report = test::sample_report();
  report.history = ReportHistory{3, 120, 900, 700, 2, true, false};
  report.findings[0].commit = ReportCommit{"0123456789abcdef0123456789abcdef01234567", "2024-03-01T08:00:00Z", 3, true};
  report.findings[1].commit = ReportCommit{"fedcba9876543210fedcba9876543210fedcba98", "", 1, false};
  report.findings[2].state = FindingState::Suppressed;
  report.findings[2].suppression_mark = "gitleaks:allow";
  json out = json::parse(emit_json(report, {}));
  CHECK(test::check_schema(schema(), out) == no_errors);
  CHECK(out["history"]["commits"] == 120);
  CHECK(out["findings"][0]["commit"]["in_head"] == true);
  CHECK(out["findings"][1]["commit"]["date"] == nullptr);
  CHECK(commit_words(*report.findings[0].commit) ==
        "since 0123456789ab of 2024-03-01 in 3 versions of files, still in HEAD");
  CHECK(commit_words(*report.findings[1].commit) == "since fedcba987654 in one version of a file, no longer in HEAD");
}

TEST_CASE("the score says what mending a rule wins back, the dearest first") {
  json gains = json::parse(emit_json(test::sample_report(), {}))["score"]["gains"];
  REQUIRE(gains.size() > 2);
  json logs =
      *std::find_if(gains.begin(), gains.end(), [](const json& gain) { return gain["rule"] == "logs/log-file"; });
  CHECK(logs["errors"] == 2);
  for (size_t i = 1; i < gains.size(); ++i) CHECK(gains[i - 1]["points"] >= gains[i]["points"]);
}

TEST_CASE("what is seen as right has its factor, its name and its places") {
  json out = json::parse(emit_json(test::sample_report(), {}));
  REQUIRE(out["practices"].size() == 2);
  const json& environment = out["practices"][0];
  CHECK(environment["factor"] == "config");
  CHECK(environment["name"] == "environment");
  CHECK(environment["rule"] == "config/undocumented-variable");
  CHECK(environment["count"] == 5);
  CHECK(environment["place"]["path"] == "app/settings.py");
  CHECK(environment["place"]["start"]["line"] == 3);
  CHECK(environment["related"].size() == 3);
  CHECK(environment["related"][1]["components"] == json({".", "worker"}));
  CHECK(environment["related"][2].contains("uri"));
  CHECK(out["practices"][1]["place"]["whole_file"] == true);
  CHECK(json::parse(emit_json(Report{}, {}))["practices"] == json::array());
}

TEST_CASE("the schema refuses what it should") {
  json rules = schema(), good = json::parse(emit_json(test::sample_report(), {}));
  struct Row {
    const char* pointer;
    json value;
  };
  for (const Row& row :
       {Row{"/findings/0/severity", "fatal"}, Row{"/findings/0/extra", 1}, Row{"/schema", "tfcheck-report/2"},
        Row{"/findings/0/place/start/line", 0}, Row{"/score/overall", 101}, Row{"/score/factors/0/points", "1"},
        Row{"/practices/0/place/frame", json::array()}, Row{"/practices/0/name", nullptr},
        Row{"/practices/0/count", -1}, Row{"/summary/errors", 1.5}, Row{"/extra", nullptr},
        Row{"/gates/0/passed", "yes"}}) {
    json bad = good;
    bad[json::json_pointer(row.pointer)] = row.value;
    CAPTURE(row.pointer);
    CHECK(test::check_schema(rules, bad).size() == 1);
  }
  json bad = good;
  bad["findings"][0].erase("rule");
  CHECK(test::check_schema(rules, bad) == std::vector<std::string>{"/findings/0: lacks \"rule\""});
}

TEST_CASE("the JSON says what the report says") {
  json out = json::parse(emit_json(test::sample_report(), {}));
  CHECK(out["summary"] == json::parse(R"({"errors": 3, "warnings": 1, "notes": 5, "files": 3, "suppressed": 1,
                                          "suppressed_by_marks": 0,
                                          "baselined": 1, "checked": 412, "skipped": 37})"));
  const json& first = out["findings"][0];
  CHECK(first["rule"] == "config/hardcoded-secret");
  CHECK(first["place"]["start"] == json::parse(R"({"line": 3, "column": 11})"));
  CHECK(first["place"]["frame"][0]["text"] == "API_KEY = \"s3c********aQ\"");
  CHECK(first["cost"] == 6.2);
  CHECK(out["findings"][4]["state"] == "suppressed");
  CHECK(out["findings"][4]["reason"] == "a scratch file");
  CHECK(out["findings"][9]["state"] == "known");
  CHECK(out["baseline"] ==
        json::parse(R"({"file": "tfcheck-baseline.json", "since": null, "new": 9, "known": 1, "gone": 2,
        "suppressed": 0, "not_looked_at": 1, "score_without_new": 74.5, "score_without_known": 90.25})"));
  CHECK_FALSE(first.contains("because"));
  CHECK(out["findings"][3]["because"]["line"] == 15);
  CHECK(out["findings"][3]["because"]["role"].is_null());
  CHECK_FALSE(out.contains("run"));
  CHECK(out["score"]["factors"][0]["points"].is_null());
  CHECK(out["score"]["factors"][0]["reason"] == "the tree is not in a repository");
}

TEST_CASE("the JSON tells what was not looked at, and what the configuration takes away") {
  json out = json::parse(emit_json(test::partial_report(), {}));
  CHECK(out["execution_successful"] == false);
  CHECK(out["unread"][0] == json::parse(R"({"path": "settings.py", "reason": "permission",
        "detail": "permission denied", "in_scope": true, "partly": false})"));
  CHECK(out["unread"][1]["partly"] == true);
  CHECK(out["unread"][2]["in_scope"] == false);
  CHECK(out["score"]["incomplete"] == true);
  CHECK(out["score"]["components"][0]["incomplete"] == true);
  const json& config = out["score"]["factors"][2];
  CHECK(config["assessment"] == "partly-assessed");
  CHECK(config["points"] == 42.5);
  CHECK(config["reason"] == "settings.py: permission denied");
  CHECK(out["configuration"]["file"] == "conf/.tfcheck.toml");
  CHECK(out["configuration"]["gate"] == "never");
  CHECK(out["configuration"]["rules_off"].size() == 2);
  CHECK(out["configuration"]["edition"] == "2026.1");
  out = json::parse(emit_json(test::clean_report(), {}));
  CHECK(out["execution_successful"] == true);
  CHECK(out["configuration"]["file"].is_null());
  CHECK(out["configuration"]["edition"].is_null());
  CHECK(out["score"]["incomplete"] == false);
}

TEST_CASE("names that are not UTF-8 keep their bytes in the uri") {
  json out = json::parse(emit_json(test::sample_report(), {.timings = true}));
  const json& place = out["findings"].back()["place"];
  CHECK(place["path"] == "web/\xEF\xBF\xBD odd\x1b name.js");
  CHECK(place["uri"] == "web/%FF%20odd%1B%20name.js");
  CHECK_FALSE(out["findings"][0]["place"].contains("uri"));
}

TEST_CASE("no format shows the secret, and two runs give the same bytes") {
  Report report = test::sample_report(), again = test::sample_report();
  for (std::string out :
       {emit_json(report, {}), emit_sarif(report), emit_text(report, {}), emit_text(report, {.verbose = true})}) {
    CHECK(out.find(test::sample_secret) == std::string::npos);
    CHECK(out.find(test::sample_secret.substr(4, 8)) == std::string::npos);
  }
  CHECK(emit_json(report, {}) == emit_json(again, {}));
  CHECK(emit_sarif(report) == emit_sarif(again));
}

TEST_CASE("paths as URIs") {
  CHECK(path_uri("a/b.py") == "a/b.py");
  CHECK(path_uri("a b/c:d%é") == "a%20b/c%3Ad%25%C3%A9");
  CHECK(is_utf8("a é \xEF\xBF\xBD"));
  CHECK_FALSE(is_utf8("a \xff"));
  CHECK(shorten("ééé", 5) == "é…");
  CHECK(shorten("ééé", 6) == "ééé");
}
