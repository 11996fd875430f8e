// codebase/not-versioned: once per audit, on the file that stands for the whole.
#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

// The read-me at the top, else the first manifest, else the first file that counts.
uint32_t most_telling_file(const NativeContext& context) {
  const Project& project = context.project;
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

void rule_codebase_not_versioned(NativeContext& context) {
  if (context.project.repository.is_repository) return;
  uint32_t file = most_telling_file(context);
  if (file == no_index) return;
  Finding* finding =
      context.report(file, {}, "No revision control keeps this code: the folder belongs to no repository.");
  if (!finding) return;
  finding->severity = context.rule.severity;
  finding->everywhere = true;
}

}  // namespace tfcheck
