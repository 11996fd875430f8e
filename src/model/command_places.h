// Where the commands of a repository run, and which scripts have a name of their own. Worked out in one walk over each
// file with commands, so that a question about one command costs no walk over all of them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tfcheck {

class Project;
struct FactRef;
struct ProjectFile;
class WordSet;

class CommandPlaces {
 public:
  // Called once the files carry their facts and belong to their components; the texts of both are referred to.
  void build(const Project& project);

  // The folder that a command begins in: that of its file, or what its compose service is built from, behind the `cd`s
  // that stand before it in the same text.
  std::string_view folder(const Project& project, FactRef command) const;
  // True when a compose service mounts its source over the image's: it is run by a developer.
  bool mounts_source(const Project& project, FactRef command) const;
  // True when a compose service does one thing and ends: others wait for it to, or it is started by hand, or it is not
  // started again and all that it does is a task.
  bool runs_to_completion(const Project& project, FactRef command) const;
  // The one shell script of that name in the component of `from`, else the only one at all; `from` itself is left out.
  uint32_t only_script(const Project& project, std::string_view name, uint32_t from) const;
  // The package.json of the package that is called so, no_index for none and for several.
  uint32_t package(std::string_view name) const;
  // Has a package.json a script of that name?
  bool has_script(uint32_t manifest, std::string_view name) const;
  // Its scripts whose names a glob of a runner matches, `start:*`; the first of them when there are very many.
  std::vector<std::string_view> scripts_like(uint32_t manifest, std::string_view glob) const;
  // Facts looked at.
  uint64_t visited() const { return visited_; }

 private:
  // How many scripts have a name, and the first two of them.
  struct Scripts {
    uint32_t count = 0;
    uint32_t files[2] = {UINT32_MAX, UINT32_MAX};
  };
  struct Service {
    std::string folder;
    bool built = false;
  };
  using Services = std::unordered_map<std::string_view, Service>;

  void note_script(const ProjectFile& file, uint32_t index);
  void note_package(const ProjectFile& file, uint32_t index);
  void note_folders(const ProjectFile& file, uint32_t index, const Services& services);
  void note_mounts(const WordSet& sources, const ProjectFile& file, uint32_t index, const Services& services);
  void note_one_offs(const Project& project, const ProjectFile& file, uint32_t index);
  static Services built_services(const ProjectFile& file);
  static void leave_out(Scripts& scripts, uint32_t from);

  std::vector<std::string> folders_;                                            // those that are no file's own
  std::unordered_map<uint64_t, uint32_t> folder_of_;                            // command → index into folders_
  std::unordered_map<uint32_t, std::unordered_set<std::string_view>> mounted_;  // compose file → services
  std::unordered_map<uint32_t, std::unordered_set<std::string_view>> one_off_;  // … that run to completion
  std::unordered_map<std::string_view, Scripts> scripts_;                       // by name
  std::map<std::pair<uint32_t, std::string_view>, Scripts> component_scripts_;  // by component and name
  std::unordered_map<std::string_view, uint32_t> packages_;                     // by name
  std::unordered_map<uint32_t, std::set<std::string_view>> package_scripts_;    // by package.json
  uint64_t visited_ = 0;
};

}  // namespace tfcheck
