#include "model/derive.h"

#include "model/declared_packages.h"
#include "model/imported_packages.h"
#include "model/variables.h"
#include "model/versions.h"
#include "model/words.h"

namespace tfcheck {

WholeProject::WholeProject(const Project& the_project) : ProjectView(the_project, the_project.words().vocabulary) {}

Work derive_running(const Project& project, ModelFacts& facts) {
  WholeProject view(project);
  ImportedFiles imported(view);
  std::vector<SignalUse> signals = signals_of(view);
  TermHandling handling(view, signals, imported);
  derive_processes(view, facts);
  derive_servers(view, handling, imported, facts);
  derive_signals(signals, view, facts);
  derive_loops(view, handling, facts);
  return view.work();
}

Work derive_facts(const Project& project, ModelFacts& facts) {
  WholeProject view(project);
  derive_images(view, facts);
  derive_manifests(view, facts);
  derive_terraform(view, facts);
  ImportedPackages packages(view);
  derive_imports(view, packages, facts);
  ComponentManifests manifests(view, packages);
  derive_unlisted(view, manifests, facts);
  derive_unlisted_programs(view, manifests, facts);
  derive_tools(view, facts);
  derive_installs(view, facts);
  derive_locks(view, facts);
  std::vector<VersionEnd> versions = collect_version_ends(view);
  derive_versions(view, versions, facts);
  derive_frameworks(view, facts);
  derive_log_sinks(view, facts);
  derive_own_log_sinks(view, facts);
  derive_schema_changes(view, facts);
  std::vector<Variable> variables = collect_variables(view);
  derive_variables(view, variables, facts);
  derive_services(view, versions, variables, facts);
  derive_peers(view, facts);
  derive_repository(view, facts);
  return view.work();
}

}  // namespace tfcheck
