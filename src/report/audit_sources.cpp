#include "report/audit_sources.h"

#include <memory>

#include "masking/text_patterns.h"
#include "model/words.h"

namespace tfcheck {

Sources audit_sources(const AuditResult& audit, const RuleSet& rules) {
  auto patterns = std::make_shared<TextPatterns>(rules.vocabulary());
  Sources sources;
  sources.words = &rules.words().masking;
  sources.files = static_cast<uint32_t>(audit.project.files.size());
  sources.path = [&audit](uint32_t file) { return std::string_view(audit.project.files[file].path); };
  sources.secrets = [&audit](uint32_t file) { return std::span<const Span>(audit.judgement.secrets[file]); };
  sources.facts = [&audit](uint32_t file) { return audit.project.files[file].facts.get(); };
  sources.kind = [&audit](uint32_t file) { return text_kind(audit.project.files[file].adapter); };
  sources.recognise = [patterns](std::string_view text) { return patterns->find_in(text); };
  return sources;
}

TextKind text_kind(const Adapter* adapter) {
  if (!adapter) return TextKind::Code;
  if (adapter->kind == AdapterKind::Config) return TextKind::Config;
  return adapter->name == "shell" ? TextKind::Shell : TextKind::Code;
}

}  // namespace tfcheck
