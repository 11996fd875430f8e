// Reports and baselines of this program that lie in the audited tree: what they quote is no configuration and no
// source.
#pragma once

#include <string_view>

namespace tfcheck {

// True when a text begins as this program's JSON, SARIF or baseline does. Looks at the first two kilobytes.
bool is_own_report(std::string_view text);

}  // namespace tfcheck
