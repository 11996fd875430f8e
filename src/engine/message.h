// Putting values of the audited tree into messages: shortened, printable, and with credentials masked.
#pragma once

#include <string>
#include <string_view>

#include "model/project.h"
#include "pages/rule.h"

namespace tfcheck {

// A value as a message shows it: at most 60 characters, printable, and what is a secret by its place
// (masking/sensitive_text.h) masked before anything is cut off.
std::string display(std::string_view text);
std::string display(const Value& value);
// Fills {name}, {value}, {argument}, {path}, {scope} from a fact; `test` tells which argument is meant.
std::string fill_message(std::string_view message, const Project& project, FactRef ref, const FactTest* test);
// Fills {path} for a finding on a whole file.
std::string fill_message(std::string_view message, const Project& project, uint32_t file);

}  // namespace tfcheck
