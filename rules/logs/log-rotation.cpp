// Rotation that the page's matches cannot see: logrotate's files have no format of ours, their path tells.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr std::array<std::string_view, 5> logrotate_paths = {"logrotate.d/*", "logrotate.conf", "*.logrotate",
                                                             "logrotate", "*logrotate*.conf*"};

bool is_logrotate(const ProjectFile& file) {
  if (file.kind != FileEntry::Kind::Regular || (file.adapter && file.adapter->kind == AdapterKind::Code)) return false;
  return std::any_of(logrotate_paths.begin(), logrotate_paths.end(),
                     [&](std::string_view pattern) { return path_match("**/" + std::string(pattern), file.path); });
}

}  // namespace

void rule_logs_log_rotation(NativeContext& context) {
  const Project& project = context.project;
  for (uint32_t file = 0; file < project.files.size(); ++file) {
    if (!context.looks_at(file) || !is_logrotate(project.files[file])) continue;
    Finding* finding =
        context.report(file, {}, "The repository ships a configuration of logrotate for the app's log files.");
    const Component* component = project.component_of(file);
    if (finding && component && component->kind == ComponentKind::Infrastructure) finding->severity = Severity::Note;
  }
}

}  // namespace tfcheck
