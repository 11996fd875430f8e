#include "model/component_uses.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "model/imported_packages.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

// Keys of a manifest that name the package, by its format, and what its names are told apart by.
struct PackageName {
  std::string_view format, key, ecosystem;
};
constexpr PackageName package_names[] = {
    {"npm-package", "name", "npm"},
    {"composer", "name", "packagist"},
    {"maven", "project.artifactId", "jvm"},
    {"cargo", "package.name", "cargo"},
    {"go-mod", "module", "go"},
    {"pyproject", "project.name", "pypi"},
    {"pyproject", "tool.poetry.name", "pypi"},
};

std::string_view ecosystem_of(std::string_view said) {
  return said == "maven" || said == "gradle" ? "jvm"sv : said;
}

// Maven calls a package by its group as well, which a manifest may only inherit.
std::string spelled(std::string_view ecosystem, std::string_view name) {
  if (ecosystem == "pypi") return plain_package_name(name);
  return std::string(ecosystem == "jvm" ? name.substr(name.rfind(':') + 1) : name);
}

// "libs/core-web" of the accessor `projects.libs.coreWeb`.
std::string folder_of_accessor(std::string_view accessor) {
  std::string folder;
  for (char c : accessor) {
    bool upper = std::isupper(static_cast<unsigned char>(c)) != 0;
    if (upper) folder += '-';
    folder += c == '.' ? '/' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return folder;
}

class Uses {
 public:
  explicit Uses(const Project& project) : project_(project) {
    for (uint32_t i = 0; i < project_.components.size(); ++i) {
      by_root_.emplace(project_.components[i].root, i);
      for (uint32_t manifest : project_.components[i].manifests) note_names(project_.files[manifest], i);
    }
  }

  std::vector<ComponentUse> take() {
    for (const ProjectFile& file : project_.files) {
      if (!file.facts || file.component == no_index || (file.scope & (scope::Outside | scope::Vendored))) continue;
      for (const Fact& fact : file.facts->facts()) read(file, fact);
    }
    return std::move(found_);
  }

 private:
  void note_names(const ProjectFile& file, uint32_t component) {
    if (!file.facts) return;
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
      for (const PackageName& row : package_names) {
        if (row.format != file.format() || row.key != fact.name) continue;
        auto [place, fresh] = named_.try_emplace({row.ecosystem, spelled(row.ecosystem, fact.value.text)}, component);
        if (!fresh && place->second != component) place->second = no_index;
      }
    }
  }

  void read(const ProjectFile& file, const Fact& fact) {
    bool development = fact.context.has(context::Development) || (file.scope & scope::Development);
    if (fact.kind == FactKind::Dependency) return add(file, dependency(file, fact), development);
    if (fact.kind == FactKind::Import && file.format() == "go") return add(file, go_module(fact.name), development);
    if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) return;
    if (file.format() == "gradle" && fact.name == "dependencies.project")
      add(file, gradle_project(file, fact.value.text), development);
    if (file.format() == "msbuild" && fact.name == "Project.ItemGroup.ProjectReference.Include")
      add(file, project_reference(file, fact.value.text), development);
  }

  void add(const ProjectFile& file, uint32_t used, bool development) {
    if (used != no_index && used != file.component) found_.push_back({file.component, used, development});
  }

  uint32_t named(std::string_view ecosystem, std::string_view name) const {
    auto found = named_.find({ecosystem, spelled(ecosystem, name)});
    return found == named_.end() ? no_index : found->second;
  }

  uint32_t at(std::string_view folder, std::string_view path) const {
    // Below a folder that no path is in: a path to the root is told from one that climbs out of it.
    constexpr std::string_view above = ":";
    std::string joined = join_path(join_path(above, folder), path);
    if (!joined.starts_with(above)) return no_index;
    auto found = by_root_.find(joined.substr(std::min(joined.size(), above.size() + 1)));
    return found == by_root_.end() ? no_index : found->second;
  }

  // By its path where it has one, `core = { path = "../core" }`, "core": "file:../core"; else by its name.
  uint32_t dependency(const ProjectFile& file, const Fact& fact) const {
    std::string_view group = argument(fact.args(), "group").text;
    if (group == "parent" || group == "workspace" || group == "management") return no_index;
    std::string_view folder = dir_name(file.path);
    if (const Value& path = argument(fact.args(), "path"); path.is(ValueKind::String)) return at(folder, path.text);
    for (std::string_view scheme : {"file:"sv, "link:"sv, "portal:"sv}) {
      if (!fact.value.text.starts_with(scheme)) continue;
      uint32_t local = at(folder, fact.value.text.substr(scheme.size()));
      if (local != no_index) return local;
    }
    return named(ecosystem_of(argument(fact.args(), "ecosystem").text), fact.name);
  }

  // acme.com/core/money is of the module acme.com/core: a work file takes in what no go.mod names.
  uint32_t go_module(std::string_view import) const {
    for (;; import = import.substr(0, import.rfind('/'))) {
      if (uint32_t module = named("go", import); module != no_index) return module;
      if (import.rfind('/') == std::string_view::npos) return no_index;
    }
  }

  uint32_t project_reference(const ProjectFile& file, std::string_view include) const {
    std::string path(include);
    std::replace(path.begin(), path.end(), '\\', '/');
    uint32_t project = project_.find_file(join_path(dir_name(file.path), path));
    return project == no_index ? no_index : project_.files[project].component;
  }

  // ":libs:core" and "libs.core" are called from the folder of the settings, which lies above.
  uint32_t gradle_project(const ProjectFile& file, std::string_view name) const {
    bool is_path = name.starts_with(':');
    std::string path = is_path ? std::string(name.substr(1)) : folder_of_accessor(name);
    std::replace(path.begin(), path.end(), ':', '/');
    for (std::string_view folder = dir_name(file.path);; folder = dir_name(folder)) {
      if (uint32_t found = at(folder, path); found != no_index && found != file.component) return found;
      if (folder.empty()) return no_index;
    }
  }

  const Project& project_;
  std::map<std::pair<std::string_view, std::string>, uint32_t> named_;  // no_index: several are called so
  std::unordered_map<std::string, uint32_t> by_root_;
  std::vector<ComponentUse> found_;
};

