#include <algorithm>

#include "base/parallel.h"
#include "base/text.h"
#include "formats/adapters.h"
#include "model/project.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

Listing::Listing(const FileSet& set, const ModelWords& words, unsigned threads, const ComponentKinds& kinds)
    : repository(set.repository()), audited_folder(set.folder()), notices(set.notices()), words_(&words) {
  list_files(set, threads);
  by_path_.reserve(files.size());
  for (uint32_t i = 0; i < files.size(); ++i) by_path_.emplace(files[i].path, i);
  mark_by_neighbours(*this);
  build_components();
  for (Component& component : components) {
    if (auto kind = kinds.find(component.root.empty() ? "." : component.root); kind != kinds.end())
      component.kind = kind->second, component.why = "the configuration says so", component.configured = true;
  }
}

// Who names a folder of tests, examples or seeds wants it judged: that it is one counts for what he did not name.
uint32_t Listing::scope_of_folder(std::string_view folder) const {
  const PathRoles& roles = words().roles;
  uint32_t scope = roles.of_folder(folder);
  if (audited_folder.empty() || !is_audited(folder)) return scope;
  uint32_t named = roles.of_folder(audited_folder) & (scope::Outside | scope::Seed);
  if (named == 0) return scope;
  std::string_view inner = folder.substr(std::min(folder.size(), audited_folder.size() + 1));
  return (scope & ~named) | roles.of_folder(inner);
}

// What CI files are called is what they do.
uint32_t Listing::scope_of_words(std::string_view folder, uint32_t folder_scope, std::string_view name) const {
  if (folder_scope & scope::Ci) return 0;
  bool named = !audited_folder.empty() && is_audited(folder);
  std::string_view inner = named ? folder.substr(std::min(folder.size(), audited_folder.size() + 1)) : folder;
  return words().roles.of_words(inner, name);
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
      if (dir_name(entry.path) != folder) folder = dir_name(entry.path), folder_scope = scope_of_folder(folder);
      ProjectFile& file = files[i];
      file.path = entry.path;
      file.size = entry.size;
      file.kind = entry.kind;
      file.tracked = entry.tracked;
      file.executable = entry.executable;
      file.audited = is_audited(entry.path);
      file.link_target = entry.link_target;
      file.scope = folder_scope | roles.of_name(folder, base_name(entry.path)) |
                   scope_of_words(folder, folder_scope, base_name(entry.path));
      if (entry.kind != FileEntry::Kind::Regular) continue;
      file.adapter = adapters.of_path(entry.path);
      bool is_data = file.adapter && file.adapter->kind == AdapterKind::Config;
      file.scope |= roles.of_translation(folder, base_name(entry.path), is_data);
    }
  });
}

bool Listing::is_audited(const Component& component) const {
  return audited_folder.empty() || std::any_of(component.files.begin(), component.files.end(),
                                               [&](uint32_t file) { return files[file].audited; });
}

bool Listing::is_audited(std::string_view path) const {
  bool is_in =
      path.starts_with(audited_folder) && (path.size() == audited_folder.size() || path[audited_folder.size()] == '/');
  return audited_folder.empty() || is_in;
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
