// The benchmark of secrets: what fixtures/secrets/*.toml says, made into files when it runs, so that nothing in the
// repository looks like somebody's secret.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

// A file with one secret in it, or with what only looks like one.
struct SecretCase {
  std::string kind;  // "connection strings"
  std::string file;
  std::string text;
  bool secret = false;
  uint32_t line = 0;  // 1-based, of the secret
};

// The cases of a folder of TOML files:
//   [[syntax]]  name, file, text: {name} and {value} stand for what a case gives
//   [[case]]    kind, secret (true or false), and either file and text, or syntax, name and value, each a list. Every
//   value
//               is made in every syntax, with one name after the other.
// "{{mixed:12}}" in a text or value is so many drawn characters: mixed, lower, upper, letters, hex, digits, base64;
// also
// {{uuid}} and {{token:ID}}, of the vocabulary's. "[[" and "]]" round a part of a text mark the secret where nothing is
// drawn. Throws std::runtime_error for what it cannot read.
std::vector<SecretCase> read_cases(const std::string& folder, const Vocabulary& vocabulary);
// Every token of the vocabulary in some of the syntaxes, and what only looks like it.
std::vector<SecretCase> token_cases(const std::string& folder, const Vocabulary& vocabulary);

}  // namespace tfcheck
