#include "model/project.h"

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

void Project::build() {
  build_commands();
}

}  // namespace tfcheck
