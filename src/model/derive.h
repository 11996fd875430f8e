// The facts that the model adds: each kind is worked out in a file of its own, once, for whoever matches or prints
// them.
#pragma once

#include "model/project.h"
#include "model/project_view.h"
#include "model/signals.h"

namespace tfcheck {

class ComponentManifests;
class ImportedPackages;
struct Variable;
struct VersionEnd;

// Looks at every file of the project.
class WholeProject final : public ProjectView {
 public:
  explicit WholeProject(const Project& the_project);
  bool looks_at(uint32_t file) const override { return project.files[file].facts != nullptr; }
};

// Adds what is run, what serves and what loops: the kinds of components follow from them. The commands of the project
// are known, and no fact of the model is yet. Returns what it looked at.
Work derive_running(const Project& project, ModelFacts& facts);
// Adds all others. Returns what it looked at.
Work derive_facts(const Project& project, ModelFacts& facts);

// One kind each. They read what files say, never each other's rows.
void derive_images(const WholeProject& view, ModelFacts& facts);
void derive_processes(const WholeProject& view, ModelFacts& facts);
void derive_signals(const std::vector<SignalUse>& signals, const WholeProject& view, ModelFacts& facts);
void derive_servers(const WholeProject& view, const TermHandling& handling, const ImportedFiles& imported,
                    ModelFacts& facts);
void derive_loops(const WholeProject& view, const TermHandling& handling, ModelFacts& facts);
void derive_manifests(const WholeProject& view, ModelFacts& facts);  // and packages whose version is open
void derive_terraform(const WholeProject& view, ModelFacts& facts);  // manifests and packages of its stacks
// Packages that code uses and no manifest declares: where there is none, and where those that there are do not name
// them.
void derive_imports(const WholeProject& view, const ImportedPackages& packages, ModelFacts& facts);
void derive_unlisted(const WholeProject& view, ComponentManifests& manifests, ModelFacts& facts);
void derive_unlisted_programs(const WholeProject& view, ComponentManifests& manifests, ModelFacts& facts);
void derive_tools(const WholeProject& view, ModelFacts& facts);  // programs of the system that nothing brings
void derive_installs(const WholeProject& view, ModelFacts& facts);
void derive_locks(const WholeProject& view, ModelFacts& facts);  // installs that need not take what a lock file says
void derive_versions(const WholeProject& view, const std::vector<VersionEnd>& ends, ModelFacts& facts);
void derive_frameworks(const WholeProject& view, ModelFacts& facts);
void derive_log_sinks(const WholeProject& view, ModelFacts& facts);
void derive_own_log_sinks(const WholeProject& view, ModelFacts& facts);  // of classes of the project's own
void derive_schema_changes(const WholeProject& view, ModelFacts& facts);
void derive_variables(const WholeProject& view, const std::vector<Variable>& variables, ModelFacts& facts);
void derive_services(const WholeProject& view, const std::vector<VersionEnd>& versions,
                     const std::vector<Variable>& variables, ModelFacts& facts);
void derive_peers(const WholeProject& view, ModelFacts& facts);  // services of kind peer
void derive_repository(const WholeProject& view, ModelFacts& facts);

}  // namespace tfcheck
