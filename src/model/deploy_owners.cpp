// Whose a deploy file is: the apps that it builds or starts, wherever it lies.
#include <algorithm>

#include "base/text.h"
#include "model/project.h"

namespace tfcheck {

namespace {

bool is_below(std::string_view root, std::string_view folder) {
  return folder.empty() || root == folder ||
         (root.size() > folder.size() && root.starts_with(folder) && root[folder.size()] == '/');
}

void add(std::vector<uint32_t>& owners, uint32_t component) {
  if (std::find(owners.begin(), owners.end(), component) == owners.end()) owners.push_back(component);
}

// Folders that a compose file's services are built from.
std::vector<std::string> built_folders(const ProjectFile& file) {
  std::vector<std::string> folders;
  if (file.format() != "compose") return folders;
  for (const Fact& fact : file.facts->facts()) {
    bool is_context = fact.kind == FactKind::Entry && fact.value.is(ValueKind::String) &&
                      (fact.name.ends_with(".build") || fact.name.ends_with(".build.context"));
    if (is_context) folders.push_back(join_path(dir_name(file.path), fact.value.text));
  }
  return folders;
}

}  // namespace

std::vector<uint32_t> Project::owners_of(uint32_t file) const {
  auto is_app = [&](uint32_t index) { return index != no_index && components[index].kind == ComponentKind::App; };
  const ProjectFile& found = files[file];
  if (is_app(found.component)) return {found.component};
  std::vector<uint32_t> owners;
  if (found.facts) {
    for (uint32_t i = own_facts(file); i < fact_count(file); ++i) {
      if (fact({file, i}).kind != FactKind::Process) continue;
      uint32_t entry = entry_of({file, i});
      if (entry != no_index && is_app(files[entry].component)) add(owners, files[entry].component);
    }
    for (const std::string& folder : built_folders(found)) {
      for (uint32_t i = 0; i < components.size(); ++i) {
        if (is_app(i) && components[i].root == folder) add(owners, i);
      }
    }
  }
  if (!owners.empty()) return owners;
  // What lies in a part of the repository belongs to the apps of that part, if it has some.
  std::string_view root = found.component == no_index ? std::string_view{} : components[found.component].root;
  for (bool everywhere : {false, true}) {
    for (uint32_t i = 0; i < components.size(); ++i) {
      if (is_app(i) && (everywhere || is_below(components[i].root, root))) add(owners, i);
    }
    if (!owners.empty()) break;
  }
  return owners;
}

}  // namespace tfcheck
