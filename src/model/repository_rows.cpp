// `repository`: what is known of it as a whole, at the file that tells most of it.
#include <algorithm>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/repository_state.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// The read-me at the top, else the first manifest, else the first file that counts.
uint32_t most_telling_file(const Project& project) {
  for (uint32_t i = 0; i < project.files.size(); ++i) {
    if (lower(project.files[i].path).starts_with("readme") && dir_name(project.files[i].path).empty()) return i;
  }
  for (const Component& component : project.components) {
    if (!component.manifests.empty()) return component.manifests.front();
  }
  for (uint32_t i = 0; i < project.files.size(); ++i) {
    if (project.files[i].was_read() && !(project.files[i].scope & scope::Outside)) return i;
  }
  return project.files.empty() ? no_index : 0;
}

}  // namespace

Versioning versioning_of(const Project& project) {
  if (project.repository.is_repository || !project.repository.other_system.empty()) return Versioning::Kept;
  const WordSet& marks = project.words().vocabulary.set("repository-file");
  bool is_export = std::any_of(project.files.begin(), project.files.end(),
                               [&](const ProjectFile& file) { return marks.contains(file.path); });
  return is_export ? Versioning::Export : Versioning::None;
}

void derive_repository(const WholeProject& view, ModelFacts& facts) {
  const Project& project = view.project;
  bool has_app = std::any_of(project.components.begin(), project.components.end(),
                             [](const Component& component) { return component.kind == ComponentKind::App; });
  if (!has_app || versioning_of(project) != Versioning::None) return;
  uint32_t file = most_telling_file(project);
  if (file != no_index) DerivedRow(FactKind::Repository, {file, no_index}, "unversioned").add_to(facts, project);
}

}  // namespace tfcheck
