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
  // config("UNIQUE_KEY", cast=Secret, default="…"): a reader is told that what it reads is a secret, whatever the
  // variable is called.
  bool reads_secret(const Fact& call) const;
  // SecretStr("…"): a type of values that are secrets.
  bool is_secret_type(std::string_view name) const;

 private:
  const WordSet& types_;
  std::set<std::pair<std::string, std::string>, std::less<>> readers_;  // format and name
};

}  // namespace tfcheck
