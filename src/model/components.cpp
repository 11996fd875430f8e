// Components: where the repository's deployable parts begin, and what kind each is.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "model/project.h"
#include "model/scope.h"
#include "model/unread_language.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

// Files whose folder is the root of a component.
constexpr std::string_view manifest_names[] = {
    "package.json", "requirements.txt", "pyproject.toml", "setup.py",         "Pipfile",       "Gemfile",
    "go.mod",       "pom.xml",          "build.gradle",   "build.gradle.kts", "composer.json", "*.csproj",
    "*.fsproj",     "*.vbproj",         "Cargo.toml",     "mix.exs",          "gems.rb",       "environment.yml"};
// Files that make a folder with source a component even without a manifest.
constexpr std::string_view deploy_names[] = {"Dockerfile", "Procfile", "Containerfile"};
// Evidence that a component is deployed.
constexpr std::string_view app_names[] = {"Dockerfile",
                                          "Procfile",
                                          "Containerfile",
                                          "docker-compose.yml",
                                          "docker-compose.yaml",
                                          "compose.yml",
                                          "compose.yaml",
                                          "manage.py",
                                          "config.ru",
                                          "artisan",
                                          "wsgi.py",
                                          "asgi.py",
                                          "app.json",
                                          "fly.toml",
                                          "render.yaml",
                                          "app.yaml",
                                          "serverless.yml",
                                          "web.config",
                                          "Web.config",
                                          "appsettings.json",
                                          "application.yml",
                                          "application.properties",
                                          "web.xml",
                                          "uwsgi.ini",
                                          "gunicorn.conf.py",
                                          "supervisord.conf",
                                          "next.config.js",
                                          "nuxt.config.js",
                                          "web.php"};

bool any_match(std::span<const std::string_view> patterns, std::string_view name) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](std::string_view pattern) { return glob_match(pattern, name, '/'); });
}

// The language of program code, also of one that is not read; "" for everything else.
std::string_view source_language(const ProjectFile& file) {
  if ((file.scope & scope::Outside) || file.kind != FileEntry::Kind::Regular) return {};
  if (!file.adapter) return unread_language(file.path);
  return file.adapter->kind == AdapterKind::Code && file.adapter->scan_imports ? file.adapter->name
                                                                               : std::string_view{};
}

bool is_source(const ProjectFile& file) {
  return !source_language(file).empty();
}

// The nearest enclosing root of a path; roots hold "" for the audit's root.
std::string nearest_root(const std::set<std::string>& roots, std::string_view path) {
  for (std::string_view folder = dir_name(path);; folder = dir_name(folder)) {
    if (roots.contains(std::string(folder))) return std::string(folder);
    if (folder.empty()) return {};
  }
}

std::set<std::string> find_roots(const std::vector<ProjectFile>& files) {
  std::set<std::string> roots = {""};
  std::set<std::string> source_folders;
  std::string_view last = "/";
  for (const ProjectFile& file : files) {
    if (!is_source(file) || dir_name(file.path) == last) continue;
    last = dir_name(file.path);
    for (std::string_view folder = last;; folder = dir_name(folder)) {
      if (!source_folders.insert(std::string(folder)).second || folder.empty()) break;
    }
  }
  for (const ProjectFile& file : files) {
    if (file.scope & scope::Outside) continue;
    std::string_view name = base_name(file.path);
    bool root = any_match(manifest_names, name) || any_match(deploy_names, name);
    if (root && source_folders.contains(std::string(dir_name(file.path))))
      roots.insert(std::string(dir_name(file.path)));
  }
  return roots;
}

// A package to publish rather than an app to run; told by names alone, content refines it later.
ComponentKind kind_of(const Project& project, const Component& component) {
  bool source = false, app = false, library = false;
  for (uint32_t index : component.files) {
    const ProjectFile& file = project.files[index];
    if (file.scope & scope::Outside) continue;
    std::string_view name = base_name(file.path);
    source |= is_source(file) || (file.adapter && file.adapter->kind == AdapterKind::Code);
    app |= any_match(app_names, name) && !(file.scope & scope::Development);
    bool top = dir_name(file.path) == component.root;
    library |= top && (name.ends_with(".gemspec") || name == "setup.py" || name == "setup.cfg" ||
                       name == ".npmignore" || name == "MANIFEST.in");
  }
  if (!source) return ComponentKind::Infrastructure;
  return library && !app ? ComponentKind::Library : ComponentKind::App;
}

}  // namespace

void Project::build_components() {
  by_path_.reserve(files.size());
  for (uint32_t i = 0; i < files.size(); ++i) by_path_.emplace(files[i].path, i);
  std::map<std::string, Component> found;
  std::set<std::string> roots = find_roots(files);
  std::vector<Component*> owner(files.size());
  for (uint32_t i = 0; i < files.size(); ++i) {
    bool same_folder = i > 0 && dir_name(files[i].path) == dir_name(files[i - 1].path);
    std::string root = same_folder ? owner[i - 1]->root : nearest_root(roots, files[i].path);
    Component& component = same_folder ? *owner[i - 1] : found[root];
    owner[i] = &component;
    component.root = std::move(root);
    component.files.push_back(i);
    bool own = dir_name(files[i].path) == component.root && !(files[i].scope & scope::Outside);
    if (own && any_match(manifest_names, base_name(files[i].path))) component.manifests.push_back(i);
    if (std::string language(source_language(files[i])); !language.empty()) {
      auto& languages = component.languages;
      if (std::find(languages.begin(), languages.end(), language) == languages.end()) languages.push_back(language);
    }
  }
  for (auto& [root, component] : found) {
    std::sort(component.languages.begin(), component.languages.end());
    component.kind = kind_of(*this, component);
    for (uint32_t i : component.files) files[i].component = static_cast<uint32_t>(components.size());
    components.push_back(std::move(component));
  }
}

}  // namespace tfcheck
