// The JSON schema of a rule block, for editors: made of the rows that the parser reads by.
#pragma once

#include <string>

namespace tfcheck {

// JSON text, indented, with a newline at its end.
std::string rule_block_schema();

}  // namespace tfcheck
