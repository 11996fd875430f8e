#include "model/called_scripts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t longest_folder = 1'000;  // a longer path is no folder of a repository
constexpr size_t most_members = 200;      // components among which packages that have a script are looked for

bool is_word(const Arg& arg) {
  return arg.name.empty() && arg.value.is(ValueKind::String);
}

// Where a command runs: `--prefix X` behind it moves it on from where it begins.
std::string folder_of(const Project& project, FactRef ref) {
  std::string folder(project.places().folder(project, ref));
  const WordSet& options = project.words().folder_options;
  std::span<const Arg> args = project.fact(ref).args();
  for (size_t i = 0; i < args.size(); ++i) {
    if (!is_word(args[i])) continue;
    std::string_view word = args[i].value.text, option = before_first(word, '=');
    bool behind = option.size() == word.size();
    if (!options.contains(option) || (behind && (i + 1 == args.size() || !is_word(args[i + 1])))) continue;
    std::string_view where = behind ? args[i + 1].value.text : word.substr(option.size() + 1);
    if (where.starts_with('/') || where.find('$') != std::string_view::npos) continue;
    std::string inner = join_path(folder, where);
    if (!inner.empty() && inner.size() < longest_folder) folder = std::move(inner);
  }
  return folder;
}

// The file of one of these names at or above a folder that has a script, else the nearest one.
uint32_t manifest_above(const Project& project, std::string_view folder, std::span<const std::string_view> names,
                        std::string_view script) {
  uint32_t nearest = no_index;
  for (;; folder = dir_name(folder)) {
    for (std::string_view name : names) {
      uint32_t manifest = project.find_file(join_path(folder, name));
      if (manifest == no_index) continue;
      if (script.empty() || project.places().has_script(manifest, script)) return manifest;
      if (nearest == no_index) nearest = manifest;
    }
    if (folder.empty()) return nearest;
  }
}

using Words = std::span<const std::string_view>;

