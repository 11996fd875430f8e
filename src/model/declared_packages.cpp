#include "model/declared_packages.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr size_t most_manifests = 200;  // of one component; one with more is no app
// What a manifest calls the package that it is of.
constexpr std::array own_names = {"name"sv, "app"sv, "project.name"sv, "tool.poetry.name"sv, "metadata.name"sv};

bool says(const ProjectFile& file, std::string_view key, std::string_view value) {
  std::span<const Fact> facts = file.facts->facts();
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return fact.kind == FactKind::Entry && fact.name.starts_with(key) && fact.value.text == value;
  });
}

bool has_key(const ProjectFile& file, std::string_view key) {
  std::span<const Fact> facts = file.facts->facts();
  return std::any_of(facts.begin(), facts.end(),
                     [&](const Fact& fact) { return fact.kind == FactKind::Entry && fact.name.starts_with(key); });
}

}  // namespace

ComponentManifests::ComponentManifests(const ProjectView& view, const ImportedPackages& packages)
    : view_(view),
      project_(view.project),
      packages_(packages),
      bringing_(view.table("bringing-package")),
      brings_(bringing_.column("brings")) {
  for (const Component& component : project_.components) roots_.insert(component.root);
  for (uint32_t manifest : packages_.manifests()) note_manifest(manifest);
  for (uint32_t file = 0; file < project_.files.size(); ++file) note(file);
}

void ComponentManifests::note_manifest(uint32_t index) {
  const ProjectFile& file = project_.files[index];
  if (file.scope & scope::Vendored) return;
  for (const ImportedPackages::Language& language : packages_.languages()) {
    if (!language.late) continue;
    if (auto folder = packages_.declares_for(language, file)) manifests_[language.ecosystem][*folder].push_back(index);
  }
}

void ComponentManifests::note(uint32_t index) {
  const ProjectFile& file = project_.files[index];
  if (file.scope & scope::Vendored) return;
  if (!file.locked.empty()) locks_[dir_name(file.path)].push_back(index);
  if (!file.facts) return;
  for (const Fact& fact : view_.facts(file)) {
    if (fact.kind == FactKind::Dependency)
      anywhere_[argument(fact.args(), "ecosystem").text].insert(plain_package_name(fact.name));
  }
}

// The nearest first: its own, those above, those below.
std::vector<uint32_t> ComponentManifests::reaching(const Folders& folders, const Component& component) const {
  std::vector<uint32_t> files;
  for (std::string_view folder = component.root;; folder = dir_name(folder)) {
    if (auto found = folders.find(folder); found != folders.end())
      files.insert(files.end(), found->second.begin(), found->second.end());
    if (folder.empty()) break;
  }
  std::string below = component.root.empty() ? "" : component.root + "/";
  for (auto at = folders.lower_bound(below); at != folders.end() && at->first.starts_with(below); ++at) {
    view_.count(1);
    if (at->first == component.root || roots_.contains(at->first)) continue;
    files.insert(files.end(), at->second.begin(), at->second.end());
    if (files.size() > most_manifests) break;
  }
  return files;
}

bool ComponentManifests::is_declared_anywhere(std::string_view ecosystem, const std::string& plain) const {
  auto found = anywhere_.find(ecosystem);
  return found != anywhere_.end() && found->second.contains(plain);
}

bool ComponentManifests::is_whole(uint32_t index, const ImportedPackages::Language& language) const {
  const ProjectFile& file = project_.files[index];
  if (language.unread.contains(base_name(file.path)) || file.unread != Unread::None) return false;
  if (!file.facts) return true;  // a lock file among the lists, which only repeats them
  // PEP 621: the build works the list out; setuptools may name the files that hold it.
  if (says(file, "project.dynamic", "dependencies")) return has_key(file, "tool.setuptools.dynamic.dependencies");
  return !file.facts->has_errors() && !has_key(file, "extra.merge-plugin");
}

void ComponentManifests::add_includes(uint32_t index, std::vector<uint32_t>& files, DeclaredPackages& declared) const {
  const ProjectFile& file = project_.files[index];
  for (const Fact& fact : view_.facts(file)) {
    if (fact.kind != FactKind::Import || fact.context.scope == "-c") continue;
    uint32_t found =
        fact.context.scope == "-r" ? project_.find_file(join_path(dir_name(file.path), fact.name)) : no_index;
    if (found == no_index)
      declared.whole = false;
    else if (std::find(files.begin(), files.end(), found) == files.end())
      files.push_back(found);
  }
}