using Lists = std::vector<std::vector<uint32_t>>;

// Adds each app to what it reaches; `most` apps a component, so that a walk ends where enough are known.
void add_reached(uint32_t app, const Lists& used, size_t most, Lists& apps) {
  std::vector<uint32_t> open = {app};
  while (!open.empty()) {
    uint32_t next = open.back();
    open.pop_back();
    for (uint32_t one : used[next]) {
      std::vector<uint32_t>& known = apps[one];
      if (known.size() >= most || (!known.empty() && known.back() == app)) continue;
      known.push_back(app);
      open.push_back(one);
    }
  }
}

Lists reached(const Project& project, const std::vector<ComponentUse>& uses, bool development, size_t most) {
  Lists used(project.components.size()), apps(used.size());
  for (const ComponentUse& use : uses) {
    if (development || !use.development) used[use.user].push_back(use.used);
  }
  // Every import of a module is a use.
  for (std::vector<uint32_t>& each : used) {
    std::sort(each.begin(), each.end());
    each.erase(std::unique(each.begin(), each.end()), each.end());
  }
  for (uint32_t i = 0; i < used.size(); ++i) {
    if (project.components[i].kind == ComponentKind::App) add_reached(i, used, most, apps);
  }
  return apps;
}

}  // namespace

std::vector<ComponentUse> component_uses(const Project& project) {
  return Uses(project).take();
}

std::vector<std::vector<uint32_t>> apps_by_use(const Project& project, size_t most) {
  std::vector<ComponentUse> uses = component_uses(project);
  Lists apps = reached(project, uses, false, most);
  Lists tested = reached(project, uses, true, most);
  for (uint32_t i = 0; i < apps.size(); ++i) {
    if (apps[i].empty()) apps[i] = std::move(tested[i]);
  }
  return apps;
}

}  // namespace tfcheck
