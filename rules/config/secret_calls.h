// Calls of libraries that take a secret by position.
#pragma once

#include <span>
#include <string_view>

#include "secrets.h"

namespace tfcheck {

struct SecretCall {
  std::string_view callee;  // glob over the qualified name
  int position;             // of the secret, from 0
  SecretName kind;
};

std::span<const SecretCall> secret_calls();
// A call that only turns text into bytes or another type of text: what it is given is what counts.
bool is_text_conversion(std::string_view callee);

}  // namespace tfcheck
