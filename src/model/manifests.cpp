#include "model/manifests.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

std::string beside(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

bool exists(const Project& project, std::string_view folder, std::string_view name) {
  return project.find_file(beside(folder, name)) != no_index;
}

bool says(const ProjectFile& file, std::string_view name, std::string_view text) {
  const Fact* entry = find_entry(file, name);
  return entry && entry->value.text == text;
}

bool is_python_library(const ProjectFile& file) {
  return find_entry(file, "project.classifiers") || find_entry(file, "tool.poetry.classifiers") ||
         find_entry(file, "project.urls") || find_entry(file, "tool.poetry.packages");
}

bool is_composer_library(const ProjectFile& file) {
  const Fact* type = find_entry(file, "type");
  // Who says no type makes a library; where apps do not, too, one that stands for other packages is their common root.
  return type ? type->value.text != "project" : find_entry(file, "replace") != nullptr;
}

bool has_commit(std::string_view reference) {
  return reference.size() >= 7 && reference.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// A reference of a repository that can move: none, or a name without a digit.
bool is_moving(std::string_view reference) {
  if (has_commit(reference) || reference.starts_with("semver:")) return false;
  return reference.find_first_of("0123456789") == std::string_view::npos;
}

bool pypi_open(std::string_view text) {
  if (text.empty() || text == "*") return true;
  if (text.find("://") != std::string_view::npos) {
    size_t path = text.find('/', text.find("://") + 3);
    size_t at = path == std::string_view::npos ? path : text.find('@', path);
    if (!text.starts_with("git+") && text.find(".git") == std::string_view::npos) return false;
    return at == std::string_view::npos || is_moving(before_first(text.substr(at + 1), '#'));
  }
  for (std::string_view bound : {"==", "<", "~=", "^"}) {
    if (text.find(bound) != std::string_view::npos) return false;
  }
  return text.starts_with('>') || text.starts_with('!');
}

bool composer_open(std::string_view text) {
  text = before_first(text, ' ');
  if (text.empty() || text == "*" || text.starts_with("@")) return true;
  if (text.starts_with("dev-")) return text.find('#') == std::string_view::npos;
  return text.starts_with('>') && text.find('<') == std::string_view::npos;
}

bool maven_open(std::string_view text) {
  return text == "LATEST" || text == "RELEASE" || text.ends_with(",)") || text.ends_with(",]");
}

}  // namespace

const Fact* find_entry(const ProjectFile& file, std::string_view name) {
  if (!file.facts) return nullptr;
  for (const Fact& fact : file.facts->facts()) {
    if (fact.kind == FactKind::Entry && fact.name == name) return &fact;
  }
  return nullptr;
}

ManifestPlaces::ManifestPlaces(const ProjectView& view)
    : view_(view),
      project_(view.project),
      app_files_(view.set("app-file")),
      npm_local_(view.set("npm-local")),
      showcases_(view.set("showcase-program")) {
  const WordTable &known = view.table("locked-manifest"), &managers = view.table("manager");
  size_t tool = known.column("tool"), ecosystem = known.column("ecosystem"), workspace = known.column("workspace");
  size_t of = managers.column("ecosystem"), locks = managers.column("locks");
  for (const WordTable::Row& row : known.rows()) {
    Manifest& made = manifests_.emplace_back();
    made = {row.one(0), row.one(tool), {}, row.one(workspace)};
    for (const WordTable::Row& manager : managers.rows()) {
      if (manager.one(of) == row.one(ecosystem))
        made.locks.insert(made.locks.end(), manager.all(locks).begin(), manager.all(locks).end());
    }
  }
  for (const ProjectFile& file : project_.files) {
    if (file.path.ends_with(".gemspec")) gem_folders_.insert(dir_name(file.path));
    note_package(file);
  }
}

void ManifestPlaces::note_package(const ProjectFile& file) {
  std::string_view format = file.format();
  if (!file.facts || (format != "go-mod" && format != "npm-package")) return;
  const Fact* name = find_entry(file, format == "go-mod" ? "module" : "name");
  if (name && name->value.is(ValueKind::String)) own_.emplace(format, name->value.text);
}

bool ManifestPlaces::is_local(const ProjectFile& file, const Fact& dependency) const {
  return own_.contains({file.format(), dependency.name});
}

bool ManifestPlaces::is_npm_library(const ProjectFile& file) const {
  if (says(file, "private", "true")) return false;
  bool published = find_entry(file, "publishConfig") || find_entry(file, "files") || find_entry(file, "exports") ||
                   find_entry(file, "peerDependencies");
  if (!published || !find_entry(file, "name") || !find_entry(file, "version")) return false;
  // A package may start the tool that shows it to its developers.
  const Fact* start = find_entry(file, "scripts.start");
  if (!start) return true;
  std::vector<std::string_view> words = split_words(start->value.text);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return showcases_.contains(word); });
}

const Manifest* ManifestPlaces::manifest_of(const ProjectFile& file) const {
  std::string_view format = file.format();
  auto found = std::find_if(manifests_.begin(), manifests_.end(),
                            [&](const Manifest& manifest) { return manifest.format == format; });
  return found == manifests_.end() ? nullptr : &*found;
}

bool ManifestPlaces::is_app_folder(std::string_view folder) const {
  auto lies_there = [&](const std::string& name) { return exists(project_, folder, name); };
  return std::any_of(app_files_.patterns().begin(), app_files_.patterns().end(), lies_there) ||
         lies_there("server.js") || lies_there("main.py") || lies_there("app.py");
}

