// Whose a file is that lies in no app: a deploy file that of the apps that it builds or starts, wherever it lies; a
// library that of the apps that take it in.
#include <algorithm>

#include "base/text.h"
#include "model/component_uses.h"
#include "model/project.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t most_owners = 100;  // of one file; a repository of more apps is no less charged by them

void add(std::vector<uint32_t>& owners, uint32_t component) {
  bool is_new = owners.size() < most_owners && std::find(owners.begin(), owners.end(), component) == owners.end();
  if (is_new) owners.push_back(component);
}

// Whoever takes a component in takes its source and what it is made of; how all is built and deployed may lie beside
// it.
bool is_taken_in(const Project& project, const ProjectFile& file) {
  if (file.component == no_index || project.components[file.component].kind == ComponentKind::Infrastructure)
    return false;
  return !(file.scope & scope::Ci) && !file.tells(tells::Deploy);
}

}  // namespace

std::vector<std::string> built_folders(const ProjectFile& file) {
  std::vector<std::string> folders;
  if (file.format() != "compose") return folders;
  for (const Fact& fact : file.facts->facts()) {
    bool is_context = fact.kind == FactKind::Entry && fact.value.is(ValueKind::String) &&
                      (fact.name.ends_with(".build") || fact.name.ends_with(".build.context"));
    if (is_context && folders.size() < most_owners) folders.push_back(join_path(dir_name(file.path), fact.value.text));
  }
  return folders;
}

bool Project::is_app(uint32_t component) const {
  return component != no_index && components[component].kind == ComponentKind::App;
}

void Project::note_owners() {
  for (uint32_t i = 0; i < components.size(); ++i) {
    if (is_app(i)) apps_.emplace(components[i].root, i);
  }
  std::vector<std::vector<uint32_t>> users = apps_by_use(*this, most_owners);
  for (uint32_t file = 0; file < files.size(); ++file) {
    uint32_t own = files[file].component;
    if (is_app(own)) continue;
    std::vector<uint32_t> owners = files[file].facts ? started_or_built(file) : std::vector<uint32_t>{};
    if (owners.empty() && is_taken_in(*this, files[file])) owners = users[own];
    if (!owners.empty()) owners_.emplace(file, std::move(owners));
  }
}

std::vector<uint32_t> Project::started_or_built(uint32_t file) const {
  std::vector<uint32_t> owners;
  for (uint32_t i = own_facts(file); i < fact_count(file); ++i) {
    if (fact({file, i}).kind != FactKind::Process) continue;
    uint32_t entry = entry_of({file, i});
    if (entry != no_index && is_app(files[entry].component)) add(owners, files[entry].component);
  }
  for (const std::string& folder : built_folders(files[file])) {
    if (auto app = apps_.find(folder); app != apps_.end()) add(owners, app->second);
  }
  return owners;
}

// What lies in a part of the repository belongs to the apps of that part, if it has some, else to all.
std::vector<uint32_t> Project::apps_below(const std::string& folder) const {
  std::vector<uint32_t> found;
  std::string begin = folder.empty() ? "" : folder + "/";
  for (auto app = apps_.lower_bound(begin); app != apps_.end() && found.size() < most_owners; ++app) {
    if (!app->first.starts_with(begin)) break;
    found.push_back(app->second);
  }
  return found.empty() && !folder.empty() ? apps_below("") : found;
}

std::vector<uint32_t> Project::owners_of(uint32_t file) const {
  uint32_t own = files[file].component;
  if (is_app(own)) return {own};
  if (auto found = owners_.find(file); found != owners_.end()) return found->second;
  return apps_below(own == no_index ? std::string() : components[own].root);
}

}  // namespace tfcheck
