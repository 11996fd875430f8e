#include "model/cargo_binaries.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr std::string_view main_file = "src/main.rs", folder_of_binaries = "src/bin/";

// "src/bin/worker.rs" and "src/bin/worker/main.rs" are both `worker`.
std::string_view name_of(std::string_view path) {
  if (!path.starts_with(folder_of_binaries)) return {};
  path.remove_prefix(folder_of_binaries.size());
  if (path.ends_with("/main.rs"))
    path.remove_suffix(std::string_view("/main.rs").size());
  else if (path.ends_with(".rs"))
    path.remove_suffix(std::string_view(".rs").size());
  else
    return {};
  return path.find('/') == std::string_view::npos ? path : std::string_view{};
}

}  // namespace

CargoBinaries cargo_binaries(const Project& project, const Component& component, const ProjectFile& manifest) {
  CargoBinaries found;
  if (!manifest.facts || dir_name(manifest.path) != component.root) return found;
  bool looks = true, main_is_named = false;
  for (const Fact& fact : manifest.facts->facts()) {
    if (fact.kind != FactKind::Entry) continue;
    if (fact.name == "package.name") found.package = fact.value.text;
    if (fact.name == "package.autobins") looks = fact.value.text != "false";
    bool binary = fact.name.starts_with("bin.");
    found.named |= binary;
    if (binary && fact.name.ends_with(".name")) found.names.emplace_back(fact.value.text);
    main_is_named |= binary && fact.name.ends_with(".path") && fact.value.text == main_file;
  }
  if (found.package.empty() || !looks) return found;
  if (!main_is_named && project.find_file(join_path(component.root, main_file)) != no_index)
    found.names.push_back(found.package);
  for (uint32_t i : component.files) {
    std::string_view path = project.files[i].path;
    path.remove_prefix(component.root.empty() ? 0 : std::min(path.size(), component.root.size() + 1));
    if (std::string_view name = name_of(path); !name.empty()) found.names.emplace_back(name);
  }
  return found;
}

}  // namespace tfcheck
