#include <cmath>
#include <nlohmann/json.hpp>

#include "report/emit.h"
#include "report/score.h"
#include "report/score_weights.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

using Json = nlohmann::ordered_json;

// Two decimals: enough for any use, and the same text from every C library.
Json number(double value) {
  return std::round(value * 100) / 100;
}

Json optional_number(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}

void put_path(Json& object, const std::string& path) {
  object["path"] = path;
  if (!is_utf8(path)) object["uri"] = path_uri(path);
}

Json to_json(const FrameLine& line) {
  return {{"line", line.line}, {"text", line.text}, {"mark", Json::array({line.mark_begin, line.mark_end})}};
}

Json to_json(const ReportPlace& place) {
  Json json = Json::object();
  put_path(json, place.region.path);
  json["start"] = {{"line", place.region.start.line}, {"column", place.region.start.column}};
  json["end"] = {{"line", place.region.end.line}, {"column", place.region.end.column}};
  if (!place.note.empty()) json["note"] = place.note;
  json["frame"] = Json::array();
  for (const FrameLine& line : place.frame) json["frame"].push_back(to_json(line));
  return json;
}

Json to_json(const PracticePlace& place) {
  Json json = Json::object();
  put_path(json, place.region.path);
  json["start"] = {{"line", place.region.start.line}, {"column", place.region.start.column}};
  json["end"] = {{"line", place.region.end.line}, {"column", place.region.end.column}};
  json["whole_file"] = place.whole_file;
  json["components"] = place.components;
  return json;
}

Json to_json(const ReportPractice& practice) {
  Json related = Json::array();
  for (size_t i = 1; i < practice.places.size(); ++i) related.push_back(to_json(practice.places[i]));
  return {{"factor", practice.factor},
          {"name", practice.name},
          {"rule", practice.rule},
          {"message", practice.message},
          {"count", practice.count},
          {"place", practice.places.empty() ? Json(nullptr) : to_json(practice.places.front())},
          {"related", std::move(related)}};
}

// What is not known is null, so that every finding has the same keys.
Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json to_json(const ReportCause& cause) {
  return {{"page", cause.page},
          {"line", cause.line ? Json(*cause.line) : Json(nullptr)},
          {"fact", text_or_null(cause.fact)},
          {"scope", text_or_null(cause.scope)},
          {"flags", cause.flags},
          {"command", text_or_null(cause.command)},
          {"format", text_or_null(cause.format)},
          {"role", text_or_null(cause.role)},
          {"component", text_or_null(cause.component)},
          {"component_kind", text_or_null(cause.component_kind)}};
}

Json to_json(const ReportCommit& commit) {
  return {{"id", commit.id},
          {"date", text_or_null(commit.date)},
          {"versions", commit.versions},
          {"in_head", commit.in_head}};
}

Json to_json(const ReportHistory& history) {
  return {{"references", history.references}, {"commits", history.commits}, {"files", history.blobs},
          {"checked", history.judged},        {"unread", history.unread},   {"shallow", history.is_shallow},
          {"partial", history.is_partial}};
}

Json to_json(const ReportFinding& finding) {
  Json json = {{"rule", finding.rule},
               {"severity", to_string(finding.severity)},
               {"confidence", to_string(finding.confidence)},
               {"message", finding.message},
               {"place", to_json(finding.primary)},
               {"related", Json::array()},
               {"fingerprints", {{"tfcheck/v1", finding.fingerprint}, {"primaryLocationLineHash", finding.line_hash}}},
               {"state", to_string(finding.state)}};
  for (const ReportPlace& place : finding.related) json["related"].push_back(to_json(place));
  if (finding.state == FindingState::Suppressed) json["reason"] = finding.suppression_reason;
  if (finding.known_places > 0) json["places"] = {{"all", finding.places}, {"known", finding.known_places}};
  if (!finding.suppression_mark.empty()) json["mark"] = finding.suppression_mark;
  if (finding.later)
    json["edition"] = {{"since", finding.later->name}, {"severity", to_string(finding.later->severity)}};
  if (!finding.why.empty()) json["why"] = finding.why;
  json["fix"] = finding.fix;
  json["cost"] = number(finding.cost);
  if (finding.because) json["because"] = to_json(*finding.because);
  if (finding.commit) json["commit"] = to_json(*finding.commit);
  return json;
}

