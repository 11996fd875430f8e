// Passwords in URLs and data source names, wherever they stand in a text.
#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"
#include "masking/literal_scan.h"

namespace tfcheck {

// The passwords of "scheme://user:password@host" (also "://:password@"), tokens in the place of the user, and those of
// "user:password@tcp(host)"; also over joined literals, which blanks join in code. References are left out.
std::vector<Span> url_secrets(std::string_view text, TextKind kind);

}  // namespace tfcheck
