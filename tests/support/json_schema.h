// A strict checker for the part of JSON Schema 2020-12 that the project's schemas use. A keyword it does not know is an
// error, so that a schema cannot promise what nothing checks.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tfcheck::test {

// What is wrong with `value`: "/findings/0/cost: …" each; empty when it is valid.
std::vector<std::string> check_schema(const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace tfcheck::test
