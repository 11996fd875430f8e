// Package manifests: which lock file covers one, whether it belongs to a published library, and how far a constraint
// leaves the version open.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/project.h"
#include "model/project_view.h"

namespace tfcheck {

struct Manifest {
  std::string_view format;              // what the adapters call it: "npm-package"
  std::string_view tool;                // as people say it: "npm"
  std::vector<std::string_view> locks;  // file names, any of
  std::string_view workspace;           // the file above it by which a lock there covers it; "" when none does
};

// What manifests say, and what lies beside and above them. Answers that hold for a folder are worked out once,
// whichever manifest asks.
class ManifestPlaces {
 public:
  explicit ManifestPlaces(const ProjectView& view);
  // The kind of manifest a file is; null for other files, and for manifests of managers that know no locks.
  const Manifest* manifest_of(const ProjectFile& file) const;
  // A lock file lies beside the manifest, or above it in a workspace.
  bool is_locked(uint32_t file, const Manifest& manifest);
  // The manifest of a package to publish: its ranges are meant to be open.
  bool is_library(uint32_t file) const;
  // A package that another manifest of the repository is of, in one workspace: nothing is fetched.
  bool is_local(const ProjectFile& file, const Fact& dependency) const;
  // The constraint names no version, or only a lowest one, or a branch.
  bool is_open(const ProjectFile& file, const Fact& dependency) const;

 private:
  bool is_app_folder(std::string_view folder) const;
  bool is_npm_library(const ProjectFile& file) const;
  void note_package(const ProjectFile& file);
  bool is_npm_open(std::string_view text) const;
  bool is_workspace_root(std::string_view folder, const Manifest& manifest);
  bool is_workspace_root_by_files(std::string_view folder, const Manifest& manifest) const;

  const ProjectView& view_;
  const Project& project_;
  const WordSet &app_files_, &npm_local_, &showcases_;
  std::vector<Manifest> manifests_;
  std::set<std::pair<std::string_view, std::string_view>> own_;  // format and name of the repository's own packages
  std::set<std::string_view> gem_folders_;                       // folders that hold a gemspec
  std::map<std::pair<std::string_view, std::string_view>, bool> roots_;  // by folder and manifest
};

// Who publishes what a manifest of this format describes: "daux" of composer's "daux/daux.io", the owner of the
// repository that npm's names; "" where it does not say.
std::string publisher_of(std::span<const Fact> facts, std::string_view format);
// A dependency that the manager resolves: no platform requirement, no local path, no plug-in of the build.
bool is_resolved(const ProjectFile& file, const Fact& dependency);
// Exactly one version.
bool is_exact(const Fact& dependency);

// A fact of the file, by name and value kind Entry; null when there is none.
const Fact* find_entry(const ProjectFile& file, std::string_view name);

}  // namespace tfcheck
