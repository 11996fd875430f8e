// `tfcheck files`: each path with its language, component and scope, and why one is not looked at.
#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/project_listing.h"
#include "formats/tree_entries/dialect.h"
#include "masking/sensitive_facts.h"
#include "model/scope.h"
#include "report/masking.h"

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
  std::string what = file.audited ? "" : "beside the audited folder, ";
  size_t facts = file.facts ? file.facts->facts().size() : 0;
  bool is_parsed = file.facts && file.state == FileState::Parsed;
  if (is_parsed || facts > 0) what += fmt::format("{} facts", facts);
  // Of what is not parsed the imports at its head are facts.
  if (!is_parsed) what.append(facts > 0 ? ", " : "").append(why_text(file));
  if (file.unread == Unread::None) return what;
  return fmt::format("{}: {}", what,
                     file.detail.empty() ? std::string(to_string(file.unread)) : masker.words(file.detail));
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
      writer.emplace(*sources.words, *file.facts, text);
    }
    shown += fmt::format("start {}: {}\n", printable(masker.path(file.path)),
                         masker.words(writer->write(start.fact), start.file));
  }
  return shown;
}

}  // namespace

int run_files(const Options& options) {
  return list_project(options, [](const ListedProject& listed) {
    std::string shown;
    for (uint32_t i = 0; i < listed.project.files.size(); ++i) {
      const ProjectFile& file = listed.project.files[i];
      if (file.audited || file.was_read()) shown += shown_file(listed.project, i, listed.masker);
    }
    for (const Component& component : listed.project.components) {
      if (!listed.project.is_audited(component)) continue;
      tell(fmt::format("component {} ({}): {} files\n", shown_root(&component, listed.masker),
                       to_string(component.kind), component.files.size()));
    }
    tell(shown_starts(listed.project, listed.sources, listed.masker));
    return shown;
  });
}

}  // namespace tfcheck
