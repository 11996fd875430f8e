#include "report/services.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/span.h"
#include "base/text.h"
#include "model/derive.h"
#include "model/services.h"
#include "model/variables.h"
#include "model/versions.h"
#include "report/columns.h"

namespace tfcheck {

namespace {

using Json = nlohmann::ordered_json;
using Places = std::vector<ListedService::Place>;

class Lister {
 public:
  Lister(const Project& project, const Sources& sources, Masker& masker)
      : project_(project), sources_(sources), masker_(masker), view_(project), rules_(view_) {}

  std::vector<ListedService> list() {
    std::vector<ListedService> all;
    std::vector<ServiceEnd> ends = collect_services(view_, collect_version_ends(view_), collect_variables(view_));
    std::erase_if(ends, [&](const ServiceEnd& end) { return !project_.files[end.file].audited; });
    for (size_t begin = 0, end = 0; begin < ends.size(); begin = end) {
      while (end < ends.size() && ends[end].product == ends[begin].product) ++end;
      all.push_back(listed({ends.begin() + static_cast<ptrdiff_t>(begin), ends.begin() + static_cast<ptrdiff_t>(end)}));
    }
    return all;
  }

 private:
  ListedService listed(std::span<const ServiceEnd> ends) {
    ListedService service;
    service.product = printable(ends.front().product);
    service.kind = ends.front().kind;
    for (const ServiceEnd& end : ends) {
      ListedService::Place place{printable(masker_.path(project_.files[end.file].path)), line_of(end),
                                 masker_.words(end.version.empty() ? end.variable : end.version, end.file)};
      places_of(service, end).push_back(std::move(place));
    }
    for (const ServiceEnd& production : ends) {
      if (production.stage == ServiceStage::Production) compare(production, ends, service);
    }
    return service;
  }

  static Places& places_of(ListedService& service, const ServiceEnd& end) {
    switch (end.stage) {
      case ServiceStage::Development:
        return service.development;
      case ServiceStage::Ci:
        return service.ci;
      case ServiceStage::Production:
        return service.production;
      case ServiceStage::Any:
        break;
    }
    return end.located == ServiceLocation::Variable  ? service.variables
           : end.located == ServiceLocation::Literal ? service.literals
                                                     : service.drivers;
  }

  void compare(const ServiceEnd& production, std::span<const ServiceEnd> ends, ListedService& service) {
    Version ours = parse_version(production.product, production.version);
    for (const ServiceEnd& other : ends) {
      bool told = other.stage == ServiceStage::Development || other.stage == ServiceStage::Ci;
      Version theirs = told ? parse_version(other.product, other.version) : Version{};
      if (ours.empty() || theirs.empty() || rules_.agree(other.product, ours, theirs)) continue;
      std::string line =
          fmt::format("{} in {}, {} in production", printable(other.version),
                      other.stage == ServiceStage::Ci ? "CI" : "development", printable(production.version));
      bool again = std::find(service.differing.begin(), service.differing.end(), line) != service.differing.end();
      if (!again) service.differing.push_back(std::move(line));
    }
  }

  uint32_t line_of(const ServiceEnd& end) {
    auto text = texts_.find(end.file);
    if (text == texts_.end()) text = texts_.try_emplace(end.file, sources_.text(end.file)).first;
    auto lines = lines_.find(end.file);
    if (lines == lines_.end()) lines = lines_.try_emplace(end.file, text->second).first;
    return lines->second.line(end.span.begin);
  }

  const Project& project_;
  const Sources& sources_;
  Masker& masker_;
  WholeProject view_;
  VersionRules rules_;
  std::map<uint32_t, std::string> texts_;
  std::map<uint32_t, LineIndex> lines_;
};

// Each text once, with the file that says it first.
std::string cell(const Places& places) {
  std::vector<std::string> told;
  std::vector<std::string_view> seen;
  for (const ListedService::Place& place : places) {
    if (std::find(seen.begin(), seen.end(), place.text) != seen.end()) continue;
    seen.push_back(place.text);
    told.push_back(place.text);
  }
  return told.empty() ? "-" : fmt::format("{}", fmt::join(told, ", "));
}

std::string located(const ListedService& service) {
  if (!service.variables.empty()) return cell(service.variables);
  if (!service.literals.empty())
    return fmt::format("literal in {}:{}", service.literals[0].path, service.literals[0].line);
  if (!service.drivers.empty()) return fmt::format("driver {}", cell(service.drivers));
  return "-";
}

const std::vector<TextColumn>& columns() {
  static const std::vector<TextColumn> all = {{"SERVICE", Cut::Never}, {"KIND"}, {"LOCATED BY"},
                                              {"DEVELOPMENT"},         {"CI"},   {"PRODUCTION"}};
  return all;
}

std::vector<std::vector<std::string>> rows_of(const std::vector<ListedService>& services) {
  std::vector<std::vector<std::string>> rows;
  for (const ListedService& service : services)
    rows.push_back({service.product, service.kind, located(service), cell(service.development), cell(service.ci),
                    cell(service.production)});
  return rows;
}

Json places_json(const Places& places, const char* key) {
  Json json = Json::array();
  for (const ListedService::Place& place : places) {
    json.push_back({{"path", place.path}, {"line", place.line}});
    if (key) json.back()[key] = place.text;
  }
  return json;
}

constexpr std::string_view nothing = "no backing service is named";

}  // namespace

std::vector<ListedService> list_services(const Project& project, const Sources& sources, Masker& masker) {
  return Lister(project, sources, masker).list();
}

std::string services_text(const std::vector<ListedService>& services, const TextStyle& style) {
  TextPen pen(style);
  if (services.empty()) return fmt::format("{}\n", nothing);
  std::vector<std::vector<std::string>> rows = rows_of(services);
  for (std::vector<std::string>& row : rows) {
    for (std::string& text : row) text = pen.columns(text);
  }
  std::string out = columns_text(columns(), rows, pen), differing;
  for (const ListedService& service : services) {
    for (const std::string& line : service.differing)
      differing += fmt::format("  {}: {}\n", pen.show(service.product), pen.show(line));
  }
  return differing.empty() ? out
                           : out + "\n" + pen.ink("Other versions than in production", Ink::Bold) + "\n" + differing;
}

std::string services_markdown(const std::vector<ListedService>& services) {
  std::string out = "# Backing services\n\n";
  if (services.empty()) return out + fmt::format("{}.\n", nothing);
  out += columns_markdown(columns(), rows_of(services));
  std::string differing;
  for (const ListedService& service : services) {
    for (const std::string& line : service.differing)
      differing += "- " + markdown_code(service.product + ": " + line) + "\n";
  }
  return differing.empty() ? out : out + "\n## Other versions than in production\n\n" + differing;
}

std::string services_json(const std::vector<ListedService>& services) {
  Json json = {{"schema", "tfcheck-services/1"}, {"services", Json::array()}};
  for (const ListedService& service : services) {
    json["services"].push_back({{"product", service.product},
                                {"kind", service.kind},
                                {"located",
                                 {{"variables", places_json(service.variables, "name")},
                                  {"literals", places_json(service.literals, nullptr)},
                                  {"drivers", places_json(service.drivers, "package")}}},
                                {"versions",
                                 {{"development", places_json(service.development, "version")},
                                  {"ci", places_json(service.ci, "version")},
                                  {"production", places_json(service.production, "version")}}},
                                {"differing", service.differing}});
  }
  return json.dump(2) + "\n";
}

}  // namespace tfcheck
