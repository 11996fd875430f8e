// How bad a finding is and how sure.
#pragma once

#include <cstdint>
#include <string_view>

namespace tfcheck {

enum class Severity : uint8_t { Note, Warning, Error };
enum class Confidence : uint8_t { Low, Medium, High };

std::string_view to_string(Severity severity);
std::string_view to_string(Confidence confidence);

}  // namespace tfcheck
