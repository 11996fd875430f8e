// Which tracked files a tool wrote out of others that are tracked, too, as far as their names and places tell; and
// which folders are somebody else's package, kept whole.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class BuiltFiles {
 public:
  explicit BuiltFiles(const ProjectView& view);

  struct Made {
    std::string_view what;       // "A compiled style sheet"; "" when nothing tells
    uint32_t source = no_index;  // what it was made from
    std::string tree;            // the folder that its like lie in
  };
  Made made(uint32_t file) const;
  // A script or style sheet with its source map beside it, where the repository configures a bundler.
  bool is_bundled(uint32_t file) const;
  // The folder, or one that holds it, has a licence of its own and is no part of the repository's own packages.
  bool is_others_package(std::string_view folder) const;
  // The folder holds somebody else's program with what it loads: a tool that is kept whole.
  bool is_others_program(std::string_view folder) const;
  // "target" beside a pom.xml: the tool's own name for what it writes. The row's `what`, "" for ordinary folders.
  std::string_view output_of(std::string_view parent, std::string_view folder, std::string_view inside) const;

 private:
  uint32_t find(std::string_view folder, std::string_view name) const;
  void note_project(const ProjectFile& file);
  bool makes_scripts(const ProjectFile& file) const;
  bool is_published_by_others(std::string_view folder) const;
  bool is_served(std::string_view folder) const;
  void note_outputs(const ProjectFile& file);
  bool is_output(const ProjectFile& file, std::string_view source) const;
  uint32_t source_of(const ProjectFile& file, std::string_view stem, std::span<const std::string> sources,
                     bool anywhere) const;

  const ProjectView& view_;
  const Project& project_;
  const WordTable &compiled_, &outputs_;
  size_t manifest_;  // column
  const WordSet &licences_, &libraries_, &bundlers_, &script_libraries_, &served_, &translations_;
  std::map<std::string, std::vector<uint32_t>, std::less<>> sources_;   // by name: "cart.scss"
  std::map<std::string, bool, std::less<>> others_;                     // folder → has a licence of its own
  std::map<std::string_view, std::string> publishers_;                  // by the folder of a manifest
  std::set<std::pair<std::string_view, size_t>> built_here_;            // folder and row of a manifest in it
  std::set<std::string_view> component_roots_, projects_;               // and names of projects of .NET
  std::map<std::string_view, std::string_view, std::less<>> programs_;  // folder → a program in it, without ending
  std::set<std::string_view> outputs_named_;  // words of commands that build: files and folders
  bool bundles_ = false;
};

// "font-awesome-4.7.0": a folder that is called after a release is a release of others, kept as it came.
bool names_release(std::string_view folder);

}  // namespace tfcheck
