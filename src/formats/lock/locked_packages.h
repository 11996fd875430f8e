// The packages that a lock file settles, by their names: what the manifests name, and what only another package brings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tfcheck {

// Sorted, each once, at most `most_locked`; spelled as the lock file spells them. A scan by lines of whatever manager
// wrote it, generous: a name of something else may be among them.
std::vector<std::string> locked_packages(std::string_view text);

inline constexpr size_t most_locked = 20'000;

}  // namespace tfcheck
