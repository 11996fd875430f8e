// The packages that a command installs by name, as far as it leaves their version open: `pip install flask`,
// `npm install -g nodemon`, `go install example.com/x@latest`.
#pragma once

#include <string>
#include <vector>

#include "facts/fact.h"

namespace tfcheck {

// Empty for other commands, and when every package has a version, comes from a list or from the disk.
std::vector<std::string> open_installs(const Fact& command);

}  // namespace tfcheck
