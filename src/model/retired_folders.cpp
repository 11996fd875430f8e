// Folders of what nobody builds or runs any more.
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

bool is_program(const ProjectFile& file) {
  return file.adapter && file.adapter->kind == AdapterKind::Code && file.format() != "shell";
}

// Marks what lies in one of the folders.
void retire(Listing& listing, const std::unordered_set<std::string_view>& folders) {
  if (folders.empty()) return;
  std::string_view last = "/";
  bool inside = false;
  for (ProjectFile& file : listing.files) {
    std::string_view folder = dir_name(file.path);
    if (folder != last) {
      last = folder, inside = false;
      for (std::string_view at = folder; !at.empty() && !inside; at = dir_name(at)) inside = folders.contains(at);
    }
    if (inside) file.scope |= scope::Retired;
  }
}

}  // namespace

// What an app puts away for its users lies beside the code that does it; what a team puts away is whole projects.
void mark_retired_projects(Listing& listing) {
  const WordSet& words = listing.words().vocabulary.set("retired-projects");
  const WordSet& deploys = listing.words().vocabulary.set("deploy-file");
  struct Seen {
    bool source = false, projects = false;  // its own source, and projects further down
    bool programs = false, settings = false;
  };
  std::unordered_map<std::string_view, Seen> found;
  for (const ProjectFile& file : listing.files) {
    std::string_view name = base_name(file.path);
    bool project = listing.words().manifests.contains(name) || deploys.contains(name) || file.format() == "dockerfile";
    bool settings = name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".tf");
    for (std::string_view at = dir_name(file.path); !at.empty(); at = dir_name(at)) {
      if (!words.contains(base_name(at))) continue;
      bool direct = at == dir_name(file.path);
      Seen& seen = found[at];
      seen.source |= direct && is_program(file);
      seen.projects |= !direct && project;
      seen.programs |= is_program(file);
      seen.settings |= settings;
    }
  }
  std::unordered_set<std::string_view> folders;
  for (const auto& [folder, seen] : found) {
    bool alone = seen.projects || (seen.settings && !seen.programs);
    if (alone && !seen.source) folders.insert(folder);
  }
  retire(listing, folders);
}

void mark_told_retired(Listing& listing) {
  std::unordered_set<std::string_view> folders;
  for (const ProjectFile& file : listing.files) {
    bool tells = (file.scope & scope::Retired) && (file.scope & scope::Documentation);
    if (tells && !dir_name(file.path).empty()) folders.insert(dir_name(file.path));
  }
  retire(listing, folders);
}

}  // namespace tfcheck
