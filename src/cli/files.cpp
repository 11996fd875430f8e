// `tfcheck files`: each path with its language, component and scope, and why one is not looked at.
#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "formats/tree_entries/dialect.h"
#include "masking/sensitive_facts.h"
#include "model/scope.h"
#include "report/audit_sources.h"
#include "report/masking.h"
#include "session/session.h"

namespace tfcheck {

namespace {

// Why nothing was made of what a file of a known kind says.
std::string_view why_text(const ProjectFile& file) {
  if (!file.adapter) return "text only";
  if (file.unread != Unread::None) return "not parsed";
  if (file.scope & scope::Outside) return "only searched for tokens: its role is out of scope";
  if (is_lock_file(file.path)) return "only searched for tokens: a lock file";
  return "not parsed: no word of a rule is in it";
}

// What became of a file, in words.
std::string state_of(const ProjectFile& file, Masker& masker) {
  if (file.state == FileState::OutOfScope) return "out of scope: " + masker.words(file.detail);
  if (file.state == FileState::Unread) return "not read: " + masker.words(file.detail);
  std::string what = file.facts ? fmt::format("{} facts", file.facts->facts().size()) : std::string(why_text(file));
  if (file.unread == Unread::None) return what;
  return fmt::format("{}: {}", what,
                     file.detail.empty() ? std::string(to_string(file.unread)) : masker.words(file.detail));
}

std::string shown_root(const Component* component, Masker& masker) {
  return component && !component->root.empty() ? printable(masker.path(component->root)) : ".";
}

std::string shown_file(const Project& project, uint32_t index, Masker& masker) {
  const ProjectFile& file = project.files[index];
  std::string_view format = file.format();
  std::string scopes = scope_names(file.scope);
  return fmt::format("{}\t{}\t{}\t{}\t{}\n", printable(masker.path(file.path)), format.empty() ? "-" : format,
                     shown_root(project.component_of(index), masker), scopes.empty() ? "-" : scopes,
                     state_of(file, masker));
}

// Start commands come in the order of their files.
std::string shown_starts(const Project& project, const Sources& sources, Masker& masker) {
  std::string shown;
  std::optional<FactWriter> writer;
  std::string text;
  uint32_t open = no_index;
  for (FactRef start : project.start_commands()) {
    const ProjectFile& file = project.files[start.file];
    if (start.file != open) {
      open = start.file;
      text = sources.text(open);
      writer.emplace(*file.facts, text);
    }
    shown += fmt::format("start {}: {}\n", printable(masker.path(file.path)),
                         masker.words(writer->write(start.fact), start.file));
  }
  return shown;
}

}  // namespace

int run_files(const Options& options) {
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
  std::string shown;
  for (uint32_t i = 0; i < audit.project.files.size(); ++i) shown += shown_file(audit.project, i, masker);
  for (const Component& component : audit.project.components) {
    tell(fmt::format("component {} ({}): {} files\n", shown_root(&component, masker), to_string(component.kind),
                     component.files.size()));
  }
  tell(shown_starts(audit.project, sources, masker));
  return print_and_exit(shown, exit_clean);
}

}  // namespace tfcheck
