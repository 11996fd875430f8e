#include "report/read_report.h"

#include <array>
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

ReportCommit commit_of(const Json& json) {
  return {json.at("id").get<std::string>(), text_of(json.at("date")), json.at("versions").get<size_t>(),
          json.at("in_head").get<bool>()};
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
  finding.state = word_of(json.at("state"), {FindingState::Active, FindingState::Suppressed, FindingState::Known});
  finding.suppression_reason = json.value("reason", "");
  finding.suppression_mark = json.value("mark", "");
  if (json.contains("edition")) {
    const Json& edition = json.at("edition");
    finding.later = LaterEdition{edition.at("since").get<std::string>(),
                                 word_of(edition.at("severity"), {Severity::Note, Severity::Warning, Severity::Error})};
  }
  finding.cost = json.at("cost").get<double>();
  if (json.contains("because")) finding.because = cause_of(json.at("because"));
  if (json.contains("commit")) finding.commit = commit_of(json.at("commit"));
  return finding;
}

PracticePlace practice_place(const Json& json) {
  PracticePlace place;
  place.region = {json.at("path").get<std::string>(), place_of(json.at("start")), place_of(json.at("end"))};
  place.whole_file = json.at("whole_file").get<bool>();
  place.components = json.at("components").get<std::vector<std::string>>();
  return place;
}

ReportPractice practice_of(const Json& json) {
  ReportPractice practice;
  practice.factor = json.at("factor").get<std::string>();
  practice.name = json.at("name").get<std::string>();
  practice.rule = json.at("rule").get<std::string>();
  practice.message = json.at("message").get<std::string>();
  practice.count = json.at("count").get<size_t>();
  if (const Json& place = json.at("place"); !place.is_null()) practice.places.push_back(practice_place(place));
  for (const Json& place : json.at("related")) practice.places.push_back(practice_place(place));
  return practice;
}

RuleLoss loss_of(const Json& json) {
  RuleLoss loss;
  loss.rule = json.at("rule").get<std::string>();
  loss.fact = text_of(json.at("fact"));
  loss.cause = text_of(json.at("cause"));
  loss.load = json.at("load").get<double>();
  loss.points = json.at("points").get<double>();
  for (const Json& group : json.at("findings")) {
    auto severity = word_of(group.at("severity"), {Severity::Note, Severity::Warning, Severity::Error});
    auto confidence = word_of(group.at("confidence"), {Confidence::Low, Confidence::Medium, Confidence::High});
    loss.findings[static_cast<size_t>(severity)][static_cast<size_t>(confidence)] = group.at("count").get<uint32_t>();
  }
  return loss;
}

std::optional<double> optional_number(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<double>());
}

std::array<FactorScore, 12> factors_of(const Json& json) {
  std::array<FactorScore, 12> factors;
  for (size_t i = 0; i < factors.size(); ++i) {
    const Json& from = json.at(i);
    FactorScore& factor = factors[i];
    std::string word = from.at("assessment").get<std::string>();
    if (word == "partly-assessed") word = to_string(Assessment::PartlyAssessed);
    factor.assessment = word_of(Json(word), {Assessment::Assessed, Assessment::PartlyAssessed,
                                             Assessment::NotApplicable, Assessment::NotAssessed});
    factor.points = optional_number(from.at("points")).value_or(0);
    factor.reason = from.at("reason").get<std::string>();
    factor.incomplete = factor.assessment == Assessment::PartlyAssessed;
    factor.only_findings = from.value("only_findings", false);
    factor.looked_at = from.value("looked_at", "");
    for (const Json& loss : from.value("losses", Json::array())) factor.losses.push_back(loss_of(loss));
  }
  return factors;
}

Score score_of(const Json& json) {
  Score score;
  score.factors = factors_of(json.at("factors"));
  score.overall = optional_number(json.at("overall"));
  score.no_overall = json.value("no_overall", "");
  score.incomplete = json.at("incomplete").get<bool>();
  for (const Json& from : json.at("components")) {
    ComponentScore& component = score.components.emplace_back();
    component.root = from.at("root").get<std::string>();
    component.kind = from.at("kind").get<std::string>();
    component.languages = from.at("languages").get<std::vector<std::string>>();
    component.factors = factors_of(from.at("factors"));
    component.overall = optional_number(from.at("overall"));
    component.incomplete = from.at("incomplete").get<bool>();
  }
  // Earlier reports have none.
  for (const Json& from : json.value("gains", Json::array())) {
    RuleGain& gain = score.gains.emplace_back();
    gain.rule = from.at("rule").get<std::string>();
    gain.counts = {from.at("notes").get<size_t>(), from.at("warnings").get<size_t>(), from.at("errors").get<size_t>()};
    gain.points = from.at("points").get<double>();
  }
  return score;
}

}  // namespace

namespace {

// What `read` makes of a report of this version.
template <typename Read>
auto of_report(std::string_view file, std::string_view text, Read read) -> Result<decltype(read(Json()))> {
  try {
    Json report = Json::parse(text);
    if (report.at("schema") == "tfcheck-report/1") return read(report);
  } catch (const Json::exception&) {
  }
  return Error{"this is no JSON report of this version of tfcheck", std::string(file), 0,
               "tfcheck -f json writes them"};
}

}  // namespace

Result<Score> read_score(std::string_view file, std::string_view text) {
  return of_report(file, text, [](const Json& report) { return score_of(report.at("score")); });
}

Result<std::vector<ReportPractice>> read_practices(std::string_view file, std::string_view text) {
  return of_report(file, text, [](const Json& report) {
    std::vector<ReportPractice> practices;
    for (const Json& practice : report.at("practices")) practices.push_back(practice_of(practice));
    return practices;
  });
}

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
