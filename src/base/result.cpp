#include "base/result.h"

#include <fmt/format.h>

namespace tfcheck {

std::string to_string(const Error& error) {
  std::string text;
  if (!error.file.empty()) text += error.line ? fmt::format("{}:{}: ", error.file, error.line) : error.file + ": ";
  text += error.message;
  if (!error.hint.empty()) text += " (" + error.hint + ")";
  return text;
}

}  // namespace tfcheck
