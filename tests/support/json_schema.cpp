#include "support/json_schema.h"

#include <algorithm>
#include <regex>

namespace tfcheck::test {

namespace {

using nlohmann::json;

class Checker {
 public:
  explicit Checker(const json& root) : root_(root) {}

  std::vector<std::string> run(const json& value) {
    check(root_, value, "");
    return std::move(errors_);
  }

  bool accepts(const json& schema, const json& value) {
    check(schema, value, "");
    return errors_.empty();
  }

 private:
  void check(const json& schema, const json& value, const std::string& at) {
    for (const auto& [keyword, argument] : schema.items()) {
      if (keyword == "$ref") {
        check(root_.at(json::json_pointer(argument.get<std::string>().substr(1))), value, at);
      } else if (keyword == "type") {
        expect(has_type(argument, value), at, "is not of type " + argument.dump());
      } else if (keyword == "const") {
        expect(value == argument, at, "is not " + argument.dump());
      } else if (keyword == "enum") {
        expect(std::find(argument.begin(), argument.end(), value) != argument.end(), at,
               "is none of " + argument.dump());
      } else if (keyword == "pattern") {
        bool fits =
            !value.is_string() || std::regex_search(value.get<std::string>(), std::regex(argument.get<std::string>()));
        expect(fits, at, "does not match " + argument.dump());
      } else if (keyword == "minimum" || keyword == "maximum") {
        bool low = keyword == "minimum";
        expect(!value.is_number() || (low ? value >= argument : value <= argument), at, "is beyond its " + keyword);
      } else if (keyword == "minItems" || keyword == "maxItems") {
        bool low = keyword == "minItems";
        size_t limit = argument.get<size_t>();
        expect(!value.is_array() || (low ? value.size() >= limit : value.size() <= limit), at, "breaks its " + keyword);
      } else if (keyword == "anyOf") {
        bool any = std::any_of(argument.begin(), argument.end(),
                               [&](const json& one) { return Checker(root_).accepts(one, value); });
        expect(any, at, "is none of what it may be");
      } else if (keyword == "items") {
        for (size_t i = 0; value.is_array() && i < value.size(); ++i)
          check(argument, value[i], at + "/" + std::to_string(i));
      } else if (keyword == "required") {
        for (const json& name : argument) expect(value.contains(name.get<std::string>()), at, "lacks " + name.dump());
      } else if (keyword == "properties") {
        check_properties(schema, value, at);
      } else if (keyword == "propertyNames") {
        for (const auto& [name, member] : value.items()) check(argument, json(name), at + "/" + name);
      } else if (keyword == "additionalProperties") {
        if (argument.is_object())  // a table by names of its own, each of one kind
          check_members(argument, value, at);
        else
          expect(argument == false && schema.contains("properties"), at, "has open properties in its schema");
      } else if (keyword != "$schema" && keyword != "$id" && keyword != "$defs" && keyword != "title" &&
                 keyword != "description") {
        errors_.push_back(at + ": the schema uses the unknown keyword " + keyword);
      }
    }
  }

  void check_members(const json& schema, const json& value, const std::string& at) {
    if (!value.is_object()) return;
    for (const auto& [name, member] : value.items()) check(schema, member, at + "/" + name);
  }

  void check_properties(const json& schema, const json& value, const std::string& at) {
    if (!value.is_object()) return;
    const json& properties = schema.at("properties");
    for (const auto& [name, member] : value.items()) {
      if (properties.contains(name)) {
        check(properties.at(name), member, at + "/" + name);
      } else {
        expect(!schema.contains("additionalProperties"), at, "has the unknown property " + name);
      }
    }
  }

  static bool has_type(const json& type, const json& value) {
    if (type.is_array())
      return std::any_of(type.begin(), type.end(), [&](const json& one) { return has_type(one, value); });
    const std::string name = type.get<std::string>();
    return (name == "object" && value.is_object()) || (name == "array" && value.is_array()) ||
           (name == "string" && value.is_string()) || (name == "boolean" && value.is_boolean()) ||
           (name == "null" && value.is_null()) || (name == "number" && value.is_number()) ||
           (name == "integer" && value.is_number_integer());
  }

  void expect(bool good, const std::string& at, const std::string& complaint) {
    if (!good) errors_.push_back((at.empty() ? "/" : at) + ": " + complaint);
  }

  const json& root_;
  std::vector<std::string> errors_;
};

}  // namespace

std::vector<std::string> check_schema(const json& schema, const json& value) {
  return Checker(schema).run(value);
}

}  // namespace tfcheck::test
