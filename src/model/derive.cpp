#include "model/derive.h"

#include "model/words.h"

namespace tfcheck {

WholeProject::WholeProject(const Project& the_project) : ProjectView(the_project, the_project.words().vocabulary) {}

Work derive_running(const Project& project, ModelFacts& facts) {
  WholeProject view(project);
  derive_processes(view, facts);
  derive_servers(view, facts);
  derive_loops(view, facts);
  return view.work();
}

Work derive_facts(const Project& project, ModelFacts& facts) {
  WholeProject view(project);
  derive_images(view, facts);
  derive_signals(view, facts);
  derive_manifests(view, facts);
  derive_imports(view, facts);
  derive_installs(view, facts);
  derive_versions(view, facts);
  derive_repository(view, facts);
  return view.work();
}

}  // namespace tfcheck
