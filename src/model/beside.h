// Of an audit of one folder of a repository: which files outside of it are read for what they say of what lies in it.
// Manifests, lock and version files, deploy and CI files wherever they lie, all that lies directly in a folder above,
// and of the components that reach into the folder the files in which programs begin.
#pragma once

#include <vector>

#include "model/project.h"

namespace tfcheck {

// What is larger is data.
inline constexpr size_t largest_beside = 256u << 10;

class BesideFiles {
 public:
  // The listing must outlive it.
  explicit BesideFiles(const Listing& listing);
  bool asks_for(const ProjectFile& file) const;

 private:
  const Listing& listing_;
  const WordSet& start_files_;
  std::vector<bool> reaches_in_;  // by component: it has audited files
};

}  // namespace tfcheck
