#include "model/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <stdexcept>

#include "base/text.h"

namespace tfcheck {

namespace {

// The number of a column that holds only words which C++ knows.
size_t known_column(const WordTable& table, std::string_view name, std::initializer_list<std::string_view> known) {
  size_t column = table.column(name);
  for (const WordTable::Row& row : table.rows()) {
    for (const std::string& word : row.all(column)) {
      if (std::find(known.begin(), known.end(), word) == known.end())
        throw std::logic_error(fmt::format("{}:{}: '{}' cannot be '{}'", table.file(), row.line, name, word));
    }
  }
  return column;
}

}  // namespace

ScriptRunners::ScriptRunners(const Vocabulary& vocabulary)
    : rows_(vocabulary.table("script-runner")),
      takes_(known_column(rows_, "takes", {"run", "name", "names", "commands", "task", "target", "packages"})),
      options_(rows_.column("value-option")),
      packages_(rows_.column("package-option")) {}

Entrypoints::Entrypoints(const Vocabulary& vocabulary)
    : rows_(vocabulary.table("entrypoint")),
      start_(known_column(rows_, "start", {"always", "inside", "perhaps"})),
      folders_(vocabulary.set("entrypoint-folder")),
      trees_(vocabulary.set("init-tree")) {}

ScriptName Entrypoints::of(std::string_view path, std::string_view component_root) const {
  if (path.ends_with(".s2i/bin/run") || trees_.contains("/" + std::string(path))) return ScriptName::Start;
  std::string_view folder = dir_name(path);
  bool top = folder == component_root;
  bool inside = !top && folders_.contains(base_name(folder)) && dir_name(folder) == component_root;
  if (!top && !inside) return ScriptName::Other;
  const WordTable::Row* row = rows_.find(base_name(path));
  if (!row) return ScriptName::Other;
  std::string_view start = row->one(start_);
  return start == "always" || (inside && start == "inside") ? ScriptName::Start : ScriptName::PerhapsStart;
}

ModelWords::ModelWords(const Vocabulary& words)
    : vocabulary(words),
      roles(vocabulary),
      own_words(vocabulary),
      unread_languages(vocabulary),
      other_extensions(vocabulary.set("other-extension")),
      masking(vocabulary),
      naming(vocabulary),
      variable_texts(vocabulary),
      manifests(vocabulary.set("manifest.file")),
      build_files(vocabulary.set("build-file")),
      image_folders(vocabulary.set("image-folder")),
      app_files(vocabulary.set("app-file")),
      library_files(vocabulary.set("library-file")),
      plain_compose_files(vocabulary.set("plain-compose-file")),
      deploy_compose_files(vocabulary.set("deploy-compose-file")),
      script_runners(vocabulary),
      entrypoints(vocabulary),
      shells(vocabulary.table("program").keys_with("role", "shell")),
      interpreters(vocabulary.table("program").keys_with("role", "interpreter")),
      bundlers(vocabulary.table("program").keys_with("role", "bundler")),
      compilers(vocabulary.table("program").keys_with("role", "compiler")),
      folder_options(vocabulary.set("folder-option")),
      watch_options(vocabulary.set("watch-option")),
      start_scripts(vocabulary.set("start-script")),
      production_scripts(vocabulary.set("production-script")),
      admin_task_words(vocabulary.set("admin-task-word")),
      source_folders(vocabulary.set("source-folder")),
      init_folders(vocabulary.set("init-folder")),
      passing_commands(vocabulary.set("passing-command")),
      one_off_tasks(vocabulary.set("one-off-task")),
      one_off_profiles(vocabulary.set("one-off-profile")) {}

}  // namespace tfcheck
