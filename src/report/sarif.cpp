#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <tuple>

#include "base/text.h"
#include "pages/rule_page.h"
#include "report/emit.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

using Json = nlohmann::ordered_json;

constexpr size_t most_results = 5'000;  // what GitHub shows; over 25,000 it refuses the whole file
constexpr size_t most_notifications = 1'000;
constexpr size_t most_related = 100;                                   // what GitHub shows of a result
constexpr size_t longest_text = 1'024;                                 // of a rule's descriptions
constexpr std::string_view information_uri = "https://12factor.net/";  // the validator insists on one
constexpr std::string_view root_base = "%SRCROOT%";

Json text_json(std::string_view text) {
  return {{"text", printable(text)}};
}

// A sentence: dashboards take the first one of a message as the title.
std::string sentence(std::string_view text, std::string_view fallback) {
  std::string out = printable(trim(text).empty() ? fallback : trim(text));
  out = shorten(out, longest_text - 1);
  if (std::string_view(".!?").find(out.back()) == std::string_view::npos) out += '.';
  return out;
}

Json artifact_json(const std::string& path) {
  return {{"uri", path_uri(path)}, {"uriBaseId", root_base}};
}

Json physical_json(const Region& region) {
  return {{"artifactLocation", artifact_json(region.path)},
          {"region",
           {{"startLine", region.start.line},
            {"startColumn", region.start.column},
            {"endLine", region.end.line},
            {"endColumn", region.end.column}}}};
}

// "log-file" → "LogFile": SARIF wants a name that reads like an identifier.
std::string rule_name(std::string_view id) {
  std::string name;
  bool upper = true;
  for (char c : id.substr(id.rfind('/') + 1)) {
    if (c == '-') {
      upper = true;
    } else {
      name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      upper = false;
    }
  }
  return name;
}

Json rule_json(const ReportRule& rule) {
  bool security = rule.security_severity.has_value();
  Json properties = {
      {"tags", {before_first(rule.id, '/'), "twelve-factor", security ? "security" : "maintainability"}},
      {"precision", to_string(rule.confidence)},
      {"problem.severity", rule.severity == Severity::Note ? "recommendation" : to_string(rule.severity)}};
  if (!rule.edition.empty()) properties["since"] = rule.edition;
  // A string: a number is silently ignored.
  if (security) properties["security-severity"] = fmt::format("{:.1f}", *rule.security_severity);
  std::string help = fmt::format("{}\n\nWhy it matters: {}\n\nWhat to do: {}\n", rule.summary, rule.why, rule.fix);
  Json help_json = {{"text", help}};
  if (!trim(rule.page).empty()) help_json["markdown"] = page_text(rule.page).markdown;
  return {{"id", rule.id},
          {"name", rule_name(rule.id)},
          {"shortDescription", {{"text", sentence(rule.title, rule.id)}}},
          {"fullDescription", {{"text", sentence(rule.summary, rule.title.empty() ? rule.id : rule.title)}}},
          {"help", std::move(help_json)},
          {"defaultConfiguration", {{"level", to_string(rule.severity)}}},
          {"properties", std::move(properties)}};
}

std::string message_of(const ReportFinding& finding) {
  if (!finding.commit) return finding.message;
  return fmt::format("{} It stands in the history {}.", finding.message, commit_words(*finding.commit));
}

Json result_json(const ReportFinding& finding, bool is_compared) {
  Json json = {{"ruleId", finding.rule},
               {"ruleIndex", finding.rule_index},
               {"level", to_string(finding.severity)},
               {"message", text_json(message_of(finding))},
               {"locations", Json::array({{{"physicalLocation", physical_json(finding.primary.region)}}})}};
  if (!finding.related.empty()) {
    Json related = Json::array();
    for (const ReportPlace& place : finding.related) {
      if (related.size() == most_related) break;
      Json location = {{"id", related.size() + 1}, {"physicalLocation", physical_json(place.region)}};
      if (!place.note.empty()) location["message"] = text_json(place.note);
      related.push_back(std::move(location));
    }
    json["relatedLocations"] = std::move(related);
  }
  json["partialFingerprints"] = {{"primaryLocationLineHash", finding.line_hash}, {"tfcheck/v1", finding.fingerprint}};
  if (is_compared) json["baselineState"] = finding.state == FindingState::Known ? "unchanged" : "new";
  json["properties"] = {{"confidence", to_string(finding.confidence)}};
  if (const std::optional<LaterEdition>& later = finding.later)
    json["properties"]["edition"] = {{"since", later->name}, {"level", to_string(later->severity)}};
  if (const std::optional<ReportCommit>& commit = finding.commit)
    json["properties"]["commit"] = {
        {"id", commit->id}, {"date", commit->date}, {"versions", commit->versions}, {"inHead", commit->in_head}};
  return json;
}

struct Chosen {
  std::vector<size_t> findings;  // indices, ascending: the report's order
  size_t left_out = 0;
};

