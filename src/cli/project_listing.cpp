#include "cli/project_listing.h"

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "report/audit_sources.h"
#include "session/session.h"

namespace tfcheck {

std::string shown_root(const Component* component, Masker& masker) {
  return component && !component->root.empty() ? printable(masker.path(component->root)) : ".";
}

int list_project(const Options& options, const std::function<std::string(const ListedProject&)>& show) {
  Result<LoadedSetup> loaded = load_setup(options.setup);
  if (!loaded) return fail(loaded.error());
  Result<FileSet> files = open_files(options.setup, loaded->config);
  if (!files) return fail(files.error());
  Session session(std::move(loaded->rules), thread_count(options));
  AuditResult audit = session.audit(*files, loaded->config);
  Sources sources = audit_sources(audit, session.rules());
  sources.text = [&](uint32_t file) { return text_of(*files, audit.project, file); };
  OpenFiles open(sources);
  Masker masker(sources, open, audit.judgement.findings);
  return print_and_exit(show({audit.project, sources, masker}), exit_clean);
}

}  // namespace tfcheck
