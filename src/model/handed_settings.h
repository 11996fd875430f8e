// Files that a deploy of the repository hands to programs that are not built here: what compose files mount into the
// images of others, what Kustomize and Terraform make objects of a cluster from. What they say is the deploy's own
// configuration of that program, as its environment is.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class ImageCensus;

class HandedSettings {
 public:
  explicit HandedSettings(const ProjectView& view);
  // The file, or a folder that it lies in.
  bool contains(std::string_view path) const;
  // An object of the cluster is made of this very file: with the manifests beside it, it is the deploy's.
  bool is_of_object(std::string_view path) const { return objects_.contains(path); }

 private:
  void read_compose(const ProjectFile& file, std::optional<ImageCensus>& census);
  void read_generators(const ProjectFile& file);
  void read_terraform(const ProjectFile& file);
  void note_read(std::string_view folder, const Value& value, int depth);
  void note(std::string_view folder, std::string_view path);

  const ProjectView& view_;
  std::set<std::string, std::less<>> paths_;
  std::set<std::string, std::less<>> objects_;  // of these, what Kustomize's generators list
};

}  // namespace tfcheck