// Programs that run the tasks of a file, by its format and the names that they look for.
struct TaskRunner {
  std::string_view program, format;
  std::array<std::string_view, 4> files;
};
constexpr TaskRunner task_runners[] = {
    {"make", "make", {"GNUmakefile", "makefile", "Makefile"}},
    {"just", "just", {"justfile", "Justfile", ".justfile"}},
    {"task", "taskfile", {"Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "Taskfile.dist.yml"}},
    {"go-task", "taskfile", {"Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "Taskfile.dist.yml"}},
};

Words files_of(std::string_view program) {
  static constexpr std::string_view packages[] = {"package.json"}, composer[] = {"composer.json"},
                                    deno[] = {"deno.json", "deno.jsonc", "package.json"};
  Words tasks = task_files(program);
  if (program == "composer") return composer;
  return !tasks.empty() ? tasks : program == "deno" ? Words(deno) : Words(packages);
}

// What make and just do when nobody asks for anything: their first task.
std::string first_task(const Project& project, uint32_t file) {
  constexpr std::string_view scripts = "scripts.";
  if (file == no_index || !project.files[file].facts) return {};
  for (const Fact& fact : project.files[file].facts->facts()) {
    if (fact.kind == FactKind::Command && fact.context.scope.starts_with(scripts))
      return std::string(fact.context.scope.substr(scripts.size()));
  }
  return {};
}

// What a command asks a runner for: scripts of the nearest package.json, or of a package of the workspace.
struct Asked {
  std::vector<std::string> scripts;
  std::string_view package;
  bool of_all = false;  // of every package that has them
};

// The script that the words of `npm start`, `npm run X`, `yarn X` or `pnpm run X` name, "" for none.
std::string_view npm_script(const ScriptRunners& runners, std::string_view program, Words words) {
  const WordTable::Row* runner = runners.find(program);
  bool tasks = runner && runners.takes(*runner, "task");
  if (!runner || (!tasks && !runners.takes(*runner, "run"))) return {};
  std::string_view first;
  for (size_t i = 0; i < words.size(); ++i) {
    bool takes_next = runners.is_value_option(*runner, words[i]);
    if (takes_next) ++i;
    if (takes_next || words[i].starts_with('-')) continue;
    if (tasks ? first == "task" : first == "run" || first == "run-script") return words[i];
    if (!first.empty()) break;
    first = words[i];
  }
  if (!tasks && (first == "start" || first == "test")) return first;
  bool named = runners.takes(*runner, "name") && first != "run" && first != "install" && first != "add";
  return named ? first : std::string_view{};
}

// What stands behind one of a runner's options, as its next word or behind "="; "" for none.
std::string_view value_of(Words words, const auto& is_option) {
  for (size_t i = 0; i < words.size(); ++i) {
    std::string_view option = before_first(words[i], '=');
    if (!words[i].starts_with('-') || !is_option(option)) continue;
    if (option.size() < words[i].size()) return words[i].substr(option.size() + 1);
    return i + 1 < words.size() ? words[i + 1] : std::string_view{};
  }
  return {};
}

// "web" of the filters "web...", "...^web" and "{apps/web}".
std::string_view filtered(std::string_view filter) {
  constexpr std::string_view signs = "^.{}[]!";
  while (!filter.empty() && signs.find(filter.back()) != std::string_view::npos) filter.remove_suffix(1);
  while (!filter.empty() && signs.find(filter.front()) != std::string_view::npos && !filter.starts_with("./"))
    filter.remove_prefix(1);
  return filter;
}

// `nx run web:start`, `nx run-many --target=start --projects=web`
Asked asked_of_nx(const ScriptRunners& runners, const WordTable::Row& runner, Words words) {
  Asked asked;
  if (words.size() < 2) return asked;
  asked.package = value_of(words, [&](std::string_view word) { return runners.is_package_option(runner, word); });
  std::string_view script = value_of(words, [](std::string_view word) { return word.find("-t") < 2; });
  if (words[0] == "run" && script.empty()) {
    asked.package = before_first(words[1], ':');
    script = words[1].substr(std::min(words[1].size(), asked.package.size() + 1));
  }
  asked.of_all = words[0] == "run-many" && asked.package.empty();
  if (!script.empty() && (asked.of_all || !asked.package.empty())) asked.scripts.emplace_back(script);
  return asked;
}

// `turbo run db:deploy start`, `lerna run start`
std::vector<std::string> asked_of_packages(const ScriptRunners& runners, const WordTable::Row& runner, Words words) {
  std::vector<std::string> scripts;
  bool named = runners.takes(runner, "name");
  for (size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (runners.is_value_option(runner, words[i]))
      ++i;
    else if (words[i] == "run")
      named = true;
    else if (named && !words[i].starts_with('-'))
      scripts.emplace_back(words[i]);
  }
  return scripts;
}

// What a runner is asked for: `npm run X -w web`, `run-p build serve`, `concurrently "npm:web" "npm run api"`.
Asked asked_for(const ScriptRunners& runners, std::string_view program, Words words) {
  Asked asked;
  const WordTable::Row* runner = runners.find(program);
  if (!runner) return asked;
  if (runners.takes(*runner, "target")) return asked_of_nx(runners, *runner, words);
  asked.package =
      filtered(value_of(words, [&](std::string_view word) { return runners.is_package_option(*runner, word); }));
  if (runners.takes(*runner, "packages")) {
    asked.of_all = asked.package.empty();
    asked.scripts = asked_of_packages(runners, *runner, words);
    return asked;
  }
  if (program == "yarn" && words.size() > 2 && words[0] == "workspace") {
    asked.package = words[1];
    words = words.subspan(2);
  }
  bool by_name = runners.takes(*runner, "names"), by_command = runners.takes(*runner, "commands");
  Words all = by_name || by_command ? words : Words{};
  for (size_t i = 0; i < all.size(); ++i) {
    std::string_view word = all[i];
    if (runners.is_value_option(*runner, word)) ++i;
    if (word.starts_with('-') || (by_name && word.find('=') != std::string_view::npos)) continue;
    if (by_name) asked.scripts.emplace_back(word);
    if (!by_command) continue;
    std::vector<std::string_view> inner = split_words(word);
    if (word.starts_with("npm:"))
      asked.scripts.emplace_back(word.substr(4));
    else if (inner.size() > 1)
      asked.scripts.emplace_back(npm_script(runners, inner[0], Words(inner).subspan(1)));
  }
  if (std::string_view script = npm_script(runners, program, words); !script.empty())
    asked.scripts.emplace_back(script);
  return asked;
}

// The package.json of a package of the workspace, by its name or its folder.
uint32_t manifest_of(const Project& project, std::string_view folder, std::string_view package) {
  if (uint32_t named = project.places().package(package); named != no_index) return named;
  for (std::string_view base : {folder, std::string_view{}}) {
    std::string path = join_path(join_path(base, package), "package.json");
    if (uint32_t manifest = project.find_file(path); manifest != no_index && !path.empty()) return manifest;
  }
  return no_index;
}

// The packages below a folder that have a script: those that a runner of a workspace starts it in.
std::vector<uint32_t> members_with(const Project& project, std::string_view folder, std::string_view script) {
  std::vector<uint32_t> members;
  std::span<const Component> components = project.components;
  for (const Component& component : components.first(std::min(components.size(), most_members))) {
    bool below = component.root.size() > folder.size() &&
                 (folder.empty() || (component.root.starts_with(folder) && component.root[folder.size()] == '/'));
    if (!below) continue;
    for (uint32_t manifest : component.manifests) {
      bool counts =
          project.files[manifest].format() == "npm-package" && !(project.files[manifest].scope & scope::Outside);
      if (counts && project.places().has_script(manifest, script)) members.push_back(manifest);
    }
  }
  return members;
}

// `php composer.phar X` is `composer X`: the program and its words.
std::string_view runner_of(const Fact& command, std::vector<std::string_view>& words) {
  bool phar = command.name == "php" && !words.empty() && before_first(base_name(words[0]), '.') == "composer";
  if (!phar) return command.name;
  words.erase(words.begin());
  return "composer";
}

uint32_t find_script(const Project& project, FactRef ref, std::string_view word) {
  while (word.starts_with("./")) word.remove_prefix(2);
  std::string_view name = base_name(word);
  if (name.empty() || name.find('$') != std::string_view::npos) return no_index;
  std::string here = folder_of(project, ref);
  // A bare word is a program of the PATH unless it looks like a script.
  if (word.find('/') == std::string_view::npos && name.find(".sh") == std::string_view::npos &&
      name.find("entrypoint") == std::string_view::npos) {
    uint32_t file = project.find_file(join_path(here, word));
    return is_shell_script(project, file) && file != ref.file ? file : no_index;
  }
  const Component* component = project.component_of(ref.file);
  for (const std::string& base : {here, std::string(dir_name(project.files[ref.file].path)),
                                  component ? component->root : std::string(), std::string()}) {
    uint32_t file = project.find_file(join_path(base, word));
    if (is_shell_script(project, file) && file != ref.file) return file;
  }
  // Images copy scripts to other places: a script of that name that is the only one in the component, or at all.
  uint32_t only = project.places().only_script(project, name, ref.file);
  // … which many install without its ending.
  bool plain = only == no_index && name.ends_with("entrypoint") && name.size() < longest_folder;
  return plain ? project.places().only_script(project, std::string(name) + ".sh", ref.file) : only;
}

}  // namespace

std::span<const std::string_view> task_files(std::string_view program) {
  for (const TaskRunner& runner : task_runners) {
    if (runner.program == program) return runner.files;
  }
  return {};
}

bool holds_tasks(const ProjectFile& file) {
  return std::any_of(std::begin(task_runners), std::end(task_runners),
                     [&](const TaskRunner& runner) { return runner.format == file.format(); });
}

bool is_shell_script(const Project& project, uint32_t file) {
  if (file == no_index) return false;
  const ProjectFile& candidate = project.files[file];
  return candidate.facts && candidate.format() == "shell" && !(candidate.scope & scope::Vendored);
}

std::vector<PackageScript> called_package_scripts(const Project& project, FactRef ref) {
  const Fact& command = project.fact(ref);
  std::vector<std::string_view> words;
  for (const Arg& arg : command.args()) {
    if (is_word(arg)) words.push_back(arg.value.text);
  }
  std::string_view program = runner_of(command, words);
  std::vector<PackageScript> found;
  if (!project.words().script_runners.find(program)) return found;
  Asked asked = asked_for(project.words().script_runners, program, words);
  Words files = files_of(program);
  if (asked.scripts.empty() && !task_files(program).empty())
    asked.scripts.push_back(first_task(project, manifest_above(project, folder_of(project, ref), files, {})));
  if (asked.scripts.empty()) return found;
  std::string folder = folder_of(project, ref);
  // The folder of a package's own script is the package's; where an image's is, only what it copies would tell.
  bool own = project.files[ref.file].format() == "npm-package" || project.files[ref.file].format() == "deno";
  for (std::string& script : asked.scripts) {
    std::vector<uint32_t> members = asked.of_all ? members_with(project, folder, script) : std::vector<uint32_t>{};
    for (uint32_t member : members) found.push_back({member, script});
    if (!members.empty()) continue;
    uint32_t manifest = asked.package.empty()
                            ? manifest_above(project, folder, files, own ? std::string_view{} : script)
                            : manifest_of(project, folder, asked.package);
    if (manifest == no_index || !project.files[manifest].facts || script.empty()) continue;
    // Composer has commands of its own, by whose names no script can be called.
    if (program == "composer" && !project.places().has_script(manifest, script)) continue;
    if (script.find('*') == std::string::npos) {
      found.push_back({manifest, std::move(script)});
      continue;
    }
    for (std::string_view name : project.places().scripts_like(manifest, script))
      found.push_back({manifest, std::string(name)});
  }
  return found;
}

uint32_t called_shell_script(const Project& project, FactRef ref) {
  const Fact& command = project.fact(ref);
  const Value& spelled = argument(command.args(), "path");
  uint32_t found = find_script(project, ref, spelled.is(ValueKind::String) ? spelled.text : command.name);
  if (found != no_index) return found;
  if (!project.words().shells.contains(command.name)) return no_index;
  for (const Arg& arg : command.args()) {
    if (!is_word(arg) || arg.value.text.starts_with('-')) continue;
    return arg.value.text.find(' ') == std::string_view::npos ? find_script(project, ref, arg.value.text) : no_index;
  }
  return no_index;
}

}  // namespace tfcheck
