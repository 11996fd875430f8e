#include "model/project.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

std::string_view to_string(ComponentKind kind) {
  switch (kind) {
    case ComponentKind::App:
      return "app";
    case ComponentKind::Library:
      return "library";
    case ComponentKind::Tool:
      return "tool";
    case ComponentKind::Infrastructure:
      return "infrastructure";
  }
  return "?";
}

std::string_view to_string(CommandRole role) {
  switch (role) {
    case CommandRole::Other:
      return "other";
    case CommandRole::Start:
      return "start";
    case CommandRole::Release:
      return "release";
    case CommandRole::Build:
      return "build";
    case CommandRole::Ci:
      return "ci";
    case CommandRole::Cron:
      return "cron";
    case CommandRole::Health:
      return "health";
  }
  return "?";
}

uint32_t Project::find_file(std::string_view path) const {
  auto found = by_path_.find(path);
  return found == by_path_.end() ? no_index : found->second;
}

const Component* Project::component_of(uint32_t file) const {
  uint32_t index = files[file].component;
  return index == no_index ? nullptr : &components[index];
}

CommandInfo Project::command(FactRef ref) const {
  auto found = commands_.find(uint64_t{ref.file} << 32 | ref.fact);
  return found == commands_.end() ? CommandInfo{} : found->second;
}

namespace {

// A compose file that says by its name that it deploys.
bool deploys(std::string_view name) {
  static constexpr std::string_view patterns[] = {
      "*compose*prod*.y*ml", "*compose*deploy*.y*ml", "*compose*live*.y*ml",    "*compose*staging*.y*ml",
      "docker-stack*.y*ml",  "*compose*stack*.y*ml",  "*compose*release*.y*ml", "prod*compose*.y*ml"};
  return std::any_of(std::begin(patterns), std::end(patterns),
                     [&](std::string_view pattern) { return glob_match(pattern, name, '/'); });
}

}  // namespace

// Of two compose files of a folder the one without a name is the developers', where the other one is named for a
// deploy.
void Project::mark_development_compose() {
  static constexpr std::string_view plain[] = {"docker-compose.yml", "docker-compose.yaml", "compose.yml",
                                               "compose.yaml"};
  std::unordered_set<std::string_view> deployed;  // folders
  std::vector<ProjectFile*> unnamed;
  for (ProjectFile& file : files) {
    std::string_view name = base_name(file.path);
    if (std::find(std::begin(plain), std::end(plain), name) != std::end(plain)) unnamed.push_back(&file);
    if (deploys(name)) deployed.insert(dir_name(file.path));
  }
  visited_ += files.size();
  for (ProjectFile* file : unnamed) {
    if (deployed.contains(dir_name(file->path))) file->scope |= scope::Development;
  }
}

void Project::build() {
  mark_development_compose();
  places_.build(*this);
  build_commands();
}

Work Project::work() const {
  Work work;
  for (const ProjectFile& file : files) {
    if (file.facts) work += file.facts->work();
  }
  work.visited += visited_ + places_.visited();
  return work;
}

}  // namespace tfcheck
