// Whether an import that could be a package's is of the repository itself: a module on the path of the program, an
// alias of the bundler or the compiler, a package of the workspace.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/imported_packages.h"
#include "model/project_view.h"

namespace tfcheck {

// The package of npm that an import names: "@scope/name" of "@scope/name/part"; "" for a path and for what no package
// can be called.
std::string npm_package_name(std::string_view import);

class LocalModules {
 public:
  // Both outlive this.
  LocalModules(const ProjectView& view, const ImportedPackages& packages);
  // A module beside the file, or in a folder above it, that is called like the first name of the import.
  bool is_local(uint32_t file, std::string_view ecosystem, std::string_view import) const;
  // A module of Node, an alias, a package of the workspace, a module below a base folder of the compiler.
  bool is_local_node(uint32_t file, std::string_view import) const;

 private:
  bool is_alias(std::string_view import) const;
  void note_node(const ProjectFile& file);
  bool is_module(uint32_t file, std::string_view folder, std::string_view name,
                 std::span<const std::string_view> endings) const;

  const ProjectView& view_;
  const Project& project_;
  const ImportedPackages& packages_;
  const WordSet& node_;
  std::set<std::string, std::less<>> own_;                                // names of the repository's packages of npm
  std::set<std::string, std::less<>> aliases_;                            // "@app/", "money"
  std::map<std::string_view, std::set<std::string, std::less<>>> bases_;  // folders from which modules are named
};

}  // namespace tfcheck
