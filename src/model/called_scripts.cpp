#include "model/called_scripts.h"

#include "base/text.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t longest_folder = 1'000;  // a longer path is no folder of a repository

bool is_word(const Arg& arg) {
  return arg.name.empty() && arg.value.is(ValueKind::String);
}

// Where a command runs: `--prefix X` behind it moves it on from where it begins.
std::string folder_of(const Project& project, FactRef ref) {
  std::string folder(project.places().folder(project, ref));
  const WordSet& options = project.words().folder_options;
  std::span<const Arg> args = project.fact(ref).args();
  for (size_t i = 0; i + 1 < args.size(); ++i) {
    if (!is_word(args[i]) || !is_word(args[i + 1]) || !options.contains(args[i].value.text)) continue;
    std::string_view where = args[i + 1].value.text;
    if (where.starts_with('/') || where.find('$') != std::string_view::npos) continue;
    std::string inner = join_path(folder, where);
    if (!inner.empty() && inner.size() < longest_folder) folder = std::move(inner);
  }
  return folder;
}

// The nearest file of one of these names at or above a folder.
uint32_t manifest_above(const Project& project, std::string_view folder, std::span<const std::string_view> names) {
  for (;; folder = dir_name(folder)) {
    for (std::string_view name : names) {
      uint32_t manifest = project.find_file(join_path(folder, name));
      if (manifest != no_index) return manifest;
    }
    if (folder.empty()) return no_index;
  }
}

// The script that the words of `npm start`, `npm run X`, `yarn X` or `pnpm run X` name, "" for none.
std::string_view npm_script(const ScriptRunners& runners, std::string_view program,
                            std::span<const std::string_view> words) {
  const WordTable::Row* runner = runners.find(program);
  bool tasks = runner && runners.takes(*runner, "task");
  if (!runner || (!tasks && !runners.takes(*runner, "run"))) return {};
  std::string_view first;
  for (size_t i = 0; i < words.size(); ++i) {
    if (runners.is_value_option(*runner, words[i])) ++i;
    if (i >= words.size() || words[i].starts_with('-')) continue;
    if (tasks ? first == "task" : first == "run" || first == "run-script") return words[i];
    if (!first.empty()) break;
    first = words[i];
  }
  if (!tasks && (first == "start" || first == "test")) return first;
  bool named = runners.takes(*runner, "name") && first != "run" && first != "install" && first != "add";
  return named ? first : std::string_view{};
}

// Names of scripts among the words of a runner of several: `run-p build serve`, `concurrently "npm:web" "npm run api"`.
std::vector<std::string> scripts_of_runner(const ScriptRunners& runners, std::string_view program,
                                           std::span<const std::string_view> words) {
  std::vector<std::string> names;
  const WordTable::Row* runner = runners.find(program);
  bool by_name = runner && runners.takes(*runner, "names"), by_command = runner && runners.takes(*runner, "commands");
  if (!by_name && !by_command) return names;
  for (std::string_view word : words) {
    if (word.starts_with('-')) continue;
    if (by_name) names.emplace_back(word);
    if (!by_command) continue;
    std::vector<std::string_view> inner = split_words(word);
    if (word.starts_with("npm:"))
      names.emplace_back(word.substr(4));
    else if (inner.size() > 1)
      names.emplace_back(npm_script(runners, inner[0], std::span(inner).subspan(1)));
  }
  return names;
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
  return project.places().only_script(project, name, ref.file);
}

}  // namespace

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
  const ScriptRunners& runners = project.words().script_runners;
  std::vector<std::string> names = scripts_of_runner(runners, command.name, words);
  if (std::string_view script = npm_script(runners, command.name, words); !script.empty()) names.emplace_back(script);
  std::vector<PackageScript> found;
  if (names.empty()) return found;
  static constexpr std::string_view packages[] = {"package.json"},
                                    tasks[] = {"deno.json", "deno.jsonc", "package.json"};
  bool deno = command.name == "deno";
  uint32_t manifest =
      manifest_above(project, folder_of(project, ref), deno ? std::span<const std::string_view>(tasks) : packages);
  for (std::string& name : names) {
    if (manifest != no_index && project.files[manifest].facts && !name.empty())
      found.push_back({manifest, std::move(name)});
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