bool ManifestPlaces::is_workspace_root(std::string_view folder, const Manifest& manifest) {
  auto [place, fresh] = roots_.try_emplace({folder, manifest.format}, false);
  if (fresh) place->second = is_workspace_root_by_files(folder, manifest);
  return place->second;
}

bool ManifestPlaces::is_workspace_root_by_files(std::string_view folder, const Manifest& manifest) const {
  static constexpr std::string_view marks[] = {"pnpm-workspace.yaml", "lerna.json", "nx.json", "rush.json",
                                               "turbo.json"};
  if (std::any_of(std::begin(marks), std::end(marks),
                  [&](std::string_view mark) { return exists(project_, folder, mark); }))
    return true;
  uint32_t above = project_.find_file(beside(folder, manifest.workspace));
  if (above == no_index || !project_.files[above].facts) return above == no_index;
  std::span<const Fact> facts = view_.facts(project_.files[above]);
  return std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
    return fact.kind == FactKind::Entry &&
           (fact.name.starts_with("workspace") || fact.name.starts_with("tool.uv.workspace"));
  });
}

bool ManifestPlaces::is_locked(uint32_t file, const Manifest& manifest) {
  std::string_view own = dir_name(project_.files[file].path);
  for (std::string_view folder = own;; folder = dir_name(folder)) {
    bool found = std::any_of(manifest.locks.begin(), manifest.locks.end(),
                             [&](std::string_view lock) { return exists(project_, folder, lock); });
    if (found && (folder == own || is_workspace_root(folder, manifest))) return true;
    if (folder.empty() || manifest.workspace.empty()) return false;
  }
}

bool ManifestPlaces::is_library(uint32_t index) const {
  const ProjectFile& file = project_.files[index];
  std::string_view folder = dir_name(file.path), format = file.format();
  const Component* component = project_.component_of(index);
  if (component && component->kind == ComponentKind::Library) return true;
  if (format == "composer") return is_composer_library(file);
  if (format == "cargo")
    return exists(project_, folder, "src/lib.rs") && !exists(project_, folder, "src/main.rs") &&
           !exists(project_, beside(folder, "src"), "bin");
  if (is_app_folder(folder)) return false;
  if (format == "npm-package") return is_npm_library(file);
  if (format == "pyproject") return is_python_library(file);
  return format == "gemfile" && gem_folders_.contains(folder);
}

std::string publisher_of(std::span<const Fact> facts, std::string_view format) {
  for (const Fact& fact : facts) {
    if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
    if (format == "composer" && fact.name == "name") return lower(before_first(fact.value.text, '/'));
    if (format != "npm-package" || (fact.name != "repository" && fact.name != "repository.url")) continue;
    size_t host = fact.value.text.find("github.com");
    std::string_view rest = host == std::string_view::npos ? fact.value.text : fact.value.text.substr(host + 11);
    return lower(before_first(rest.starts_with("github:") ? rest.substr(7) : rest, '/'));
  }
  return {};
}

bool is_resolved(const ProjectFile& file, const Fact& dependency) {
  std::string_view format = file.format(), name = dependency.name;
  auto given = [&](std::string_view key) { return static_cast<bool>(argument(dependency.args(), key)); };
  if (given("path") || given("workspace")) return false;
  std::string_view group = argument(dependency.args(), "group").text;
  if (format == "npm-package") return group != "peer";
  if (format == "composer") return name.find('/') != std::string_view::npos;
  if (format == "gemfile") {
    std::string_view source = argument(dependency.args(), "source").text;
    return !source.starts_with('.') && !source.starts_with("vendor") && !source.starts_with("engines");
  }
  return true;
}

bool is_exact(const Fact& dependency) {
  std::string_view text = dependency.value.text;
  if (text.find("://") != std::string_view::npos) return !pypi_open(text);
  if (!text.starts_with("==")) return false;
  return text.find('*') == std::string_view::npos && text.find(',') == std::string_view::npos;
}

bool ManifestPlaces::is_npm_open(std::string_view text) const {
  if (text.empty() || text == "*" || text == "latest" || text == "x" || text == "next") return true;
  if (npm_local_.contains(text)) return false;
  bool repository = text.find("git") == 0 || text.find("://") != std::string_view::npos ||
                    (text.find('/') != std::string_view::npos && text.find(' ') == std::string_view::npos);
  if (repository) {
    size_t hash = text.find('#');
    bool archive = text.find("/archive/") != std::string_view::npos || text.find("/tarball/") != std::string_view::npos;
    return is_moving(hash != std::string_view::npos ? text.substr(hash + 1)
                     : archive                      ? base_name(text)
                                                    : std::string_view{}) &&
           !text.ends_with(".tgz");
  }
  return text.starts_with('>') && text.find('<') == std::string_view::npos;
}

bool ManifestPlaces::is_open(const ProjectFile& file, const Fact& dependency) const {
  const Value& value = dependency.value;
  if (value && !value.is(ValueKind::String) && !value.is(ValueKind::Number)) return false;
  std::string_view format = file.format(), text = trim(value.text);
  if (format == "npm-package") return is_npm_open(text);
  if (format == "composer") return composer_open(text);
  if (format == "maven") return maven_open(text);
  if (format == "msbuild" || format == "nuget") return text == "*";
  if (format == "cargo") return text == "*";
  if (format == "go-mod") return false;
  if (format == "gemfile")
    return text.empty() ? !argument(dependency.args(), "branch")
                        : text.starts_with(">") && text.find('<') == std::string_view::npos;
  return pypi_open(text);
}

}  // namespace tfcheck
