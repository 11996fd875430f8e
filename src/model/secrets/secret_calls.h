// Calls of libraries that take a secret by position.
#pragma once

#include <string_view>
#include <vector>

#include "model/secrets/secrets.h"

namespace tfcheck {

struct SecretCall {
  std::string_view callee;  // glob over the qualified name
  int position;             // of the secret, from 0
  SecretName kind;
  int arguments = 0;   // how many there are; 0 for any number
  bool drawn = false;  // much is called so: only what is no word counts
};

// The rows of [[secret-call]], whose texts must outlive them; throws std::logic_error for one that cannot be read.
std::vector<SecretCall> secret_calls(const WordTable& rows);

}  // namespace tfcheck
