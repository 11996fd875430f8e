// Which processes of the repository load a file: those whose entry reaches it by imports. What one process does about a
// signal says nothing of another.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/imported_files.h"

namespace tfcheck {

class ProcessGroups {
 public:
  ProcessGroups(const ProjectView& view, const ImportedFiles& imported);
  // Could one process load both? Yes, unless it is known which processes load them and none loads both.
  bool may_share(uint32_t file, uint32_t other) const;

 private:
  void reach(uint32_t group, uint32_t entry);
  bool add(uint32_t group, uint32_t file);

  const ProjectView& view_;
  const ImportedFiles& imported_;
  std::vector<std::vector<uint32_t>> groups_;  // by file, ascending: entries that load it
};

}  // namespace tfcheck
