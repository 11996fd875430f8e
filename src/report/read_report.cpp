#include "report/read_report.h"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>

#include "report/summary.h"

namespace tfcheck {

namespace {

using Json = nlohmann::json;

// "" for null.
std::string text_of(const Json& json) {
  return json.is_null() ? std::string() : json.get<std::string>();
}

Place place_of(const Json& json) {
  return {json.at("line").get<uint32_t>(), json.at("column").get<uint32_t>()};
}

ReportPlace report_place(const Json& json) {
  ReportPlace place;
  place.region = {json.at("path").get<std::string>(), place_of(json.at("start")), place_of(json.at("end"))};
  place.note = json.value("note", "");
  return place;
}

ReportCause cause_of(const Json& json) {
  ReportCause cause;
  cause.page = json.at("page").get<std::string>();
  if (const Json& line = json.at("line"); !line.is_null()) cause.line = line.get<uint32_t>();
  cause.fact = text_of(json.at("fact"));
  cause.scope = text_of(json.at("scope"));
  cause.flags = json.at("flags").get<std::vector<std::string>>();
  cause.command = text_of(json.at("command"));
  cause.format = text_of(json.at("format"));
  cause.role = text_of(json.at("role"));
  cause.component = text_of(json.at("component"));
  cause.component_kind = text_of(json.at("component_kind"));
  return cause;
}

template <typename Word>
Word word_of(const Json& json, std::initializer_list<Word> words) {
  for (Word word : words) {
    if (json.get<std::string>() == to_string(word)) return word;
  }
  throw Json::other_error::create(500, "unknown word", &json);
}

ReportFinding finding_of(const Json& json) {
  ReportFinding finding{};
  finding.rule = json.at("rule").get<std::string>();
  finding.severity = word_of(json.at("severity"), {Severity::Note, Severity::Warning, Severity::Error});
  finding.confidence = word_of(json.at("confidence"), {Confidence::Low, Confidence::Medium, Confidence::High});
  finding.message = json.at("message").get<std::string>();
  finding.primary = report_place(json.at("place"));
  for (const Json& place : json.at("related")) finding.related.push_back(report_place(place));
  finding.fingerprint = json.at("fingerprints").at("tfcheck/v1").get<std::string>();
  finding.state = word_of(json.at("state"), {FindingState::Active, FindingState::Suppressed, FindingState::Baselined});
  finding.suppression_reason = json.value("reason", "");
  finding.cost = json.at("cost").get<double>();
  if (json.contains("because")) finding.because = cause_of(json.at("because"));
  return finding;
}

}  // namespace

Result<std::vector<ReportFinding>> read_findings(std::string_view file, std::string_view text) {
  const std::string hint = "tfcheck -f json writes them";
  try {
    Json report = Json::parse(text);
    if (report.at("schema") != "tfcheck-report/1")
      return Error{"this is no JSON report of tfcheck", std::string(file), 0, hint};
    std::vector<ReportFinding> findings;
    for (const Json& finding : report.at("findings")) findings.push_back(finding_of(finding));
    return findings;
  } catch (const Json::exception&) {
    return Error{"this is no JSON report of tfcheck", std::string(file), 0, hint};
  }
}

}  // namespace tfcheck
