#include <algorithm>
#include <unordered_set>

#include "base/parallel.h"
#include "base/text.h"
#include "model/adapters.h"
#include "model/project.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

Listing::Listing(const FileSet& set, const ModelWords& words, unsigned threads, const ComponentKinds& kinds)
    : repository(set.repository()), notices(set.notices()), words_(&words) {
  list_files(set, threads);
  by_path_.reserve(files.size());
  for (uint32_t i = 0; i < files.size(); ++i) by_path_.emplace(files[i].path, i);
  build_components();
  for (Component& component : components) {
    if (auto kind = kinds.find(component.root.empty() ? "." : component.root); kind != kinds.end())
      component.kind = kind->second, component.why = "the configuration says so";
  }
  mark_development_compose();
}

void Listing::list_files(const FileSet& set, unsigned threads) {
  constexpr size_t chunk = 1024;
  AdapterIndex adapters;
  const PathRoles& roles = words().roles;
  const std::vector<FileEntry>& entries = set.files();
  files.resize(entries.size());
  run_parallel(threads, (entries.size() + chunk - 1) / chunk, [&](size_t part) {
    std::string_view folder = "/";  // of the file before: files come in path order
    uint32_t folder_scope = 0;
    for (size_t i = part * chunk; i < std::min(entries.size(), (part + 1) * chunk); ++i) {
      const FileEntry& entry = entries[i];
      if (dir_name(entry.path) != folder) folder = dir_name(entry.path), folder_scope = roles.of_folder(folder);
      ProjectFile& file = files[i];
      file.path = entry.path;
      file.size = entry.size;
      file.kind = entry.kind;
      file.tracked = entry.tracked;
      file.executable = entry.executable;
      file.link_target = entry.link_target;
      file.scope = folder_scope | roles.of_name(folder, base_name(entry.path));
      if (entry.kind == FileEntry::Kind::Regular) file.adapter = adapters.of_path(entry.path);
    }
  });
}

// Of two compose files of a folder the one without a name is the developers', where the other one is named for a
// deploy.
void Listing::mark_development_compose() {
  std::unordered_set<std::string_view> deployed;  // folders
  std::vector<ProjectFile*> unnamed;
  for (ProjectFile& file : files) {
    std::string_view name = base_name(file.path);
    if (words().plain_compose_files.contains(name)) unnamed.push_back(&file);
    if (words().deploy_compose_files.contains(name)) deployed.insert(dir_name(file.path));
  }
  for (ProjectFile* file : unnamed) {
    if (deployed.contains(dir_name(file->path))) file->scope |= scope::Development;
  }
}

uint32_t Listing::find_file(std::string_view path) const {
  auto found = by_path_.find(path);
  return found == by_path_.end() ? no_index : found->second;
}

const Component* Listing::component_of(uint32_t file) const {
  uint32_t index = files[file].component;
  return index == no_index ? nullptr : &components[index];
}

}  // namespace tfcheck
