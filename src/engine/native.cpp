#include "engine/native.h"

#include <algorithm>

#include "engine/message.h"
#include "masking/sensitive_facts.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

bool looks_at_component(const Rule& rule, const Component& component) {
  if (component.kind == ComponentKind::Infrastructure) return true;
  auto names = [&](ComponentKind kind) {
    return std::find(rule.applies.begin(), rule.applies.end(), kind) != rule.applies.end();
  };
  bool with_app = component.kind == ComponentKind::Client || component.inside_app;
  return names(component.kind) || (with_app && names(ComponentKind::App));
}

bool rule_looks_at(const Rule& rule, const Project& project, uint32_t file) {
  const ProjectFile& candidate = project.files[file];
  // Nobody deploys a notebook; what it gives away is given away all the same.
  if (candidate.format() == "notebook" && !rule.security_severity) return false;
  if (candidate.scope & scope::OnRequest & ~rule.scopes) return false;
  if (rule.development == DevelopmentPolicy::Exempt && (candidate.scope & scope::Development)) return false;
  const Component* component = project.component_of(file);
  return !component || looks_at_component(rule, *component);
}

bool NativeContext::looks_at(uint32_t file) const {
  return rule_looks_at(rule, project, file);
}

std::string NativeContext::display(std::string_view text) const {
  return tfcheck::display(project.words().masking, text);
}

std::string NativeContext::display(const Value& value) const {
  return tfcheck::display(project.words().masking, value);
}

std::string NativeContext::display_command(const Fact& command) const {
  return display(masked_command(project.words().masking, command));
}

Finding* NativeContext::report(uint32_t file, std::optional<Span> span, std::string message) {
  bool development = project.files[file].scope & scope::Development;
  if (development && rule.development == DevelopmentPolicy::Exempt) return nullptr;
  Finding& finding = sink_.emplace_back();
  finding.file = file;
  finding.span = span;
  finding.rule = rule_index_;
  bool aside = project.files[file].scope & scope::Aside;
  bool slight = aside || (development && rule.development == DevelopmentPolicy::Note);
  finding.severity = slight ? Severity::Note : rule.severity;
  finding.confidence = rule.confidence;
  if ((project.files[file].scope & scope::OnlyExample) && finding.confidence == Confidence::High)
    finding.confidence = Confidence::Medium;
  finding.message = std::move(message);
  return &finding;
}

Finding* NativeContext::report_live(uint32_t file, std::optional<Span> span, std::string message) {
  Finding* finding = report(file, span, std::move(message));
  bool aside = (project.files[file].scope & (scope::Aside | scope::Development)) == scope::Aside;
  if (finding && aside) finding->severity = rule.severity;
  return finding;
}

}  // namespace tfcheck
