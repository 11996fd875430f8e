// Files that fill the environment of a process: `.env` and its like by their names, others because a compose file, a
// unit or a command loads them.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class EnvironmentFiles {
 public:
  explicit EnvironmentFiles(const ProjectView& view);

  bool contains(const ProjectFile& file) const {
    return (is_named_so(file.path) && !is_source(file)) || (loaded_.contains(file.path) && !is_template(file.path));
  }
  // A compose file, a unit or a command names it.
  bool is_loaded(std::string_view path) const { return loaded_.contains(path); }
  // What says by its name, or by its folder's, that it shows how another file is written, and that nothing loads.
  bool is_template(std::string_view path) const;

 private:
  bool is_named_so(std::string_view path) const;
  // ".env.ts": what a program imports; a shell takes in ".env.sh" as it stands.
  static bool is_source(const ProjectFile& file) {
    return file.adapter && file.adapter->kind == AdapterKind::Code && file.adapter->name != "shell";
  }
  void take_file(uint32_t file, std::string_view path);
  void look_at(uint32_t file, const Fact& fact);

  const ProjectView& view_;
  const WordSet &templates_, &folders_, &keys_, &options_;
  std::set<std::string, std::less<>> loaded_;
};

}  // namespace tfcheck