Json to_json(const RuleLoss& loss) {
  Json findings = Json::array();
  for (Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    for (Confidence confidence : {Confidence::High, Confidence::Medium, Confidence::Low}) {
      uint32_t count = loss.findings[static_cast<size_t>(severity)][static_cast<size_t>(confidence)];
      if (count == 0) continue;
      findings.push_back({{"severity", to_string(severity)}, {"confidence", to_string(confidence)}, {"count", count}});
    }
  }
  return {{"rule", loss.rule},
          {"fact", text_or_null(loss.fact)},
          {"cause", text_or_null(loss.cause)},
          {"breadth", to_string(rule_weight(loss.rule, loss.fact).breadth)},
          {"findings", std::move(findings)},
          {"load", number(loss.load)},
          {"points", number(loss.points)}};
}

Json factors_json(const std::array<FactorScore, 12>& factors) {
  Json json = Json::array();
  for (size_t i = 0; i < factors.size(); ++i) {
    const FactorScore& factor = factors[i];
    bool partly = factor.assessment == Assessment::PartlyAssessed;
    json.push_back({{"factor", factor_ids[i]},
                    {"assessment", partly ? "partly-assessed" : to_string(factor.assessment)},
                    {"points", is_scored(factor.assessment) ? number(factor.points) : Json(nullptr)},
                    {"reason", factor.reason}});
    if (!is_scored(factor.assessment)) continue;
    json.back()["most"] = number(factor_weight(i).most);
    if (!factor.looked_at.empty()) json.back()["looked_at"] = factor.looked_at;
    if (factor.only_findings) json.back()["only_findings"] = true;
    if (factor.losses.empty()) continue;
    json.back()["losses"] = Json::array();
    for (const RuleLoss& loss : factor.losses) json.back()["losses"].push_back(to_json(loss));
  }
  return json;
}

Json to_json(const Score& score) {
  Json components = Json::array();
  for (const ComponentScore& component : score.components) {
    components.push_back({{"root", component.root},
                          {"kind", component.kind},
                          {"languages", component.languages},
                          {"overall", optional_number(component.overall)},
                          {"incomplete", component.incomplete},
                          {"factors", factors_json(component.factors)}});
  }
  Json json = {{"overall", optional_number(score.overall)},
               {"incomplete", score.incomplete},
               {"factors", factors_json(score.factors)},
               {"components", std::move(components)}};
  if (!score.no_overall.empty()) json["no_overall"] = score.no_overall;
  json["gains"] = Json::array();
  for (const RuleGain& gain : score.gains)
    json["gains"].push_back({{"rule", gain.rule},
                             {"errors", gain.counts[static_cast<size_t>(Severity::Error)]},
                             {"warnings", gain.counts[static_cast<size_t>(Severity::Warning)]},
                             {"notes", gain.counts[static_cast<size_t>(Severity::Note)]},
                             {"points", number(gain.points)}});
  return json;
}

Json to_json(const ReportRule& rule) {
  Json json = {{"id", rule.id},
               {"title", rule.title},
               {"summary", rule.summary},
               {"why", rule.why},
               {"fix", rule.fix},
               {"severity", to_string(rule.severity)},
               {"confidence", to_string(rule.confidence)}};
  if (!rule.edition.empty()) json["since"] = rule.edition;
  if (rule.security_severity) json["security_severity"] = number(*rule.security_severity);
  return json;
}

Json to_json(const Notice& notice) {
  Json json = Json::object();
  put_path(json, notice.path);
  json["line"] = notice.line;
  json["message"] = notice.message;
  return json;
}

Json to_json(const UnreadPlace& place) {
  Json json = Json::object();
  put_path(json, place.path);
  json["reason"] = unread_id(place.why);
  json["detail"] = place.detail;
  json["in_scope"] = place.in_scope;
  json["partly"] = place.is_partly;
  return json;
}

Json to_json(const ReportConfiguration& configuration) {
  Json lowered = Json::array(), exceptions = Json::array();
  for (const auto& [rule, severity] : configuration.lowered)
    lowered.push_back({{"rule", rule}, {"severity", to_string(severity)}});
  for (const ReportConfiguration::Exception& exception : configuration.exceptions) {
    exceptions.push_back({{"rule", exception.rule}, {"path", exception.path}});
    if (!exception.key.empty()) exceptions.back()["key"] = exception.key;
  }
  return {{"file", text_or_null(configuration.file)},
          {"rules_off", configuration.rules_off},
          {"rules_not_selected", configuration.rules_not_selected},
          {"gate", text_or_null(configuration.gate)},
          {"excluded", configuration.excluded},
          {"lowered", std::move(lowered)},
          {"exceptions", std::move(exceptions)},
          {"components", configuration.components},
          {"edition", text_or_null(configuration.edition)}};
}

