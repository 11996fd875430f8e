#include "model/local_modules.h"

#include <array>

#include "base/text.h"
#include "model/manifests.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr std::array python_endings = {".py"sv, "/__init__.py"sv, ".pyi"sv, ".so"sv, ".pyx"sv};
constexpr std::array ruby_endings = {".rb"sv};
constexpr std::array resource_endings = {".css"sv, ".scss"sv, ".less"sv, ".svg"sv, ".json"sv};
constexpr std::array node_endings = {".ts"sv,       ".tsx"sv,       ".js"sv,   ".jsx"sv,      ".mjs"sv,
                                     ".vue"sv,      ".svelte"sv,    ".d.ts"sv, ".json"sv,     "/index.ts"sv,
                                     "/index.js"sv, "/index.tsx"sv, ".css"sv,  "/index.jsx"sv};

std::span<const std::string_view> endings_of(std::string_view ecosystem) {
  if (ecosystem == "pypi") return python_endings;
  if (ecosystem == "rubygems") return ruby_endings;
  return {};
}

// Keys under which the names stand that a bundler, a compiler or a test runner replaces.
constexpr std::array alias_keys = {"compilerOptions.paths."sv, "alias."sv, "moduleNameMapper."sv, "_moduleAliases."sv};

// "@app" of "@app/*", "@/" of "^@/(.*)$"; "" where the name begins with a pattern.
std::string_view alias_of(std::string_view name) {
  if (name.starts_with('^')) name.remove_prefix(1);
  return name.substr(0, name.find_first_of("*(\\[$"));
}

}  // namespace

std::string npm_package_name(std::string_view import) {
  if (import.empty() || "./~#$!"sv.find(import[0]) != std::string_view::npos) return {};
  size_t end = import.find('/');
  if (import[0] == '@') {
    if (end == std::string_view::npos || end == 1 || end + 1 == import.size()) return {};
    end = import.find('/', end + 1);
  }
  std::string name(import.substr(0, end));
  auto ends = [&](std::string_view ending) { return name.ends_with(ending); };
  if (std::any_of(resource_endings.begin(), resource_endings.end(), ends)) return {};
  bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.@/"sv.find(c) != std::string_view::npos;
  });
  return plain ? name : std::string();
}

LocalModules::LocalModules(const ProjectView& view, const ImportedPackages& packages)
    : view_(view), project_(view.project), packages_(packages), node_(view.set("node-builtin")) {
  for (const ProjectFile& file : project_.files) {
    if (file.facts && !(file.scope & scope::Vendored)) note_node(file);
  }
}

void LocalModules::note_node(const ProjectFile& file) {
  std::string_view folder = dir_name(file.path);
  bool manifest = file.format() == "npm-package", compiler = file.format() == "tsconfig";
  for (const Fact& fact : view_.facts(file)) {
    if (fact.kind != FactKind::Entry) continue;
    if (manifest && fact.name == "name") own_.emplace(fact.value.text);
    if (compiler && fact.name == "compilerOptions.baseUrl") bases_[folder].insert(join_path(folder, fact.value.text));
    for (std::string_view key : alias_keys) {
      size_t at = fact.name.find(key);
      bool starts = at != std::string_view::npos && (at == 0 || fact.name[at - 1] == '.');
      if (!starts) continue;
      bool listed = fact.name.ends_with(".find");  // [{ find: "@", replacement: … }]
      std::string_view alias = alias_of(listed ? fact.value.text : fact.name.substr(at + key.size()));
      if (!alias.empty()) aliases_.emplace(alias);
    }
  }
}

// The import, or a beginning of it up to a slash, is one: "money" and "@app/" of "money/format" and "@app/cart".
bool LocalModules::is_alias(std::string_view import) const {
  for (std::string_view name = import;; name = name.substr(0, name.rfind('/'))) {
    view_.count(1);
    if (aliases_.contains(name)) return true;
    size_t slash = name.rfind('/');
    if (slash == std::string_view::npos) return false;
    if (aliases_.contains(name.substr(0, slash + 1))) return true;
  }
}

bool LocalModules::is_module(uint32_t file, std::string_view folder, std::string_view name,
                             std::span<const std::string_view> endings) const {
  std::string path = join_path(folder, name);
  for (std::string_view ending : endings) {
    view_.count(1);
    uint32_t found = project_.find_file(path + std::string(ending));
    if (found != no_index && found != file) return true;
  }
  return false;
}

bool LocalModules::is_local(uint32_t file, std::string_view ecosystem, std::string_view import) const {
  std::string_view name = import.substr(0, import.find_first_of(ecosystem == "rubygems" ? "" : "./"));
  std::span<const std::string_view> endings = endings_of(ecosystem);
  if (endings.empty()) return false;
  for (std::string_view folder = dir_name(project_.files[file].path);; folder = dir_name(folder)) {
    for (std::string_view below : {""sv, "src"sv, "lib"sv, "app"sv}) {
      if (is_module(file, join_path(folder, below), name, endings)) return true;
    }
    if (folder.empty()) return false;
  }
}

bool LocalModules::is_local_node(uint32_t file, std::string_view import) const {
  if (node_.contains(import) || import.find(':') != std::string_view::npos || import.ends_with(".js")) return true;
  if (own_.contains(npm_package_name(import)) || is_alias(import)) return true;
  std::string_view first = before_first(import, '/');
  const Component* component = project_.component_of(file);
  std::string_view root = component ? std::string_view(component->root) : std::string_view{};
  auto holds = [&](std::string_view base) {
    return packages_.has_folder(join_path(base, first)) || is_module(file, base, first, node_endings);
  };
  if (holds(root) || holds(join_path(root, "src"))) return true;
  for (std::string_view folder = dir_name(project_.files[file].path);; folder = dir_name(folder)) {
    if (auto found = bases_.find(folder); found != bases_.end()) {
      for (const std::string& base : found->second) {
        if (holds(base)) return true;
      }
    }
    if (folder.empty()) return false;
  }
}

}  // namespace tfcheck
