// Which package an import takes from elsewhere, by the languages whose imports are of packages: neither the platform's
// nor the repository's own.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class ImportedPackages {
 public:
  // A language whose imports are of packages.
  struct Language {
    std::string_view ecosystem;  // "pypi"
    std::string_view title;      // "Python"
    std::span<const std::string> adapters;
    WordSet manifests;                 // names of files that declare packages
    WordSet unread;                    // … of them, those that nothing reads whole
    const WordTable* known = nullptr;  // which packages imports are of, where their names do not say it
    size_t provider = 0;               // … the column that names the packages
    bool lists = false;                // requirements/*.txt are manifests, too
    bool late = false;                 // no compiler tells that a package is missing

   private:
    friend class ImportedPackages;
    std::string (ImportedPackages::*package_of)(std::string_view import) const = nullptr;
  };

  // `view` outlives this.
  explicit ImportedPackages(const ProjectView& view);

  std::span<const Language> languages() const { return languages_; }
  // The package as the import spells it, often its first name; "" when it is the platform's or the repository's own.
  std::string of(const Language& language, std::string_view import) const {
    return (this->*language.package_of)(import);
  }
  // The repository has a folder at the path.
  bool has_folder(std::string_view path) const { return folders_.contains(path); }
  // The files whose names are those of manifests, of whatever language.
  std::span<const uint32_t> manifests() const { return manifests_; }
  // The file's name is that of a manifest of the language: the folder that it declares packages for. Null for others.
  std::optional<std::string_view> declares_for(const Language& language, const ProjectFile& file) const;

 private:
  using PackageOf = std::string (ImportedPackages::*)(std::string_view import) const;

  struct Reading;
  static const Reading readings[];

  void read_languages(const WordTable& ecosystems);
  void note_manifests();
  void note_local(const ProjectFile& file);
  void note_ends(std::string_view folder);
  bool has_folder_like(std::string_view path) const;
  bool is_local_java(std::string_view name) const;
  bool is_local_go(std::string_view name) const;
  std::string python_package(std::string_view name) const;
  std::string node_package(std::string_view name) const;
  std::string gem(std::string_view name) const;
  std::string go_module(std::string_view name) const;
  std::string java_package(std::string_view name) const;
  std::string csharp_package(std::string_view name) const;
  std::string php_package(std::string_view name) const;
  std::string rust_crate(std::string_view name) const;
  std::string elixir_package(std::string_view name) const;

  const ProjectView& view_;
  const Project& project_;
  const WordSet &python_, &node_, &ruby_, &java_, &csharp_, &php_, &rust_, &elixir_;
  std::vector<Language> languages_;
  std::vector<uint32_t> manifests_;
  std::set<std::string_view> paths_;
  std::set<std::string_view> folders_;         // all folders
  std::unordered_set<std::string_view> ends_;  // of their paths
  std::set<std::string_view> stems_;           // names of folders, and of files without what follows the first dot
};

// Whoever runs a notebook has what it imports.
bool is_spoken(const ImportedPackages::Language& language, const ProjectFile& file);
// Its header names its packages: PEP 723, //DEPS, bundler/inline, Mix.install.
bool declares_itself(std::span<const Fact> facts);
// A function that AWS Lambda calls: def lambda_handler(event, context), exports.handler = …
bool runs_in_lambda(std::span<const Fact> facts);
// A package's name without the signs and the case by which spellings differ: "pyyaml" of "Py_YAML".
std::string plain_package_name(std::string_view name);

}  // namespace tfcheck
