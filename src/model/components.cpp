// Components: where the repository's parts begin. What kind each is shows once its files are read
// (component_kinds.cpp).
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "languages/embedded.h"
#include "model/project.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// The language of program code, also of one that is not read; "" for everything else.
std::string_view source_language(const ModelWords& words, const ProjectFile& file) {
  if ((file.scope & (scope::Outside | scope::Aside)) || file.kind != FileEntry::Kind::Regular) return {};
  if (!file.adapter || file.adapter->kind == AdapterKind::Config) {
    bool is_code = words.unread_languages.role_of(file.path) == UnreadRole::Source;
    return is_code ? words.unread_languages.of(file.path) : std::string_view{};
  }
  // Pages and notebooks make no component: beside them stands what they belong to.
  bool is_host = script_host(file.path) != nullptr;
  return file.adapter->scan_imports && !is_host ? file.adapter->name : std::string_view{};
}

bool is_source(const ModelWords& words, const ProjectFile& file) {
  return !source_language(words, file).empty();
}

// The nearest enclosing root of a path; roots hold "" for the audit's root.
std::string nearest_root(const std::set<std::string>& roots, std::string_view path) {
  for (std::string_view folder = dir_name(path);; folder = dir_name(folder)) {
    if (roots.contains(std::string(folder))) return std::string(folder);
    if (folder.empty()) return {};
  }
}

// docker/base/, deploy/: there deploy files of a part that lies elsewhere are kept.
bool is_in_image_folder(const ModelWords& words, std::string_view folder) {
  for (; !folder.empty(); folder = dir_name(folder)) {
    if (words.image_folders.contains(base_name(folder))) return true;
  }
  return false;
}

// Folders that are packages of modules: `setup.py` in one of them is a module that is called so.
std::set<std::string_view> module_folders(const std::vector<ProjectFile>& files) {
  std::set<std::string_view> folders;
  for (const ProjectFile& file : files) {
    if (base_name(file.path) == "__init__.py") folders.insert(dir_name(file.path));
  }
  return folders;
}

bool is_manifest(const ModelWords& words, std::string_view path, const std::set<std::string_view>& modules) {
  return words.manifests.contains(base_name(path)) && !(path.ends_with(".py") && modules.contains(dir_name(path)));
}

std::set<std::string> find_roots(const ModelWords& words, const std::vector<ProjectFile>& files,
                                 const std::set<std::string_view>& modules) {
  std::set<std::string> roots = {""};
  std::set<std::string> source_folders;
  std::string_view last = "/";
  for (const ProjectFile& file : files) {
    if (!is_source(words, file) || dir_name(file.path) == last) continue;
    last = dir_name(file.path);
    for (std::string_view folder = last;; folder = dir_name(folder)) {
      if (!source_folders.insert(std::string(folder)).second || folder.empty()) break;
    }
  }
  for (const ProjectFile& file : files) {
    if (file.scope & scope::Outside) continue;
    std::string_view name = base_name(file.path);
    // Beside what an image needs at its start, the files that build it are no part of their own.
    bool builds = words.build_files.contains(name) && !is_in_image_folder(words, dir_name(file.path));
    bool root = builds || is_manifest(words, file.path, modules);
    if (root && source_folders.contains(std::string(dir_name(file.path))))
      roots.insert(std::string(dir_name(file.path)));
  }
  return roots;
}

}  // namespace

void Listing::build_components() {
  const ModelWords& words = *words_;
  std::map<std::string, Component> found;
  std::set<std::string_view> modules = module_folders(files);
  std::set<std::string> roots = find_roots(words, files, modules);
  std::vector<Component*> owner(files.size());
  for (uint32_t i = 0; i < files.size(); ++i) {
    bool same_folder = i > 0 && dir_name(files[i].path) == dir_name(files[i - 1].path);
    std::string root = same_folder ? owner[i - 1]->root : nearest_root(roots, files[i].path);
    Component& component = same_folder ? *owner[i - 1] : found[root];
    owner[i] = &component;
    component.root = std::move(root);
    component.files.push_back(i);
    bool own = dir_name(files[i].path) == component.root && !(files[i].scope & scope::Outside);
    if (own && is_manifest(words, files[i].path, modules)) component.manifests.push_back(i);
    if (std::string language(source_language(words, files[i])); !language.empty()) {
      auto& languages = component.languages;
      if (std::find(languages.begin(), languages.end(), language) == languages.end()) languages.push_back(language);
    }
  }
  for (auto& [root, component] : found) {
    std::sort(component.languages.begin(), component.languages.end());
    for (uint32_t i : component.files) files[i].component = static_cast<uint32_t>(components.size());
    components.push_back(std::move(component));
  }
}

}  // namespace tfcheck
