// The parts of a repository that have versions of their own: components, folders with a manifest, and stacks of other
// people's programs. Versions are compared within one part: two stacks of a catalogue have a database each.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

#include "model/project_view.h"
#include "model/versions.h"

namespace tfcheck {

class VersionHomes {
 public:
  explicit VersionHomes(const Project& project);
  // The folder of the part that an end speaks of.
  std::string of(const VersionEnd& end) const;

 private:
  void find_stacks();

  const Project& project_;
  std::set<std::string_view> roots_;
  std::unordered_set<uint32_t> stacks_;  // deploy files that are a part with what lies beside them
};

}  // namespace tfcheck
