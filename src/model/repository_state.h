// Whether revision control keeps what is audited.
#pragma once

#include <cstdint>

namespace tfcheck {

class Project;

enum class Versioning : uint8_t {
  Kept,    // by git or another system
  Export,  // it was once: a tarball or a build context, which the repository did not come with
  None,
};

// Told by the repository, else by files that only serve one (rules/vocabulary/components.toml).
Versioning versioning_of(const Project& project);

}  // namespace tfcheck
