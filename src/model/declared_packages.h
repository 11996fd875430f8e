// What the manifests of a component declare, as far as they can be read: those in its folder, above it, and below it
// where no other component begins; with the lists that they include.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/imported_packages.h"
#include "model/project_view.h"

namespace tfcheck {

struct DeclaredPackages {
  std::unordered_set<std::string> names;    // plain_package_name of each
  std::unordered_set<std::string> own;      // … of what the manifests are of
  std::unordered_set<std::string> brought;  // … of what they bring along as a part of themselves
  std::unordered_set<std::string> locked;   // … of all that lock files settle
  uint32_t manifest = no_index;             // the nearest that declares something; no_index where none does
  bool whole = true;                        // nothing declares more than was read
};

class ComponentManifests {
 public:
  // Both outlive this.
  ComponentManifests(const ProjectView& view, const ImportedPackages& packages);
  const ImportedPackages& packages() const { return packages_; }
  // What reaches a component in a language.
  DeclaredPackages of(const Component& component, const ImportedPackages::Language& language) const;
  // Some manifest of the repository names a package, spelled plainly.
  bool is_declared_anywhere(std::string_view ecosystem, const std::string& plain) const;

 private:
  using Folders = std::map<std::string_view, std::vector<uint32_t>>;

  void note(uint32_t file);
  std::vector<uint32_t> reaching(const Folders& folders, const Component& component) const;
  void add_file(uint32_t file, std::string_view ecosystem, DeclaredPackages& declared) const;
  void add_brought(std::string_view package, DeclaredPackages& declared) const;
  void add_foreign(const Component& component, std::string_view ecosystem, DeclaredPackages& declared) const;
  void add_includes(uint32_t file, std::vector<uint32_t>& files, DeclaredPackages& declared) const;
  bool is_whole(uint32_t file, const ImportedPackages::Language& language) const;

  const ProjectView& view_;
  const Project& project_;
  const ImportedPackages& packages_;
  const WordTable& bringing_;
  size_t brings_;                                  // column
  std::map<std::string_view, Folders> manifests_;  // by ecosystem
  Folders locks_;
  std::map<std::string_view, std::set<std::string>> anywhere_;  // by ecosystem
  std::set<std::string_view> roots_;                            // of components
};

}  // namespace tfcheck
