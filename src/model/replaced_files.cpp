#include "model/replaced_files.h"

#include "base/text.h"

namespace tfcheck {

std::set<uint32_t> replaced_files(const ProjectView& view) {
  std::set<uint32_t> found;
  for (const ProjectFile& file : view.project.files) {
    bool workspace = file.path.ends_with("angular.json") || file.path.ends_with("project.json") ||
                     file.path.ends_with("workspace.json");
    if (!workspace) continue;
    for (const Fact& fact : view.facts(file)) {
      bool replaced = fact.kind == FactKind::Entry && fact.name.ends_with(".replace") &&
                      fact.name.find(".fileReplacements.") != std::string_view::npos &&
                      fact.name.find("prod") != std::string_view::npos;
      if (!replaced) continue;
      uint32_t other = view.project.find_file(join_path(dir_name(file.path), fact.value.text));
      if (other != no_index) found.insert(other);
    }
  }
  return found;
}

}  // namespace tfcheck
