#include "model/project.h"

#include <stdexcept>
#include <unordered_set>

#include "base/text.h"
#include "model/words.h"

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

const ModelWords& Project::words() const {
  if (!words_) throw std::logic_error("a project has words once its components are built");
  return *words_;
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

// Of two compose files of a folder the one without a name is the developers', where the other one is named for a
// deploy.
void Project::mark_development_compose() {
  std::unordered_set<std::string_view> deployed;  // folders
  std::vector<ProjectFile*> unnamed;
  for (ProjectFile& file : files) {
    std::string_view name = base_name(file.path);
    if (words().plain_compose_files.contains(name)) unnamed.push_back(&file);
    if (words().deploy_compose_files.contains(name)) deployed.insert(dir_name(file.path));
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
