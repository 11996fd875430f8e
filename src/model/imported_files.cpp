#include "model/imported_files.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/runtimes.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr std::array node_endings = {"",     ".js",  ".ts",       ".mjs",      ".cjs",
                                     ".mts", ".tsx", "/index.js", "/index.ts", "/index.mjs"};
constexpr std::array python_endings = {".py", "/__init__.py"};
constexpr std::array ruby_endings = {".rb", ""};
constexpr std::array php_endings = {""};

std::span<const char* const> endings_of(std::string_view runtime) {
  if (runtime == "node") return node_endings;
  if (runtime == "python") return python_endings;
  if (runtime == "ruby") return ruby_endings;
  return php_endings;
}

// "a/b" of the module "..a.b" of a file in "x/y": "x/a/b".
std::string python_path(std::string_view folder, std::string_view module) {
  size_t dots = 0;
  while (dots < module.size() && module[dots] == '.') ++dots;
  for (size_t up = 1; up < dots; ++up) folder = dir_name(folder);
  std::string path(module.substr(dots));
  std::replace(path.begin(), path.end(), '.', '/');
  return dots ? join_path(folder, path) : path;
}

}  // namespace

ImportedFiles::ImportedFiles(const ProjectView& view) : view_(view), project_(view.project) {
  for (uint32_t i = 0; i < project_.files.size(); ++i) {
    const ProjectFile& file = project_.files[i];
    if (!file.facts || (file.scope & scope::Outside)) continue;
    if (runtime_of(file.format()) == "go") go_folders_[dir_name(file.path)].push_back(i);
    if (file.format() != "go-mod") continue;
    for (const Fact& fact : view.facts(file)) {
      if (fact.kind == FactKind::Entry && fact.name == "module") modules_.emplace(fact.value.text, dir_name(file.path));
    }
  }
}

void ImportedFiles::add(std::string_view base, std::string_view name, std::string_view runtime,
                        std::vector<uint32_t>& out) const {
  std::string path = join_path(base, name);
  for (std::string_view ending : endings_of(runtime)) {
    view_.count(1);
    uint32_t found = project_.find_file(path + std::string(ending));
    if (found != no_index && is_program(project_.files[found])) return out.push_back(found);
  }
  // TypeScript names what its compiler writes.
  if (runtime != "node" || !path.ends_with(".js")) return;
  uint32_t found = project_.find_file(path.substr(0, path.size() - 2) + "ts");
  if (found != no_index) out.push_back(found);
}

// The longest part of the import that is a module's name says where the rest lies.
uint32_t ImportedFiles::go_file(std::string_view import) const {
  for (std::string_view module = import; !module.empty();) {
    if (auto found = modules_.find(module); found != modules_.end()) {
      auto folder = go_folders_.find(join_path(found->second, import.substr(module.size())));
      return folder == go_folders_.end() ? no_index : folder->second.front();
    }
    size_t slash = module.rfind('/');
    module = module.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
  return no_index;
}

std::vector<uint32_t> ImportedFiles::of(uint32_t file, std::string_view import) const {
  const ProjectFile& owner = project_.files[file];
  std::string_view runtime = runtime_of(owner.format());
  std::string_view folder = dir_name(owner.path);
  const Component* component = project_.component_of(file);
  std::string_view root = component ? std::string_view(component->root) : std::string_view{};
  std::vector<uint32_t> found;
  if (runtime == "go") {
    if (uint32_t first = go_file(import); first != no_index) found.push_back(first);
    return found;
  }
  if (runtime == "python") {
    std::string path = python_path(folder, import);
    bool relative = import.starts_with('.');
    std::vector<std::string> bases = {relative ? std::string() : std::string(root)};
    if (!relative) bases.insert(bases.end(), {std::string(folder), join_path(root, "src")});
    for (const std::string& base : bases) {
      add(base, path, runtime, found);
      add(base, dir_name(path), runtime, found);  // `from shop.worker import run`
    }
    return found;
  }
  bool relative = import.starts_with("./") || import.starts_with("../");
  if (relative) add(folder, import, runtime, found);
  if (!relative && runtime == "ruby") {
    for (const std::string& base : {join_path(root, "lib"), std::string(root), std::string(folder)})
      add(base, import, runtime, found);
  }
  if (!relative && runtime == "node" && import.starts_with("@/")) {
    add(join_path(root, "src"), import.substr(2), runtime, found);
    add(root, import.substr(2), runtime, found);
  }
  if (!relative && runtime == "php") add(folder, import, runtime, found);
  return found;
}

std::span<const uint32_t> ImportedFiles::package_of(uint32_t file) const {
  const ProjectFile& owner = project_.files[file];
  if (runtime_of(owner.format()) != "go") return {};
  auto found = go_folders_.find(dir_name(owner.path));
  return found == go_folders_.end() ? std::span<const uint32_t>{} : found->second;
}

}  // namespace tfcheck
