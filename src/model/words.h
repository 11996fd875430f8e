// The words of the vocabulary that the model cannot do without, looked up once for all audits of a rule set.
#pragma once

#include <string_view>

#include "masking/mask_words.h"
#include "model/named_files.h"
#include "model/own_words.h"
#include "model/scope.h"
#include "model/told_variables.h"
#include "model/unread_language.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

// What programs take for a script of a package.json (rules/vocabulary/programs.toml).
class ScriptRunners {
 public:
  explicit ScriptRunners(const Vocabulary& vocabulary);
  // The row of a program, null when it runs no such scripts.
  const WordTable::Row* find(std::string_view program) const { return rows_.find(program); }
  // True when it takes scripts so: "run", "name", "names", "commands", "task", "target" or "packages".
  bool takes(const WordTable::Row& runner, std::string_view how) const { return runner.has(takes_, how); }
  // True for an option with a word behind it.
  bool is_value_option(const WordTable::Row& runner, std::string_view word) const { return runner.has(options_, word); }
  // True for an option that names the package of a workspace whose script is meant.
  bool is_package_option(const WordTable::Row& runner, std::string_view word) const {
    return runner.has(packages_, word);
  }

 private:
  const WordTable& rows_;
  size_t takes_, options_, packages_;
};

// Scripts that are an entrypoint by their name and place, though nothing in the repository says who runs them.
enum class ScriptName : uint8_t { Other, Start, PerhapsStart };

class Entrypoints {
 public:
  explicit Entrypoints(const Vocabulary& vocabulary);
  ScriptName of(std::string_view path, std::string_view component_root) const;

 private:
  const WordTable& rows_;
  size_t start_;
  const WordSet &folders_, &trees_;
};

struct ModelWords {
  // Throws std::logic_error when a set or table is missing, or a row says what there is not. The vocabulary outlives
  // this.
  explicit ModelWords(const Vocabulary& words);
  ModelWords(const ModelWords&) = delete;
  ModelWords& operator=(const ModelWords&) = delete;

  const Vocabulary& vocabulary;  // for what only one part of the model asks
  PathRoles roles;
  OwnWords own_words;
  UnreadLanguages unread_languages;
  const WordSet& other_extensions;  // in lower case, of files that no rule asks about
  MaskWords masking;
  NamingTexts naming;
  VariableTexts variable_texts;
  // Of components, by the names of files.
  const WordSet &manifests, &build_files, &image_folders, &app_files, &library_files, &plain_compose_files,
      &deploy_compose_files;
  // Of commands.
  ScriptRunners script_runners;
  Entrypoints entrypoints;
  WordSet shells, interpreters, bundlers, compilers;
  const WordSet &folder_options, &watch_options, &start_scripts, &production_scripts, &admin_task_words,
      &source_folders, &init_folders;
  const WordSet &passing_commands, &one_off_tasks, &one_off_profiles;
};

}  // namespace tfcheck
