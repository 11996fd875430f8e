// Files that say what environment a release gets: those whose format says so, and what a deploy hands helm as values,
// whatever it is called.
#pragma once

#include <cstdint>
#include <set>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class BakedFiles {
 public:
  explicit BakedFiles(const ProjectView& view);
  // By its number in the project.
  bool contains(uint32_t file) const;

 private:
  void take_command(const ProjectFile& file, const Fact& command);
  void take(const ProjectFile& file, std::string_view path);

  const ProjectView& view_;
  std::set<uint32_t> values_;
};

}  // namespace tfcheck
