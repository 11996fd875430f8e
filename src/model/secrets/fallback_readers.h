// The project's own functions that read a variable of the environment by the name that they are handed, with what they
// fall back to: configuration.GetString(key, otherwise). Calls in the function's own file are reads already.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "model/project_view.h"

namespace tfcheck {

class FallbackReaders {
 public:
  explicit FallbackReaders(const ProjectView& view);
  // The literal that a call of such a function falls back to; null when it is none. `format`: that of the call's file.
  const Value* fallback_of(std::string_view format, const Fact& call) const;

 private:
  std::set<std::pair<std::string, std::string>, std::less<>> readers_;  // format and name
};

}  // namespace tfcheck