Json to_json(const ReportBaseline& baseline, const Counts& counts) {
  return {{"file", text_or_null(baseline.file)},
          {"since", text_or_null(baseline.since)},
          {"new", counts.active()},
          {"known", counts.known},
          {"gone", count_entries(baseline, EntryState::Gone)},
          {"suppressed", count_entries(baseline, EntryState::Suppressed)},
          {"not_looked_at", count_entries(baseline, EntryState::NotLookedAt)},
          {"score_without_new", optional_number(baseline.score_without_new)},
          {"score_without_known", optional_number(baseline.score_without_known)}};
}

Json summary_json(const Report& report) {
  Counts counts = count_findings(report);
  return {{"errors", counts.errors},
          {"warnings", counts.warnings},
          {"notes", counts.notes},
          {"files", counts.files},
          {"suppressed", counts.suppressed},
          {"suppressed_by_marks", counts.marked},
          {"baselined", counts.known},
          {"checked", report.statistics.files_checked},
          {"skipped", report.statistics.files_skipped}};
}

Json work_json(const Work& work) {
  return {{"parse_units", work.parse_units},
          {"steps", work.steps},
          {"kept", work.kept},
          {"visited", work.visited},
          {"comparisons", work.comparisons}};
}

// What another run, with a warm cache or on another machine, may have otherwise.
Json run_json(const Statistics& statistics) {
  Json stages = Json::array(), slowest = Json::array();
  for (const StageTime& stage : statistics.stages) {
    stages.push_back({{"stage", stage.name}, {"seconds", stage.seconds}});
  }
  for (const auto& [path, seconds] : statistics.slowest_files) {
    Json file = Json::object();
    put_path(file, path);
    file["seconds"] = seconds;
    slowest.push_back(std::move(file));
  }
  return {{"files_listed", statistics.files_listed},
          {"files_parsed", statistics.files_parsed},
          {"bytes_read", statistics.bytes_read},
          {"bytes_parsed", statistics.bytes_parsed},
          {"facts", statistics.facts},
          {"work", work_json(statistics.work)},
          {"seconds", statistics.seconds},
          {"stages", std::move(stages)},
          {"slowest_files", std::move(slowest)}};
}

}  // namespace

std::string emit_json(const Report& report, const JsonStyle& style) {
  Json json = {
      {"schema", "tfcheck-report/1"},
      {"tool", {{"name", "tfcheck"}, {"version", report.tool_version}, {"edition", report.edition}}},
      {"root", report.root},
      {"repository", {{"revision", report.revision}, {"branch", report.branch}, {"remote", report.remote_url}}},
      {"execution_successful", report.execution_successful},
      {"configuration", to_json(report.configuration)},
      {"summary", summary_json(report)},
      {"score", to_json(report.score)},
      {"gates", Json::array()},
      {"findings", Json::array()},
      {"practices", Json::array()},
      {"unread", Json::array()},
      {"notices", Json::array()},
      {"rules", Json::array()}};
  // Of the whole there is nothing to tell.
  if (!report.folder.empty()) {
    json["folder"] = report.folder;
    json["summary"]["beside"] = report.statistics.files_beside;
  }
  if (report.baseline) json["baseline"] = to_json(*report.baseline, count_findings(report));
  if (report.history) json["history"] = to_json(*report.history);
  for (const GateResult& gate : report.gates) {
    Json one = {{"gate", gate.text}, {"passed", gate.passed}};
    if (!gate.why.empty()) one["why"] = gate.why;
    json["gates"].push_back(std::move(one));
  }
  for (const ReportFinding& finding : report.findings) json["findings"].push_back(to_json(finding));
  for (const ReportPractice& practice : report.practices) json["practices"].push_back(to_json(practice));
  for (const UnreadPlace& place : report.unread) json["unread"].push_back(to_json(place));
  for (const Notice& notice : report.notices) json["notices"].push_back(to_json(notice));
  for (const ReportRule& rule : report.rules) json["rules"].push_back(to_json(rule));
  if (style.timings) json["run"] = run_json(report.statistics);
  // File names need not be UTF-8: invalid bytes become U+FFFD instead of an exception.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tfcheck
