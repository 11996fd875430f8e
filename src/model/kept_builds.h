// What a build wrote and the repository keeps on purpose: who says so, and which folders one workspace builds.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class KeptBuilds {
 public:
  // Goes through .gitattributes files, CI files and manifests; `view` outlives this.
  explicit KeptBuilds(const ProjectView& view);

  struct Reason {
    uint32_t file = no_index;  // none: nobody says so
    Span span;
    std::string_view says;  // "it is declared generated here"
  };
  // Who says of a file that what the build wrote there is kept: an attribute by which it is shown as generated, or a CI
  // job that builds and commits.
  Reason of(std::string_view path) const;

  // Go code of the folder, or of one a little above, puts files into its program: whoever imports the module needs them
  // in the tree.
  bool is_embedded(std::string_view folder) const;

  // The folder of the workspace whose packages are built together, the nearest above a folder; the folder itself where
  // there is none.
  std::string_view workspace_of(std::string_view folder) const;

 private:
  struct Commit {
    Reason reason;
    std::vector<std::string_view> paths;  // what it adds
    bool all = false;
  };
  void read_attributes(uint32_t file);
  void read_ci(uint32_t file);
  void read_manifest(const ProjectFile& file);

  const ProjectView& view_;
  const WordSet &actions_, &workspace_files_, &workspace_keys_;
  std::vector<std::pair<std::string, Reason>> generated_;  // a glob of whole paths
  std::vector<Commit> commits_;
  std::set<std::string_view> workspaces_, embedding_;  // folders
};

}  // namespace tfcheck
