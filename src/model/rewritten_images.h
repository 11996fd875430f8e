// Images whose names or tags a deploy puts others in the place of: what Kustomize and Skaffold replace in manifests,
// and what overlays and `kustomize edit set image` replace in a kustomization.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/derive.h"

namespace tfcheck {

class RewrittenImages {
 public:
  explicit RewrittenImages(const WholeProject& view);
  // Is the image, as this file names it, replaced by somebody?
  bool contains(uint32_t file, std::string_view image) const;

 private:
  using Names = std::set<std::string_view>;
  void read_kustomization(uint32_t index, const ProjectFile& file);
  void read_skaffold(const ProjectFile& file);
  void read_command(const Fact& command);
  bool is_taken_over(uint32_t file, std::string_view image) const;

  const WholeProject& view_;
  Names all_, edited_;
  std::map<uint32_t, Names> names_;                      // of kustomizations
  std::map<std::string, std::vector<uint32_t>> takers_;  // of a folder: the kustomizations that build on it
};

}  // namespace tfcheck
