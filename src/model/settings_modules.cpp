#include "model/settings_modules.h"

#include <algorithm>

#include "base/text.h"
#include "base/words.h"
#include "model/runtimes.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t most_imports = 40;  // of one module

bool is_code(const ProjectFile& file) {
  return file.facts && file.adapter && file.adapter->kind == AdapterKind::Code;
}

// "settings/common" of settings/common.py, "settings" of settings/__init__.py.
std::string_view module_of(std::string_view path) {
  size_t dot = path.find('.', path.rfind('/') + 1);
  if (dot != std::string_view::npos) path = path.substr(0, dot);
  for (std::string_view whole : {"/__init__", "/index"}) {
    if (path.ends_with(whole)) path.remove_suffix(whole.size());
  }
  return path;
}

// "shop/settings/live" of "shop.settings.live".
std::string as_path(std::string_view module) {
  std::string path(module);
  std::replace(path.begin(), path.end(), '.', '/');
  return path;
}

// Where a module of Python in a folder finds "..base": "" of what leaves the tree.
std::string relative_path(std::string_view folder, std::string_view module) {
  size_t dots = std::min(module.find_first_not_of('.'), module.size());
  for (size_t up = 1; up < dots; ++up) folder = dir_name(folder);
  return join_path(folder, as_path(module.substr(dots)));
}

}  // namespace

SettingsModules::SettingsModules(const ProjectView& view)
    : view_(view),
      variables_(view.set("settings-module-variable")),
      folders_(view.set("environment-folder")),
      stages_(view.set("deployed-stage")) {}

std::vector<uint32_t> SettingsModules::above(uint32_t file) {
  const ProjectFile& base = view_.project.files[file];
  std::vector<uint32_t> above;
  bool started = is_started(file);
  for (std::string_view end = module_of(base.path);;) {
    if (auto at = found().importers.find(end); at != found().importers.end()) {
      for (uint32_t other : at->second) {
        const ProjectFile& owner = view_.project.files[other];
        bool apart = owner.component != base.component && owner.component != no_index && base.component != no_index;
        // What starts with the base itself has nothing above it.
        bool skipped = other == file || apart || (started && !is_started(other));
        if (!skipped) above.push_back(other);
      }
    }
    size_t slash = end.find('/');
    if (slash == std::string_view::npos) break;
    end.remove_prefix(slash + 1);
  }
  std::sort(above.begin(), above.end());
  above.erase(std::unique(above.begin(), above.end()), above.end());
  return above;
}

bool SettingsModules::is_started(uint32_t file) {
  return names(found().started(), module_of(view_.project.files[file].path));
}

bool SettingsModules::names(const Paths& modules, std::string_view path) {
  for (;;) {
    if (modules.contains(path)) return true;
    size_t slash = path.find('/');
    if (slash == std::string_view::npos) return false;
    path.remove_prefix(slash + 1);
  }
}

const SettingsModules::Found& SettingsModules::found() {
  if (found_) return *found_;
  found_.emplace();
  const auto& files = view_.project.files;
  for (const ProjectFile& file : files) {
    if (!(file.scope & (scope::Outside | scope::Development | scope::Ci))) note_started(file, *found_);
  }
  for (uint32_t file = 0; file < files.size(); ++file) {
    if (is_code(files[file]) && is_of_deploy(files[file], *found_)) note_imports(file, *found_);
  }
  return *found_;
}

void SettingsModules::note_started(const ProjectFile& file, Found& into) const {
  for (const Fact& fact : view_.facts(file)) {
    bool entry = fact.kind == FactKind::Entry;
    if ((!entry && fact.kind != FactKind::EnvRead) || !fact.value.is(ValueKind::String)) continue;
    if (!variables_.contains(last_word(fact.name))) continue;
    // manage.py is what developers type.
    if (entry) into.named.insert(as_path(fact.value.text));
    if (!entry && base_name(file.path) != "manage.py") into.fallback.insert(as_path(fact.value.text));
  }
}

// Settings lie among settings, are called after a stage, or are what a deploy names.
bool SettingsModules::is_of_deploy(const ProjectFile& file, const Found& found) const {
  std::string_view runtime = runtime_of(file.format());
  if (runtime != "python" && runtime != "node" && runtime != "php") return false;
  if (file.scope & (scope::Outside | scope::Development)) return false;
  std::string_view module = module_of(file.path), stem = base_name(module);
  std::string name = snake_case(stem);
  std::vector<std::string_view> words = split(name, '_');
  bool stage = std::any_of(words.begin(), words.end(), [&](std::string_view word) { return stages_.contains(word); });
  return stage || folders_.contains(base_name(dir_name(file.path))) ||
         std::any_of(found.started().begin(), found.started().end(),
                     [&](const std::string& one) { return base_name(one) == stem; });
}

void SettingsModules::note_imports(uint32_t file, Found& into) const {
  const ProjectFile& owner = view_.project.files[file];
  bool python = runtime_of(owner.format()) == "python";
  // Also where a build puts the file, as a deploy names it.
  std::vector<std::string> folders = {std::string(dir_name(owner.path))};
  for (const std::string& one : into.started()) {
    if (base_name(one) == base_name(module_of(owner.path))) folders.emplace_back(dir_name(one));
  }
  auto add = [&](std::string path) {
    std::vector<uint32_t>& known = into.importers[std::move(path)];
    if (known.empty() || known.back() != file) known.push_back(file);
  };
  size_t imports = 0;
  for (const Fact& fact : view_.facts(owner)) {
    if (fact.kind != FactKind::Import || ++imports > most_imports) continue;
    std::string_view import = fact.name;
    if (python && !import.starts_with('.')) {
      std::string path = as_path(import);
      if (std::string_view parent = dir_name(path); !parent.empty()) add(std::string(parent));  // `from base import A`
      add(std::move(path));
    } else if (import.starts_with('.')) {
      for (const std::string& folder : folders) {
        std::string path = python ? relative_path(folder, import) : join_path(folder, import);
        if (python && path.find('/') != std::string::npos) add(std::string(dir_name(path)));
        add(python ? std::move(path) : std::string(module_of(path)));
      }
    }
  }
}

}  // namespace tfcheck
