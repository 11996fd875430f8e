#include "pages/block_schema.h"

#include <nlohmann/json.hpp>

#include "pages/block_keys.h"

namespace tfcheck {

namespace {

using Json = nlohmann::ordered_json;

Json strings() {
  return {{"type", "string"}};
}

Json one_or_list(const Json& item) {
  return {{"anyOf", Json::array({item, Json{{"type", "array"}, {"items", item}}})}};
}

Json reference(const BlockKey& key) {
  return {{"$ref", "#/$defs/" + std::string(key.table)}};
}

Json choice_of(const BlockKey& key) {
  Json words = Json::array();
  for (std::string_view word : key.choices) words.push_back(word);
  return {{"enum", words}};
}

Json type_of(const BlockKey& key) {
  switch (key.type) {
    case KeyType::Text:
      return strings();
    case KeyType::Edition:
      return {{"type", "string"}, {"pattern", "^[0-9]{4}\\.[0-9]+$"}};
    case KeyType::Number:
      return {{"type", "number"}, {"minimum", 0}, {"maximum", 10}};
    case KeyType::Boolean:
      return {{"type", "boolean"}};
    case KeyType::Choice:
      return choice_of(key);
    case KeyType::Choices:
      return one_or_list(choice_of(key));
    case KeyType::Words:
    case KeyType::PatternList:
      return one_or_list(strings());
    case KeyType::Numbers:
      return one_or_list({{"type", "integer"}, {"minimum", 0}});
    case KeyType::Triggers:
      return {{"type", "array"}, {"items", one_or_list(strings())}};
    case KeyType::Value:
    case KeyType::Any:
      return {{"anyOf", Json::array({one_or_list(strings()), one_or_list(reference(key))})}};
    case KeyType::Table:
      return reference(key);
    case KeyType::Tables:
      return one_or_list(reference(key));
    case KeyType::Companions:
      return one_or_list({{"anyOf", Json::array({strings(), reference(key)})}});
    case KeyType::Named:
      return {{"type", "object"}, {"additionalProperties", one_or_list(reference(key))}};
    case KeyType::Format:
      return one_or_list({{"$ref", "#/$defs/format-name"}});
    case KeyType::ByFormat:
      return {{"type", "object"},
              {"propertyNames", {{"$ref", "#/$defs/format-name"}}},
              {"additionalProperties", strings()}};
  }
  return {};
}

Json table_of(const BlockTable& table) {
  Json properties = Json::object();
  for (const BlockTable* from = &table; from; from = from->base) {
    for (const BlockKey& key : from->keys) {
      Json type = type_of(key);
      type["description"] = key.meaning;
      properties[std::string(key.name)] = std::move(type);
    }
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

}  // namespace

std::string rule_block_schema() {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "The rule block of a tfcheck rule page"}};
  std::span<const BlockTable> tables = block_tables();
  schema.update(table_of(tables[0]));
  for (const BlockTable& table : tables.subspan(1)) schema["$defs"][std::string(table.name)] = table_of(table);
  schema["$defs"]["format-name"] = {{"enum", format_words()}};
  return schema.dump(1) + "\n";
}

}  // namespace tfcheck
