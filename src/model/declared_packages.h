// What the manifests of a component declare, as far as they can be read: those in its folder, above it, and below it
// where no other component begins; with the lists that they include.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/imported_packages.h"
#include "model/project_view.h"

namespace tfcheck {

// What one file says of packages, all names spelled plainly (plain_package_name).
struct PackageList {
  std::unordered_set<std::string> names;    // that it declares, or as a lock file settles
  std::unordered_set<std::string> parts;    // words of these, and runs of words: "celery" of "django-celery-beat"
  std::unordered_set<std::string> brought;  // what those bring along as a part of themselves
  std::unordered_set<std::string> own;      // what the file is the manifest of
};

// What reaches a component in one ecosystem.
struct DeclaredPackages {
  std::vector<const PackageList*> manifests, foreign, locks;
  uint32_t manifest = no_index;  // the nearest that declares something; no_index where none does
  bool whole = true;             // nothing declares more than was read

  // Declared, or a part of what is declared.
  bool holds(const std::string& plain) const;
  // One of the words of a declared name, as a plug-in's or a fork's.
  bool has_part(const std::string& plain) const;
  bool is_locked(const std::string& plain) const;
};

// The words of a package's name, their runs, and what the first begins with, spelled plainly; of the first eight words.
void add_name_parts(std::string_view name, std::unordered_set<std::string>& parts);

class ComponentManifests {
 public:
  // Both outlive this.
  ComponentManifests(const ProjectView& view, const ImportedPackages& packages);
  const ImportedPackages& packages() const { return packages_; }
  // What reaches a component in a language; it lives as long as this.
  DeclaredPackages of(const Component& component, const ImportedPackages::Language& language);
  // Some manifest of the repository names a package, spelled plainly.
  bool is_declared_anywhere(std::string_view ecosystem, const std::string& plain) const;

 private:
  using Folders = std::map<std::string_view, std::vector<uint32_t>>;

  void note_manifest(uint32_t index);
  void note(uint32_t file);
  std::vector<uint32_t> reaching(const Folders& folders, const Component& component) const;
  const PackageList& list_of(uint32_t file);
  void add_includes(uint32_t file, std::vector<uint32_t>& files, DeclaredPackages& declared) const;
  bool is_whole(uint32_t file, const ImportedPackages::Language& language) const;

  const ProjectView& view_;
  const Project& project_;
  const ImportedPackages& packages_;
  const WordTable& bringing_;
  size_t brings_;                                  // column
  std::map<std::string_view, Folders> manifests_;  // by ecosystem
  Folders locks_;
  std::map<uint32_t, std::unique_ptr<PackageList>> lists_;      // by file
  std::map<std::string_view, std::set<std::string>> anywhere_;  // by ecosystem
  std::set<std::string_view> roots_;                            // of components
};

}  // namespace tfcheck
