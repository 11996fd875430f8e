// The twelve factors (12factor.net) in their order; the ids are the first parts of rule ids.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace tfcheck {

inline constexpr std::array<std::string_view, 12> factor_ids = {
    "codebase",          "dependencies",    "config",       "backing-services",
    "build-release-run", "processes",       "port-binding", "concurrency",
    "disposability",     "dev-prod-parity", "logs",         "admin-processes"};

inline bool is_factor(std::string_view id) {
  return std::find(factor_ids.begin(), factor_ids.end(), id) != factor_ids.end();
}

}  // namespace tfcheck
