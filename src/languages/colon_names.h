// Names of languages that write "::" between their parts.
#pragma once

#include <string>
#include <string_view>

namespace tfcheck {

// A name as facts write it, without type arguments: "std::env::var::<T>" → "std.env.var", "r#mod" → "mod".
std::string colon_name(std::string_view text);

}  // namespace tfcheck
