// Manifests of templates that projects are made from, whose lock file the repository leaves out on purpose: whoever
// makes a project from one writes its lock.
#pragma once

#include <string_view>

#include "model/manifests.h"
#include "model/project_view.h"

namespace tfcheck {

class ProjectTemplates {
 public:
  // `view` outlives this.
  explicit ProjectTemplates(const ProjectView& view);

  // The manifest is one of a template, as its name or what lies with it says, and git ignores its lock file.
  bool leaves_out_lock(uint32_t file, const Manifest& manifest) const;

  // A .gitignore at or above the folder names one of the lock files.
  bool is_ignored(std::string_view folder, const Manifest& manifest) const;

 private:
  bool is_template(const ProjectFile& file) const;

  const ProjectView& view_;
  const WordSet &words_, &files_;
};

}  // namespace tfcheck
