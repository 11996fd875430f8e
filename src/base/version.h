// What this program calls itself.
#pragma once

#include <string_view>

namespace tfcheck {

std::string_view program_version();  // "0.1.0"

}  // namespace tfcheck
