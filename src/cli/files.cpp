// `tfcheck files`: each path with its language, component and scope, and why one is not looked at.
#include <fmt/format.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "engine/adapters.h"
#include "engine/audit.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

// What became of a file, in words.
std::string state_of(const ProjectFile& file) {
  if (file.state == FileState::OutOfScope) return "out of scope: " + printable(file.detail);
  if (file.state == FileState::Unread) return "not read: " + printable(file.detail);
  std::string what = file.facts ? fmt::format("{} facts", file.facts->facts().size())
                                : std::string(file.adapter ? "not parsed" : "text only");
  if (file.unread == Unread::None) return what;
  return fmt::format("{}: {}", what,
                     file.detail.empty() ? std::string(to_string(file.unread)) : printable(file.detail));
}

}  // namespace

int run_files(const Options& options) {
  Result<Config> config = load_config(options);
  if (!config) return fail(config.error());
  Result<FileSet> files = FileSet::open(options.path, file_set_options(options, *config));
  if (!files) return fail(files.error());
  Result<RuleSet> rules = load_rules(options, *config);
  if (!rules) return fail(rules.error());
  AuditOptions audit_options;
  audit_options.threads = thread_count(options);
  AuditResult audit = run_audit(*files, *rules, audit_options);
  std::string shown;
  for (uint32_t i = 0; i < audit.project.files.size(); ++i) {
    const ProjectFile& file = audit.project.files[i];
    const Component* component = audit.project.component_of(i);
    std::string_view format = file.format();
    std::string why = state_of(file);
    std::string root = component && !component->root.empty() ? printable(component->root) : ".";
    shown += fmt::format("{}\t{}\t{}\t{}\t{}\n", printable(file.path), format.empty() ? "-" : format, root,
                         scope_names(file.scope).empty() ? "-" : scope_names(file.scope), why);
  }
  for (const Component& component : audit.project.components) {
    tell(fmt::format("component {} ({}): {} files\n", component.root.empty() ? "." : printable(component.root),
                     to_string(component.kind), component.files.size()));
  }
  for (FactRef start : audit.project.start_commands()) {
    const Fact& fact = audit.project.fact(start);
    tell(fmt::format("start {}: {}\n", printable(audit.project.files[start.file].path), to_string(fact)));
  }
  return print_and_exit(shown, exit_clean);
}

}  // namespace tfcheck
