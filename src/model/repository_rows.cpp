// `repository`: what is known of it as a whole, at the file that tells most of it.
#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/scope.h"

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

void derive_repository(const WholeProject& view, ModelFacts& facts) {
  const Project& project = view.project;
  if (project.repository.is_repository || !project.repository.other_system.empty()) return;
  uint32_t file = most_telling_file(project);
  if (file != no_index) DerivedRow(FactKind::Repository, {file, no_index}, "unversioned").add_to(facts, project);
}

}  // namespace tfcheck
