// What the name of a container image tells: whether its tag names a version, and whether it is the app's own image or
// somebody else's. What one of them calls the app's own is not a dependency.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

// "ghcr.io/acme/web" is registry "ghcr.io", owner "acme", base "web"; "postgres" has only a base.
struct ImageName {
  std::string_view registry, owner, base;
};
ImageName parse_image_name(std::string_view name);

// Lower-case words of a name: "examplevotingapp_vote" gives "examplevotingapp", "vote".
std::vector<std::string> name_words(std::string_view name);

// Without the registry that a variable gives: "${REGISTRY}/web" and "${MIRROR:+$MIRROR/}web" are "web".
std::string_view without_variable_registry(std::string_view name);

// "untagged", "tagged 'latest'", "tagged 'latest' by default": how a message says it.
std::string floating_words(const Value& tag);

// What counts of a tag: the default of a variable, else itself.
const Value& settled_tag(const Value& tag);

// Knows the images that the repository builds, and what it is called.
class ImageCensus {
 public:
  explicit ImageCensus(const ProjectView& view);
  // The image is a release of this repository rather than a dependency.
  bool is_own(std::string_view image) const;
  // Its name is the repository's: what a build that starts from it takes is a release of this very code.
  bool is_release(std::string_view image) const;
  // The tag stands in the file and does not say which version is meant: none, `latest`, `alpine`, `stable`, a branch.
  bool floats(std::string_view image, const Value& tag) const;

 private:
  bool is_public(std::string_view image, const ImageName& name) const;
  bool is_owned(const ImageName& name) const;
  bool is_of_chart(const ImageName& name) const;
  bool is_owner_word(std::string_view owner) const;
  bool names_version(std::string_view part) const;
  void note_repository();
  void note_address(std::string_view url);
  void note_manifest(const ProjectFile& file);
  void note_build_file(uint32_t index);
  void note_components();
  void note_built(const ProjectFile& file);
  void note_command(const Fact& fact);
  void note_built_name(std::string_view reference);
  void note_named(std::string_view reference);
  void note_space(std::string_view image);

  // A command that makes an image or hands it on, and how it names it.
  struct Builder {
    std::vector<std::string_view> words;   // behind the program
    std::span<const std::string> options;  // that name the image
    bool bare = false;                     // the words behind the command do
  };
  void note_builder(const Builder& builder, std::span<const Arg> args);

  const ProjectView& view_;
  std::map<std::string_view, std::vector<Builder>> builders_;  // by program
  const WordSet &official_, &public_, &registries_, &generic_;
  const WordSet &distributions_, &codenames_, &variants_, &numbered_, &repository_keys_, &built_keys_, &package_keys_;
  std::set<std::string, std::less<>> built_;     // names that a build here gives to its image
  std::set<std::string, std::less<>> named_;     // the last parts of those that its settings give
  std::set<std::string, std::less<>> folders_;   // names of components' folders, and of packages beside a build
  std::set<std::string, std::less<>> packages_;  // of these the packages'
  std::set<std::string, std::less<>> words_;     // telling words of the repository's name and owner
  std::set<std::string, std::less<>> names_;     // the repository's names, letters and digits only
  std::set<std::string, std::less<>> owners_;    // whose it is, likewise: of its remote and its manifests
  std::set<std::string, std::less<>> charts_;    // names of Helm's charts that are kept here
  std::set<std::string, std::less<>> spaces_;    // registry and owner of images that are built here
  std::set<std::string_view> build_folders_;     // with a Dockerfile, and components that have one
  bool builds_ = false;                          // the repository builds images
};

}  // namespace tfcheck
