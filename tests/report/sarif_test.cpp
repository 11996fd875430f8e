#include <stdlib.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "report/emit.h"
#include "report/sample.h"

using namespace tfcheck;
using nlohmann::json;

namespace {

json run_of(const Report& report) {
  return json::parse(emit_sarif(report)).at("runs").at(0);
}

bool only(const std::string& text, const char* characters) {
  return !text.empty() && text.find_first_not_of(characters) == std::string::npos;
}

// Many findings whose severity and confidence change from one to the next.
Report crowded_report(size_t count) {
  Report report = test::clean_report();
  for (size_t i = 0; i < count; ++i) {
    ReportFinding finding;
    finding.rule_index = static_cast<uint32_t>(i % report.rules.size());
    finding.rule = report.rules[finding.rule_index].id;
    finding.severity = static_cast<Severity>(i % 3);
    finding.confidence = static_cast<Confidence>(i % 2);
    finding.message = "A finding.";
    finding.primary.region = {"a.py", {static_cast<uint32_t>(i + 1), 1}, {static_cast<uint32_t>(i + 1), 2}};
    finding.line_hash = "1:1";
    finding.fingerprint = std::to_string(i);
    report.findings.push_back(finding);
  }
  return report;
}

struct Files {
  std::filesystem::path folder;
  Files() {
    std::string name = (std::filesystem::temp_directory_path() / "tfcheck-sarif-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder = name;
  }
  ~Files() { std::filesystem::remove_all(folder); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name) << text;
    return (folder / name).string();
  }
};

// The script's exit code; 2 when the multitool is not installed.
int validate(const std::string& files) {
  const char* source = std::getenv("TFCHECK_SOURCE");
  std::string script = std::string(source != nullptr ? source : ".") + "/tests/report/validate_sarif.sh";
  int status = std::system(("bash '" + script + "' " + files).c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("SARIF: what the validator does not notice") {
  Report report = test::sample_report();
  json run = run_of(report);
  const json& rules = run["tool"]["driver"]["rules"];
  REQUIRE(rules.size() == report.rules.size());
  for (size_t i = 0; i < rules.size(); ++i) CHECK(rules[i]["id"] == report.rules[i].id);
  CHECK(run["results"].size() == 10);  // of eleven one is suppressed
  std::map<std::string, int> states;
  for (const json& result : run["results"]) {
    CHECK(std::set<std::string>{"note", "warning", "error"}.count(result["level"]) == 1);
    CHECK(rules.at(result["ruleIndex"].get<size_t>())["id"] == result["ruleId"]);
    CHECK(only(result["partialFingerprints"]["primaryLocationLineHash"], "0123456789abcdef:"));
    CHECK(result["partialFingerprints"]["tfcheck/v1"].get<std::string>().size() == 16);
    CHECK_FALSE(result.contains("suppressions"));
    ++states[result["baselineState"]];
    CHECK(result["locations"].size() == 1);
    const json& physical = result["locations"][0]["physicalLocation"];
    CHECK(physical["artifactLocation"]["uriBaseId"] == "%SRCROOT%");
    std::string uri = physical["artifactLocation"]["uri"];
    CHECK(only(uri, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._~%/-"));
    CHECK(uri[0] != '/');
    for (const char* field : {"startLine", "startColumn", "endLine", "endColumn"}) {
      CHECK(physical["region"].at(field).get<int>() >= 1);
    }
  }
  CHECK(states == std::map<std::string, int>{{"new", 9}, {"unchanged", 1}});
  CHECK(run["results"].back()["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "web/%FF%20odd%1B%20name.js");
}

TEST_CASE("SARIF: rules tell severity, precision and security") {
  json rules = run_of(test::sample_report())["tool"]["driver"]["rules"];
  CHECK(rules[1]["properties"] == json::parse(R"({"tags": ["config", "twelve-factor", "security"], "precision": "high",
                                                  "problem.severity": "error", "security-severity": "8.0"})"));
  CHECK(rules[4]["properties"] == json::parse(R"({"tags": ["processes", "twelve-factor", "maintainability"],
                                                  "precision": "high", "problem.severity": "recommendation"})"));
  CHECK(rules[1]["shortDescription"]["text"] == "The title of config/hardcoded-secret.");
  CHECK(rules[1]["help"]["markdown"].get<std::string>().starts_with("# The title"));
  CHECK(rules[1]["name"] == "HardcodedSecret");
}

TEST_CASE("SARIF: what a later edition makes of a note") {
  Report report = test::sample_report();
  report.rules[1].edition = "2026.3";
  report.findings[0].later = LaterEdition{"2026.3", Severity::Error};
  json run = run_of(report);
  CHECK(run["tool"]["driver"]["rules"][1]["properties"]["since"] == "2026.3");
  CHECK(run["results"][0]["properties"]["edition"] == json::parse(R"({"since": "2026.3", "level": "error"})"));
  CHECK_FALSE(run["results"][1]["properties"].contains("edition"));
}

TEST_CASE("SARIF: the run as a whole") {
  Report report = test::sample_report();
  json run = run_of(report);
  CHECK(run["automationDetails"]["id"] == "tfcheck/./");
  CHECK(run["columnKind"] == "utf16CodeUnits");
  CHECK(run["tool"]["driver"]["properties"]["edition"] == "2026.2");
  CHECK(run["invocations"][0]["executionSuccessful"] == true);
  const json& notices = run["invocations"][0]["toolExecutionNotifications"];
  REQUIRE(notices.size() == 2);
  CHECK(notices[1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3);
  const json& provenance = run["versionControlProvenance"][0];
  CHECK(provenance["repositoryUri"] == "ssh://git@example.org/team/app.git");
  CHECK(provenance["revisionId"] == report.revision);
  for (const char* remote : {"", "/srv/git/app.git", "../app.git", "file:///srv/app.git", "C:/git/app"}) {
    report.remote_url = remote;
    CAPTURE(remote);
    CHECK_FALSE(run_of(report).contains("versionControlProvenance"));
  }
  report.remote_url = "https://example.org/a b.git";
  CHECK(run_of(report)["versionControlProvenance"][0]["repositoryUri"] == "https://example.org/a%20b.git");
  report.revision = "";
  CHECK_FALSE(run_of(report).contains("versionControlProvenance"));
}

TEST_CASE("SARIF: at most 5,000 results, the gravest and surest, in the report's order") {
  CHECK(run_of(crowded_report(5'000))["results"].size() == 5'000);
  Report report = crowded_report(9'000);  // 3,000 of each severity, half of each sure
  json run = run_of(report);
  REQUIRE(run["results"].size() == 5'000);
  size_t errors = 0, warnings = 0, sure = 0;
  int last = 0;
  for (const json& result : run["results"]) {
    int line = result["locations"][0]["physicalLocation"]["region"]["startLine"];
    CHECK(line > last);
    last = line;
    if (result["level"] == "error") ++errors;
    if (result["level"] == "warning") ++warnings;
    if (result["level"] == "warning" && result["properties"]["confidence"] == "medium") ++sure;
  }
  CHECK(errors == 3'000);
  CHECK(warnings == 2'000);
  CHECK(sure == 1'500);
  CHECK(
      run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] ==
      "4000 of the least severe and least certain findings are left out: code-scanning dashboards show at most 5000.");
}

TEST_CASE("SARIF: Microsoft's multitool accepts it", "[multitool]") {
  Files files;
  std::string good = files.write("empty.sarif", emit_sarif(test::clean_report()));
  good += " " + files.write("sample.sarif", emit_sarif(test::sample_report()));
  json broken = json::parse(emit_sarif(test::sample_report()));
  broken["runs"][0]["results"][0].erase("message");
  int status = validate(good);
  if (status == 2) {
    WARN("the SARIF multitool is not installed: set TFCHECK_NODE_MODULES");
    return;
  }
  CHECK(status == 0);
  CHECK(validate(files.write("broken.sarif", broken.dump()) + " >/dev/null") == 1);
}

TEST_CASE("SARIF: what was not looked at is told first, and a refusal is no success") {
  Report report = test::partial_report();
  json invocation = json::parse(emit_sarif(report))["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  const json& told = invocation["toolExecutionNotifications"];
  REQUIRE(told.size() == 3);
  CHECK(told[0]["level"] == "warning");
  CHECK(told[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "settings.py");
  CHECK(told[1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 7);
  CHECK(invocation["toolConfigurationNotifications"][0]["message"]["text"] ==
        "The configuration conf/.tfcheck.toml: 2 rules off, edition 2026.1, gate never, 1 severity lowered, 1 "
        "exception.");
  report.notices.resize(3000, {"z.py", "not read: too large", 0, Unread::TooLarge});
  CHECK(json::parse(emit_sarif(report))["runs"][0]["invocations"][0]["toolExecutionNotifications"].size() == 1001);
  invocation = json::parse(emit_sarif(test::clean_report()))["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == true);
  CHECK_FALSE(invocation.contains("toolConfigurationNotifications"));
}
