#include "model/project.h"

#include <utility>

namespace tfcheck {

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

Project::Project(Listing scanned) : Listing(std::move(scanned)) {
  places_.build(*this);
  commands_ = follow_start_commands(*this);
}

CommandInfo Project::command(FactRef ref) const {
  auto found = commands_.known.find(uint64_t{ref.file} << 32 | ref.fact);
  return found == commands_.known.end() ? CommandInfo{} : found->second;
}

Work Project::work() const {
  Work work;
  for (const ProjectFile& file : files) {
    if (file.facts) work += file.facts->work();
  }
  work.visited += files.size() + commands_.visited + places_.visited();
  return work;
}

}  // namespace tfcheck
