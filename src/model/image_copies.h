// What the build of an image has of the repository by the time that one of its commands runs: which files `COPY` and
// `ADD` brought before it, in its stage and in those that it starts from, and what a .dockerignore keeps out.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

struct CopiedManifest {
  uint32_t file = no_index;
  bool named = false;  // by its own name, and no folder that holds it was copied
};

class ImageCopies {
 public:
  // `view` outlives this.
  explicit ImageCopies(const ProjectView& view) : view_(view), project_(view.project) {}

  // The manifest, one of these names, that a command of a Dockerfile works on; no_index where nothing tells.
  CopiedManifest manifest_of(FactRef command, std::span<const std::string> names);
  // Has the image the file at a path by then, as far as is known? What comes from elsewhere may hold anything.
  bool holds(FactRef command, std::string_view path);
  // The ignore file of the build names it.
  bool leaves_out(FactRef command, std::string_view path) const;
  // The file of one of these names in a folder, no_index for none. A name with a star is that of any file there.
  uint32_t manifest_in(std::string_view folder, std::span<const std::string> names) const;

 private:
  // A word of a COPY, without "./" before and "/" behind it: "" is the whole build context.
  struct Source {
    std::string_view word;
    uint32_t fact = 0;
  };
  struct Stage {
    std::string_view name;
    uint32_t parent = no_index;   // stage
    std::string_view folder;      // WORKDIR, as last written
    std::vector<Source> sources;  // in the file's order
    uint32_t foreign = no_index;  // the first fact that brings what is not known
  };
  using Stages = std::vector<Stage>;

  const Stages& stages_of(uint32_t file);
  void note(Stages& stages, const Fact& fact, uint32_t index) const;
  std::vector<Source> sources_before(FactRef command);
  std::vector<std::string_view> contexts(uint32_t file) const;

  const ProjectView& view_;
  const Project& project_;
  std::map<uint32_t, Stages> stages_;  // by Dockerfile
};

}  // namespace tfcheck
