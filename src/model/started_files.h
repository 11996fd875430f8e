// Files that some process runs, told by the words of start commands: also those whose place in an image nobody can
// know. Wider than the entry of a `process`, for whoever only asks whether a file is run at all.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "model/project.h"

namespace tfcheck {

class StartedFiles {
 public:
  explicit StartedFiles(const Project& project);
  // A start command names the file, its module (`python -m pkg.worker`) or its stem.
  bool contains(std::string_view path) const;

 private:
  std::set<std::string, std::less<>> words_;
};

// A folder of the path has one of these names.
bool in_folder(std::string_view path, const WordSet& names);

}  // namespace tfcheck
