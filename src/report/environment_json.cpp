#include <nlohmann/json.hpp>

#include "report/environment.h"

namespace tfcheck {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const ListedValue& value) {
  Json json = {{"kind", to_string(value.kind)}};
  if (value.kind == ListedValue::Kind::Literal) json["text"] = value.text;
  return json;
}

Json to_json(const ListedPlace& place, bool reads) {
  Json json = {{"path", place.path}, {"line", place.line}, {"by", place.by}};
  json[reads ? "default" : "value"] = to_json(place.value);
  if (reads) json["required"] = place.required;
  json["development"] = place.development;
  return json;
}

Json places_json(const std::vector<ListedPlace>& places, bool reads) {
  Json json = Json::array();
  for (const ListedPlace& place : places) json.push_back(to_json(place, reads));
  return json;
}

Json to_json(const ListedVariable& variable) {
  return {{"name", variable.name},
          {"secret", variable.secret},
          {"required", variable.required},
          {"has_default", variable.has_default},
          {"default", to_json(variable.fallback)},
          {"platform", variable.platform},
          {"library", variable.library},
          {"computed", variable.computed},
          {"read", places_json(variable.read, true)},
          {"given", places_json(variable.given, false)},
          {"documented", places_json(variable.told, false)},
          {"like", variable.like.empty() ? Json(nullptr) : Json(variable.like)}};
}

}  // namespace

std::string environment_json(const EnvironmentListing& listing) {
  Json json = {{"schema", "tfcheck-environment/1"}, {"variables", Json::array()}};
  for (const ListedVariable& variable : listing.variables) json["variables"].push_back(to_json(variable));
  auto names = [&](const std::vector<size_t>& numbers) {
    Json out = Json::array();
    for (size_t number : numbers) out.push_back(listing.variables[number].name);
    return out;
  };
  json["gaps"] = {{"read_not_provided", names(listing.unprovided)},
                  {"given_not_read", names(listing.unread)},
                  {"documented_not_read", names(listing.told_unread)},
                  {"misspelt", names(listing.misspelt)},
                  {"different", names(listing.differing)}};
  return json.dump(2) + "\n";
}

}  // namespace tfcheck