const PackageList& ComponentManifests::list_of(uint32_t index) {
  std::unique_ptr<PackageList>& list = lists_[index];
  if (list) return *list;
  list = std::make_unique<PackageList>();
  const ProjectFile& file = project_.files[index];
  for (const std::string& name : file.locked) list->names.insert(plain_package_name(name));
  for (const Fact& fact : view_.facts(file)) {
    bool own =
        fact.kind == FactKind::Entry && std::find(own_names.begin(), own_names.end(), fact.name) != own_names.end();
    if (own && !fact.value.text.empty()) list->own.insert(plain_package_name(fact.value.text));
    if (fact.kind != FactKind::Dependency) continue;
    list->names.insert(plain_package_name(fact.name));
    add_name_parts(fact.name, list->parts);
    const WordTable::Row* row = bringing_.find(lower(fact.name));
    if (!row) continue;
    for (const std::string& name : row->all(brings_)) list->brought.insert(plain_package_name(name));
  }
  return *list;
}

DeclaredPackages ComponentManifests::of(const Component& component, const ImportedPackages::Language& language) {
  DeclaredPackages declared;
  auto found = manifests_.find(language.ecosystem);
  if (found == manifests_.end()) return declared;
  std::vector<uint32_t> files = reaching(found->second, component);
  for (size_t i = 0; i < files.size() && i < most_manifests; ++i) {
    declared.whole = declared.whole && is_whole(files[i], language);
    if (!declared.whole) return declared;
    if (!project_.files[files[i]].facts) continue;
    add_includes(files[i], files, declared);
    declared.manifests.push_back(&list_of(files[i]));
    if (declared.manifest == no_index && !declared.manifests.back()->names.empty()) declared.manifest = files[i];
  }
  // Packages of another ecosystem may have code of this one in them: phoenix of Hex has its JavaScript.
  for (const auto& [other, folders] : manifests_) {
    if (other == language.ecosystem) continue;
    for (uint32_t file : reaching(folders, component)) declared.foreign.push_back(&list_of(file));
  }
  for (uint32_t lock : reaching(locks_, component)) declared.locks.push_back(&list_of(lock));
  return declared;
}

bool DeclaredPackages::holds(const std::string& plain) const {
  auto has = [&](const PackageList* list) {
    return list->names.contains(plain) || list->brought.contains(plain) || list->own.contains(plain);
  };
  auto brings = [&](const PackageList* list) { return list->brought.contains(plain); };
  return std::any_of(manifests.begin(), manifests.end(), has) || std::any_of(foreign.begin(), foreign.end(), brings);
}

bool DeclaredPackages::has_part(const std::string& plain) const {
  return std::any_of(manifests.begin(), manifests.end(),
                     [&](const PackageList* list) { return list->parts.contains(plain); });
}

bool DeclaredPackages::is_locked(const std::string& plain) const {
  return std::any_of(locks.begin(), locks.end(), [&](const PackageList* list) { return list->names.contains(plain); });
}

void add_name_parts(std::string_view name, std::unordered_set<std::string>& parts) {
  constexpr size_t most_words = 8, shortest = 3;
  std::vector<std::string> words;
  for (size_t begin = 0; begin < name.size() && words.size() < most_words;) {
    size_t end = std::min(name.find_first_of("-_./@[]=<>~ ", begin), name.size());
    if (end > begin) words.push_back(lower(name.substr(begin, end - begin)));
    begin = end + 1;
  }
  // A fork is called as what it stands in for begins: newspaper3k, phonenumberslite.
  constexpr size_t shortest_beginning = 5, longest_beginning = 24;
  for (size_t size = shortest_beginning; !words.empty() && size < std::min(words[0].size(), longest_beginning); ++size)
    parts.insert(words[0].substr(0, size));
  for (size_t first = 0; first < words.size(); ++first) {
    std::string run;
    for (size_t last = first; last < words.size(); ++last) {
      run += words[last];
      if (run.size() < shortest) continue;
      parts.insert(run);
      bool of_python = run.starts_with("py") && run.size() > shortest + 1;  // PyYAML, PyJWT
      if (of_python) parts.insert(run.substr(2));
    }
  }
}

}  // namespace tfcheck
