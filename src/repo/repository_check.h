// Looks at the files of a repository before libgit2 opens them: that one waits for a FIFO for ever and reads what is
// huge into memory. Objects and the index are not among them, as they are read by this layer itself.
#pragma once

#include <string>
#include <vector>

namespace tfcheck {

// What git would refuse to read, or could not within reason, in the repository that lies at `directory` (which holds a
// .git, or is bare); "" when nothing is wrong. One clause that is safe to print.
std::string trouble_before_opening(const std::string& directory);

// The paths that a git configuration includes, as written.
std::vector<std::string> included_paths(const std::string& config);

}  // namespace tfcheck
