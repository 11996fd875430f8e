#include "model/version_homes.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "model/backing_compose.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t most_deploys = 20;  // of one program, in folders of their own

// An image as a service names it, or falls back to: "acme/shop" of "${IMAGE:-acme/shop}:${TAG}".
std::string_view named_image(const Fact& fact) {
  std::string_view text = fact.value.text;
  if (fact.value.is(ValueKind::Env)) return fact.value.item_count ? fact.value.items()[0].value.text : text;
  size_t fallback = text.starts_with("${") ? text.find(":-") : std::string_view::npos;
  return fallback == std::string_view::npos ? text : before_first(text.substr(fallback + 2), '}');
}

// What a compose file runs: images that are no backing service, by their names; nothing for one that builds, or that
// starts an image of the repository's own.
std::set<std::string_view> programs_of_others(const Project& project, uint32_t index, const WordSet& backing) {
  std::set<std::string_view> found;
  for (uint32_t i = 0; i < project.fact_count(index); ++i) {
    const Fact& fact = project.fact({index, i});
    std::string_view service = fact.kind == FactKind::Entry ? service_of(fact.name) : std::string_view{};
    bool builds = !service.empty() && fact.name.substr(service.size()).starts_with(".build");
    bool own = fact.kind == FactKind::ImageUse && argument(fact.args(), "own").text == "true";
    if (builds || own) return {};
    bool image = !service.empty() && fact.name.substr(service.size()) == ".image";
    std::string_view name = fact.kind == FactKind::ImageUse ? fact.name : image ? named_image(fact) : "";
    std::string_view last = before_first(base_name(name), ':');
    if (!last.empty() && !backing.contains(last)) found.insert(name);
  }
  return found;
}

}  // namespace

VersionHomes::VersionHomes(const Project& project) : project_(project) {
  for (const Component& component : project.components) roots_.insert(component.root);
  for (const ProjectFile& file : project.files) {
    bool manifest = !(file.scope & scope::Outside) && project.words().manifests.contains(base_name(file.path));
    if (manifest) roots_.insert(dir_name(file.path));
  }
  find_stacks();
}

// A compose file that only runs programs of others is a deploy of these, and of nothing else that lies in the
// repository, unless a folder elsewhere runs them, too.
void VersionHomes::find_stacks() {
  const WordSet& backing = project_.words().vocabulary.set("backing-image");
  std::vector<uint32_t> files;
  std::map<std::string_view, std::set<std::string_view>> programs;  // by folder
  for (uint32_t i = 0; i < project_.files.size(); ++i) {
    if (!is_compose(project_.files[i])) continue;
    std::set<std::string_view> found = programs_of_others(project_, i, backing);
    if (found.empty()) continue;
    files.push_back(i);
    programs[dir_name(project_.files[i].path)].merge(found);
  }
  std::map<std::string_view, std::vector<std::string_view>> folders;  // by program
  for (const auto& [folder, started] : programs) {
    for (std::string_view program : started) folders[program].push_back(folder);
  }
  std::set<std::string_view> shared;
  for (const auto& [folder, started] : programs) {
    std::map<std::string_view, size_t> with;
    for (std::string_view program : started) {
      // What so many stacks have beside their own is a tool.
      if (folders[program].size() > most_deploys) continue;
      for (std::string_view other : folders[program]) ++with[other];
    }
    for (const auto& [other, count] : with) {
      size_t least = std::min(started.size(), programs[other].size());
      size_t most = std::max(started.size(), programs[other].size());
      if (other != folder && (count == least || count * 2 >= most)) shared.insert(folder);
    }
  }
  for (uint32_t file : files) {
    if (!shared.contains(dir_name(project_.files[file].path))) stacks_.insert(file);
  }
}

std::string VersionHomes::of(const VersionEnd& end) const {
  std::string_view folder = end.folder.empty() ? dir_name(project_.files[end.file].path) : end.folder;
  if (stacks_.contains(end.file)) return std::string(folder);
  while (!folder.empty() && !roots_.contains(folder)) folder = dir_name(folder);
  return std::string(folder);
}

}  // namespace tfcheck
