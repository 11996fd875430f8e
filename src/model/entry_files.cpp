#include "model/entry_files.h"

#include <algorithm>

#include "base/text.h"
#include "model/runtimes.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t most_words = 64;       // of a command that are looked at
constexpr size_t most_namesakes = 100;  // files of one name, beyond which a suffix tells nothing

bool is_source(const ProjectFile& file) {
  return file.kind == FileEntry::Kind::Regular && is_program(file) && !(file.scope & scope::Vendored);
}

bool ends_with_path(std::string_view path, std::string_view tail) {
  return path.ends_with(tail) && (path.size() == tail.size() || path[path.size() - tail.size() - 1] == '/');
}

// What a server loads: "shop.wsgi:app", "shop.wsgi", "shop/wsgi.py:create_app()".
std::string_view target_of(std::string_view word) {
  return before_first(before_first(word, ':'), '(');
}

bool is_module(std::string_view word) {
  return !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") ==
                              std::string_view::npos;
}

}  // namespace

EntryFiles::EntryFiles(const ProjectView& view)
    : view_(view),
      project_(view.project),
      runners_(view.table("runner")),
      ending_(runners_.column("ending")),
      module_(runners_.column("module-option")),
      takes_(runners_.column("takes")),
      hands_(runners_.column("loads")) {
  for (uint32_t i = 0; i < project_.files.size(); ++i) {
    if (is_source(project_.files[i])) by_name_[base_name(project_.files[i].path)].push_back(i);
  }
}

void EntryFiles::add_module(std::string_view module, bool direct, std::vector<Named>& out) const {
  if (!is_module(module)) return;
  std::string path(module);
  std::replace(path.begin(), path.end(), '.', '/');
  for (std::string_view ending : {".py", "/__main__.py", "/__init__.py"})
    out.push_back({path + std::string(ending), direct});
}

std::vector<EntryFiles::Named> EntryFiles::named_by(const Fact& command) const {
  std::vector<Named> found;
  std::string_view spelled = argument(command.args(), "path").text;
  if (spelled.empty()) spelled = command.name;
  if (base_name(spelled).find('.') != std::string_view::npos || spelled.find('/') != std::string_view::npos)
    found.push_back({std::string(spelled), true});
  const WordTable::Row* runner = runners_.find(command.name);
  if (!runner) return found;
  std::span<const Arg> args = command.args();
  for (size_t i = 0; i < std::min(args.size(), most_words); ++i) {
    std::string_view word = args[i].value.text;
    if (!args[i].name.empty() || word.empty()) continue;
    if (runner->has(module_, word)) {
      if (i + 1 < args.size()) add_module(args[i + 1].value.text, true, found);
      return found;
    }
    if (runner->has(takes_, word)) {
      ++i;
      continue;
    }
    if (word.starts_with('-')) continue;
    if (runner->one(hands_) == "module") {
      std::string_view target = target_of(word);
      if (target.find('/') == std::string_view::npos) add_module(target, false, found);
      if (target.ends_with(".py")) found.push_back({std::string(target), false});
      if (!found.empty()) return found;
      continue;
    }
    found.push_back({std::string(word), true});
    for (const std::string& ending : runner->all(ending_)) {
      if (!word.ends_with(ending)) found.push_back({std::string(word) + ending, true});
    }
    return found;
  }
  return found;
}

// The one file of a component (of the repository: no_index) whose path ends so.
uint32_t EntryFiles::only_file(uint32_t component, std::string_view path) const {
  auto found = by_name_.find(base_name(path));
  if (found == by_name_.end() || found->second.size() > most_namesakes) return no_index;
  uint32_t only = no_index;
  for (uint32_t file : found->second) {
    view_.count(1);
    if (component != no_index && project_.files[file].component != component) continue;
    if (!ends_with_path(project_.files[file].path, path)) continue;
    if (only != no_index) return no_index;
    only = file;
  }
  return only;
}

uint32_t EntryFiles::find(FactRef command, std::string_view path) const {
  while (path.starts_with("./")) path.remove_prefix(2);
  if (path.empty() || path.find_first_of("$*{") != std::string_view::npos) return no_index;
  if (!by_name_.contains(base_name(path))) return no_index;
  const ProjectFile& owner = project_.files[command.file];
  if (!path.starts_with('/')) {
    const Component* component = project_.component_of(command.file);
    for (const std::string& base :
         {std::string(project_.places().folder(project_, command)), std::string(dir_name(owner.path)),
          component ? component->root : std::string(), std::string()}) {
      uint32_t file = project_.find_file(join_path(base, path));
      if (file != no_index && is_source(project_.files[file])) return file;
    }
  }
  // Images copy sources to other places: as much of the path as some file ends with.
  for (std::string_view rest = path.substr(path.starts_with('/') ? 1 : 0);;) {
    uint32_t file = owner.component == no_index ? no_index : only_file(owner.component, rest);
    if (file == no_index) file = below(command, rest);
    size_t slash = rest.find('/');
    if (file != no_index || slash == std::string_view::npos || !path.starts_with('/')) return file;
    rest.remove_prefix(slash + 1);
  }
}

// A deploy file above the app's own folder names the only file of that name.
uint32_t EntryFiles::below(FactRef command, std::string_view path) const {
  uint32_t file = only_file(no_index, path);
  if (file == no_index) return no_index;
  std::string_view folder = dir_name(project_.files[command.file].path);
  bool inside = folder.empty() || project_.files[file].path.starts_with(std::string(folder) + "/");
  return inside ? file : no_index;
}

EntryFile EntryFiles::of(FactRef command) const {
  for (const Named& named : named_by(project_.fact(command))) {
    if (uint32_t file = find(command, named.path); file != no_index) return {file, named.direct};
  }
  return {};
}

}  // namespace tfcheck
