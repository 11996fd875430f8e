#include "report/assess.h"

#include <algorithm>

#include "model/scope.h"

namespace tfcheck {

namespace {

// What a component gives an audit to look at.
struct Evidence {
  bool files = false;     // anything of ours that was read
  bool source = false;    // program code
  bool config = false;    // configuration files with facts
  bool start = false;     // a command that starts a process
  bool deploy = false;    // images, compose, manifests of a platform
  bool versions = false;  // something that pins a runtime or service
  bool manifest = false;
};

Evidence evidence_of(const Project& project, const Component& component) {
  Evidence evidence;
  evidence.manifest = !component.manifests.empty();
  evidence.source = !component.languages.empty();
  for (uint32_t i : component.files) {
    const ProjectFile& file = project.files[i];
    if (!file.was_read() || (file.scope & scope::Outside)) continue;
    evidence.files = true;
    if (!file.facts || !file.adapter) continue;
    std::string_view format = file.format();
    evidence.config |= file.adapter->kind == AdapterKind::Config;
    evidence.deploy |= format == "dockerfile" || format == "compose" || format == "kubernetes" || format == "helm" ||
                       format == "procfile" || format == "systemd";
    evidence.versions |=
        format == "dockerfile" || format == "compose" || format == "version-file" || (file.scope & scope::Ci);
  }
  for (FactRef start : project.start_commands()) evidence.start |= project.component_of(start.file) == &component;
  return evidence;
}

FactorStatus status(bool assessed, std::string why_not) {
  if (assessed) return {};
  return {Assessment::NotAssessed, std::move(why_not)};
}

FactorStatus factor_status(size_t factor, const Evidence& evidence) {
  switch (factor) {
    case 1:
      return status(evidence.manifest || evidence.source, "no source and no manifest");
    case 2:
      return status(evidence.files, "nothing that was read");
    case 3:
      return status(evidence.source || evidence.config, "no source and no configuration");
    case 4:
      return status(evidence.start || evidence.deploy, "no build or start command is declared");
    case 6:
      return status(evidence.source || evidence.start, "no source and no start command");
    case 8:
      return status(evidence.source || evidence.start, "no source and no start command");
    case 9:
      return status(evidence.versions || evidence.config, "nothing names a version or an environment");
    case 11:
      return status(evidence.source || evidence.start, "no source and no start command");
    default:
      return status(evidence.source || evidence.config, "no source and no configuration");
  }
}

// Factors that say nothing about code which is not deployed by itself.
bool applies(size_t factor, ComponentKind kind) {
  if (kind == ComponentKind::App) return true;
  bool general = factor == 0 || factor == 1 || factor == 2;
  if (kind == ComponentKind::Infrastructure) return factor != 1;
  return general;
}

}  // namespace

std::vector<ScoreComponent> assess_components(const AuditResult& audit, const RuleSet& rules) {
  std::vector<ScoreComponent> out;
  const Project& project = audit.project;
  for (const Component& component : project.components) {
    ScoreComponent& made = out.emplace_back();
    made.root = component.root.empty() ? "." : component.root;
    made.kind = to_string(component.kind);
    made.languages = component.languages;
    Evidence evidence = evidence_of(project, component);
    for (size_t factor = 0; factor < factor_ids.size(); ++factor) {
      if (!applies(factor, component.kind))
        made.factors[factor] = {Assessment::NotApplicable, "a " + made.kind + " is not deployed by itself"};
      else if (factor != 0)
        made.factors[factor] = factor_status(factor, evidence);
    }
  }
  // A finding is proof that something was looked at.
  for (const Finding& finding : audit.findings) {
    if (finding.rule >= rules.rules().size()) continue;  // of tfcheck itself
    size_t factor = factor_index(rules.rules()[finding.rule].id);
    uint32_t component = project.files[finding.file].component;
    if (factor < factor_ids.size() && component != no_index) out[component].factors[factor] = {};
  }
  return out;
}

}  // namespace tfcheck
