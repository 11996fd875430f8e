#include "report/fixes.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/text.h"
#include "engine/message.h"
#include "model/secrets/facts_beside.h"
#include "model/words.h"
#include "report/summary.h"
#include "report/variables.h"

namespace tfcheck {

namespace {

// What a match or a requirement says in place of its page.
struct OwnFix {
  std::string_view text;
  std::span<const FixExample> examples;
};

OwnFix own_fix(const Rule& rule, const Finding& finding) {
  if (!finding.cause) return {};
  for (const Match& match : rule.matches) {
    if (match.line == finding.cause->line) return {match.fix, match.fix_examples};
  }
  for (const Requirement& requirement : rule.requirements) {
    if (requirement.line == finding.cause->line) return {requirement.fix, requirement.fix_examples};
  }
  return {};
}

const FixExample* example_for(std::span<const FixExample> examples, std::string_view format) {
  auto found = std::find_if(examples.begin(), examples.end(), [&](const FixExample& example) {
    return std::find(example.formats.begin(), example.formats.end(), format) != example.formats.end();
  });
  return found == examples.end() ? nullptr : &*found;
}

// The languages that a manager of packages is for; none for other programs.
std::span<const std::string> languages_of_manager(const Vocabulary& vocabulary, std::string_view program) {
  const WordTable& managers = vocabulary.table("manager");
  const WordTable& ecosystems = vocabulary.table("ecosystem");
  size_t programs = managers.column("program");
  for (const WordTable::Row& row : managers.rows()) {
    std::span<const std::string> names = row.all(programs);
    bool is_it = std::any_of(names.begin(), names.end(),
                             [&](const std::string& name) { return glob_match(name, program, '/'); });
    if (!is_it) continue;
    const WordTable::Row* ecosystem = ecosystems.find(row.one(managers.column("ecosystem")));
    return ecosystem ? ecosystem->all(ecosystems.column("language")) : std::span<const std::string>{};
  }
  return {};
}

// What an example for the finding may be called, the best first: a Dockerfile that installs with pip speaks of Python.
std::vector<std::string_view> notations(const Finding& finding, const Project& project) {
  const ProjectFile& file = project.files[finding.file];
  std::vector<std::string_view> found;
  // What stands in the file as a text of its own is written like that.
  std::optional<FactRef> cause = finding.cause ? finding.cause->fact : std::nullopt;
  if (cause && cause->file == finding.file && file.facts && cause->fact < file.facts->facts().size()) {
    const EmbeddedFile* inside = file.facts->embedded_of(cause->fact);
    if (inside) found = {inside->format, inside->adapter->name};
  }
  found.push_back(file.format());
  if (file.adapter) found.push_back(file.adapter->name);
  std::span<const std::string> languages = command_languages(finding, project);
  if (languages.empty()) return found;
  bool installs = project.fact(*finding.cause->fact).kind == FactKind::Install;
  found.insert(installs ? found.begin() : found.end(), languages.begin(), languages.end());
  return found;
}

std::string general_fix(const Rule& rule, const Finding& finding, const Project& project) {
  if (!finding.fix.empty()) return finding.fix;
  OwnFix own = own_fix(rule, finding);
  std::string text = first_sentence(own.text.empty() ? std::string_view(rule.fix) : own.text);
  if (own.examples.empty() && (rule.fix_examples.empty() || !own.text.empty())) return text;
  const FixExample* example = nullptr;
  for (std::string_view notation : notations(finding, project)) {
    if (!example) example = example_for(own.examples, notation);
    // A sentence of a match's own need not go with the page's examples.
    if (!example && own.text.empty()) example = example_for(rule.fix_examples, notation);
  }
  return example ? text + ": " + example->text : text;
}

// A longer name that holds the stand-in, SECRET_KEY_BASE, stands for the same variable.
void put_in_place(std::string& text, std::string_view stand_in, std::string_view variable) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  for (size_t at = text.find(stand_in); at != std::string::npos; at = text.find(stand_in, at + variable.size())) {
    size_t end = std::min(text.find_first_not_of(letters, at), text.size());
    size_t before = at == 0 ? std::string::npos : text.find_last_not_of(letters, at - 1);
    at = before == std::string::npos ? 0 : before + 1;
    text.replace(at, end - at, variable);
  }
}

}  // namespace

std::span<const std::string> command_languages(const Finding& finding, const Project& project) {
  if (!finding.cause || !finding.cause->fact) return {};
  FactRef anchor = project.anchor(*finding.cause->fact);
  if (anchor.fact == no_index || project.fact(anchor).kind != FactKind::Command) return {};
  const Vocabulary& vocabulary = project.words().vocabulary;
  std::string_view program = base_name(project.fact(anchor).name);
  const WordTable& table = vocabulary.table("program-language");
  const WordTable::Row* row = table.find(program);
  return row ? row->all(table.column("language")) : languages_of_manager(vocabulary, program);
}

std::string fix_of(const Rule& rule, const Finding& finding, const Project& project, std::optional<FactRef> fact) {
  std::string text = general_fix(rule, finding, project);
  if (finding.cause && finding.cause->fact) text = fill_message(text, project, {*finding.cause->fact, nullptr, {}, 1});
  if (rule.stand_in.empty()) return text;
  std::string variable = variable_in(finding.message);
  if (variable.empty() && fact) {
    const Fact& about = project.fact(*fact);
    bool own = project.own_facts(fact->file) > fact->fact;
    const WordSet& verbs = project.words().vocabulary.set("calling-verb");
    std::string_view key =
        own ? key_alone(project.files[fact->file].facts->facts(), fact->fact, verbs) : std::string_view(about.name);
    variable = variable_of(about, key, finding.span);
  }
  if (variable.empty()) variable = variable_of_kind(finding.message);
  if (!variable.empty()) put_in_place(text, rule.stand_in, variable);
  return text;
}

}  // namespace tfcheck
