#include "model/process_groups.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "model/entry_files.h"
#include "model/runtimes.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t most_groups = 16;  // of a file; one that more processes load is everybody's

bool has_go_main(std::span<const Fact> facts) {
  return std::any_of(facts.begin(), facts.end(), [](const Fact& fact) { return fact.context.scope == "main"; });
}

}  // namespace

ProcessGroups::ProcessGroups(const ProjectView& view, const ImportedFiles& imported)
    : view_(view), imported_(imported), groups_(view.project.files.size()) {
  const Project& project = view.project;
  std::set<uint32_t> entries;
  EntryFiles files(view);
  for (FactRef command : project.start_commands()) {
    EntryFile entry = files.of(command);
    if (entry.file != no_index) entries.insert(entry.file);
  }
  // Each `func main` of Go is a program of its own.
  for (uint32_t i = 0; i < project.files.size(); ++i) {
    const ProjectFile& file = project.files[i];
    bool source = file.facts && !(file.scope & scope::Outside) && file.format() == "go";
    if (source && has_go_main(view.facts(file))) entries.insert(i);
  }
  for (uint32_t entry : entries) reach(entry, entry);
}

// True when the file was not known to be of the group, and what it loads should be.
bool ProcessGroups::add(uint32_t group, uint32_t file) {
  std::vector<uint32_t>& groups = groups_[file];
  if (groups.size() >= most_groups || (!groups.empty() && groups.back() == group)) return false;
  groups.push_back(group);
  return true;
}

void ProcessGroups::reach(uint32_t group, uint32_t entry) {
  const Project& project = view_.project;
  std::vector<uint32_t> open;
  auto visit = [&](uint32_t file) {
    if (add(group, file)) open.push_back(file);
  };
  std::set<std::string_view> packages;
  visit(entry);
  while (!open.empty()) {
    uint32_t file = open.back();
    open.pop_back();
    for (const Fact& fact : view_.facts(project.files[file])) {
      if (fact.kind != FactKind::Import) continue;
      for (uint32_t loaded : imported_.of(file, fact.name)) visit(loaded);
    }
    if (std::span<const uint32_t> package = imported_.package_of(file);
        !package.empty() && packages.insert(dir_name(project.files[file].path)).second) {
      for (uint32_t other : package) visit(other);
    }
  }
}

bool ProcessGroups::may_share(uint32_t file, uint32_t other) const {
  const std::vector<uint32_t>&ours = groups_[file], &theirs = groups_[other];
  if (file == other || ours.empty() || theirs.empty()) return true;
  if (ours.size() >= most_groups || theirs.size() >= most_groups) return true;
  return std::any_of(ours.begin(), ours.end(),
                     [&](uint32_t group) { return std::binary_search(theirs.begin(), theirs.end(), group); });
}

}  // namespace tfcheck
