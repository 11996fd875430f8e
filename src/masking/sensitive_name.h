// What the place of a value says about it: a name that announces a secret, and a value that is none wherever it stands.
// Wider than what any rule reports: what is only perhaps a secret is not shown either.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "masking/mask_words.h"

namespace tfcheck {

enum class NameSense : uint8_t {
  Nothing,
  Secret,         // a password, key or token
  Authorization,  // a header: a scheme, then a secret
};

// By the last word of a name in any style: "DB_PASSWORD", "spring.datasource.password", "--api-token", "setPassword".
NameSense sense_of(const MaskWords& words, std::string_view name);
// True when a callee takes what it is given as its secret ("setPassword"), rather than asking for one ("get_password").
bool hands_over(const MaskWords& words, std::string_view callee);
// Which unnamed argument of a callee is a secret by its place ("PDO": 2); -1 when none is.
int secret_position(const MaskWords& words, std::string_view callee);
// The beginning of a call as facts are written: "dumps(…", "?.join(…"; no value.
bool begins_call(std::string_view text);
// What a key looks like wherever it stands: long, of mixed letters and digits and nothing that words have between them.
bool is_key_material(std::string_view value);
// A value that may be shown under the name of a secret: a reference ("${X}", "{{ x }}", "%s"), a placeholder
// ("<your-password>", "changeme"), a default that everybody knows ("password", "guest"), a file's path, stars.
bool is_harmless(const MaskWords& words, std::string_view value);
// Only a reference or stars: what is harmless even inside a URL.
bool is_pure_reference(std::string_view value);
// What stands around the references of a text.
std::string without_references(std::string_view value);
// The literal inside a reference that has a default: "abc" of "${X:-abc}" and of "${X:-${Y:-abc}}"; "" when
// there is none.
std::string_view default_of(std::string_view value);

}  // namespace tfcheck