// New and known findings but those of developers and examples; when there are too many the new ones, then the gravest
// and surest.
Chosen choose(const Report& report) {
  Chosen chosen;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    if (report.findings[i].state != FindingState::Suppressed && !is_theirs_alone(report.findings[i]))
      chosen.findings.push_back(i);
  }
  if (chosen.findings.size() <= most_results) return chosen;
  std::stable_sort(chosen.findings.begin(), chosen.findings.end(), [&](size_t a, size_t b) {
    const ReportFinding &x = report.findings[a], &y = report.findings[b];
    return std::tuple(x.state == FindingState::Active, x.severity, x.confidence) >
           std::tuple(y.state == FindingState::Active, y.severity, y.confidence);
  });
  chosen.left_out = chosen.findings.size() - most_results;
  chosen.findings.resize(most_results);
  std::sort(chosen.findings.begin(), chosen.findings.end());
  return chosen;
}

Json notification_json(const Notice& notice) {
  Json json = {{"level", "warning"}, {"message", text_json(notice.message)}};
  if (notice.path.empty()) return json;
  Json physical = {{"artifactLocation", artifact_json(notice.path)}};
  if (notice.line > 0) physical["region"] = {{"startLine", notice.line}};
  json["locations"] = Json::array({{{"physicalLocation", std::move(physical)}}});
  return json;
}

// What was not looked at before everything else; the rest when there is room.
std::vector<const Notice*> told_notices(const Report& report) {
  std::vector<const Notice*> told;
  for (const Notice& notice : report.notices) told.push_back(&notice);
  std::stable_sort(told.begin(), told.end(),
                   [](const Notice* a, const Notice* b) { return notice_rank(*a) < notice_rank(*b); });
  return told;
}

Json invocation_json(const Report& report, size_t left_out) {
  Json notifications = Json::array();
  std::vector<const Notice*> told = told_notices(report);
  for (size_t i = 0; i < std::min(told.size(), most_notifications); ++i)
    notifications.push_back(notification_json(*told[i]));
  if (told.size() > most_notifications) {
    Notice notice{"", fmt::format("{} more notices are left out.", told.size() - most_notifications)};
    notifications.push_back(notification_json(notice));
  }
  if (left_out > 0) {
    Notice notice{"", fmt::format("{} of the least severe and least certain findings are left out: code-scanning "
                                  "dashboards show at most {}.",
                                  left_out, most_results)};
    notifications.push_back(notification_json(notice));
  }
  Json json = {{"executionSuccessful", report.execution_successful}};
  if (!notifications.empty()) json["toolExecutionNotifications"] = std::move(notifications);
  Json told_of_setup = Json::array();
  for (const std::string& line : {configuration_line(report), baseline_line(report)}) {
    if (!line.empty()) told_of_setup.push_back({{"level", "note"}, {"message", text_json("The " + line + ".")}});
  }
  if (!told_of_setup.empty()) json["toolConfigurationNotifications"] = std::move(told_of_setup);
  return json;
}

// An absolute URI of a remote, "" for a local path: `git@host:owner/name.git` is no URI, though git takes it.
std::string remote_uri(std::string_view remote) {
  size_t scheme = remote.find("://");
  std::string uri;
  if (scheme == std::string_view::npos) {
    size_t colon = remote.find(':');
    if (colon == std::string_view::npos || colon < 2 || remote.substr(0, colon).find('/') != std::string_view::npos)
      return "";
    std::string_view path = remote.substr(colon + 1);
    uri = fmt::format("ssh://{}/{}", remote.substr(0, colon), path.starts_with('/') ? path.substr(1) : path);
  } else if (remote.starts_with("file://")) {
    return "";
  } else {
    uri = remote;
  }
  std::string out;
  for (char c : uri) {
    bool plain = c > ' ' && c < '\x7f' && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

void put_provenance(Json& run, const Report& report) {
  std::string uri = remote_uri(report.remote_url);
  if (uri.empty() || report.revision.empty()) return;
  Json json = {{"repositoryUri", uri}, {"revisionId", report.revision}};
  if (!report.branch.empty()) json["branch"] = report.branch;
  json["mappedTo"] = {{"uriBaseId", root_base}};
  run["versionControlProvenance"] = Json::array({std::move(json)});
}

// Tells the audits of several folders of a repository apart, and that of its history.
std::string automation_id(const Report& report) {
  if (report.history) return "tfcheck/history/" + (report.folder.empty() ? "" : path_uri(report.folder) + "/");
  return fmt::format("tfcheck/{}/", report.folder.empty() ? "." : path_uri(report.folder));
}

}  // namespace

std::string emit_sarif(const Report& report) {
  Json rules = Json::array(), results = Json::array();
  for (const ReportRule& rule : report.rules) rules.push_back(rule_json(rule));
  Chosen chosen = choose(report);
  for (size_t index : chosen.findings)
    results.push_back(result_json(report.findings[index], report.baseline.has_value()));
  Json run = {{"tool",
               {{"driver",
                 {{"name", "tfcheck"},
                  {"semanticVersion", report.tool_version},
                  {"informationUri", information_uri},
                  {"rules", std::move(rules)},
                  {"properties", {{"edition", report.edition}}}}}}},
              {"automationDetails", {{"id", automation_id(report)}}},
              {"columnKind", "utf16CodeUnits"},
              {"originalUriBaseIds",
               {{root_base, {{"description", {{"text", "The root of the audited repository or folder."}}}}}}},
              {"invocations", Json::array({invocation_json(report, chosen.left_out)})}};
  put_provenance(run, report);
  run["results"] = std::move(results);
  Json sarif = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                {"version", "2.1.0"},
                {"runs", Json::array({std::move(run)})}};
  return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tfcheck
