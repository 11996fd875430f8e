#include "model/built_files.h"

#include <algorithm>

#include "base/text.h"
#include "model/manifests.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

std::string beside(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

// "base/scss" of "base/css/main.css": the folder of sources beside one that is called after what they become; else the
// file's own.
std::string twin_folder(std::string_view path, std::string_view source) {
  std::string_view folder = dir_name(path);
  return base_name(folder) == after_last(path, '.') ? beside(dir_name(folder), source) : std::string(folder);
}

// "public/css" of "src/scss:public/css".
std::string_view after_or_all(std::string_view text, char separator) {
  return text.substr(text.rfind(separator) + 1);
}

constexpr uint32_t not_ours = scope::Vendored | scope::Test | scope::Documentation | scope::Example;

}  // namespace

bool names_release(std::string_view folder) {
  size_t dash = folder.rfind('-');
  if (dash == std::string_view::npos || dash == 0) return false;
  std::string_view version = folder.substr(dash + 1);
  return version.find('.') != std::string_view::npos && version.find_first_not_of("0123456789.") == version.npos;
}

BuiltFiles::BuiltFiles(const ProjectView& view)
    : view_(view),
      project_(view.project),
      compiled_(view.table("compiled-from")),
      outputs_(view.table("output-folder")),
      manifest_(outputs_.column("manifest")),
      licences_(view.set("licence-file")),
      libraries_(view.set("library-folder")),
      bundlers_(view.set("bundler-config")),
      script_libraries_(view.set("script-library")),
      served_(view.set("served-folder")),
      translations_(view.set("translation-folder")) {
  std::set<std::string_view> endings;
  size_t source = compiled_.column("source");
  for (const WordTable::Row& row : compiled_.rows()) endings.insert(row.all(source).begin(), row.all(source).end());
  for (const Component& component : project_.components) component_roots_.insert(component.root);
  for (uint32_t i = 0; i < project_.files.size(); ++i) {
    const ProjectFile& file = project_.files[i];
    std::string_view name = base_name(file.path);
    if (file.facts && (file.format() == "composer" || file.format() == "npm-package"))
      publishers_.emplace(dir_name(file.path), publisher_of(view.facts(file), file.format()));
    if (licences_.contains(name)) others_.emplace(dir_name(file.path), true);
    if (!file.tracked || (file.scope & not_ours)) continue;
    if (file.facts) note_outputs(file);
    if (name.ends_with(".exe")) programs_.emplace(dir_name(file.path), name.substr(0, name.size() - 4));
    if (file.facts && file.format() == "msbuild") note_project(file);
    bundles_ = bundles_ || bundlers_.contains(name) || (file.format() == "gradle" && makes_scripts(file));
    for (size_t row = 0; row < outputs_.rows().size(); ++row) {
      for (const std::string& manifest : outputs_.rows()[row].all(manifest_)) {
        if (glob_match(manifest, name, '\0')) built_here_.emplace(dir_name(file.path), row);
      }
    }
    if (endings.contains(after_last(name, '.'))) sources_[std::string(name)].push_back(i);
  }
}

uint32_t BuiltFiles::find(std::string_view folder, std::string_view name) const {
  return project_.find_file(beside(folder, name));
}

uint32_t BuiltFiles::source_of(const ProjectFile& file, std::string_view stem, std::span<const std::string> sources,
                               bool anywhere) const {
  for (const std::string& ending : sources) {
    std::string name = std::string(stem) + "." + ending;
    for (const std::string& folder : {std::string(dir_name(file.path)), twin_folder(file.path, ending)}) {
      uint32_t found = find(folder, name);
      if (found != no_index && project_.files[found].tracked) return found;
    }
    auto named = anywhere ? sources_.find(name) : sources_.end();
    if (named == sources_.end()) continue;
    for (uint32_t one : named->second) {
      if (is_output(file, project_.files[one].path)) return one;
    }
  }
  return no_index;
}

// A word of a command, or of what configures a bundler, that could be a path.
void BuiltFiles::note_outputs(const ProjectFile& file) {
  bool config = bundlers_.contains(base_name(file.path));
  for (const Fact& fact : view_.facts(file)) {
    bool builds = fact.kind == FactKind::Command || (config && fact.kind == FactKind::Call);
    for (const Arg& arg : builds ? fact.args() : std::span<const Arg>()) {
      std::string_view word = arg.value.is(ValueKind::String) ? arg.value.text : std::string_view{};
      while (word.starts_with("./")) word.remove_prefix(2);
      while (word.ends_with('/')) word.remove_suffix(1);
      if (word.find_first_of("/.") != std::string_view::npos) outputs_named_.insert(after_or_all(word, ':'));
    }
  }
}

// The folder of sources lies beside the file's, or beside one that holds that; or a build names what it writes. A base
// name alone is that of many.
bool BuiltFiles::is_output(const ProjectFile& file, std::string_view source) const {
  std::string_view folder = dir_name(file.path), package = dir_name(dir_name(source));
  bool sibling = package.empty() || folder == package || folder.starts_with(std::string(package) + "/");
  return sibling || outputs_named_.contains(file.path) || (!folder.empty() && outputs_named_.contains(folder)) ||
         outputs_named_.contains(base_name(file.path)) || project_.find_file(file.path + ".map") != no_index;
}

BuiltFiles::Made BuiltFiles::made(uint32_t index) const {
  const ProjectFile& file = project_.files[index];
  std::string_view name = base_name(file.path), folder = dir_name(file.path);
  if (file.scope & not_ours) return {};
  size_t source = compiled_.column("source"), what = compiled_.column("what"), where = compiled_.column("where");
  for (const WordTable::Row& row : compiled_.rows()) {
    std::string_view ending = row.one(0);
    bool ends =
        name.size() > ending.size() + 1 && name.ends_with(ending) && name[name.size() - ending.size() - 1] == '.';
    if (!ends) continue;
    // Far from its source only what says of itself that it was made.
    bool anywhere = row.one(where) == "anywhere" || find(folder, std::string(name) + ".map") != no_index;
    std::string_view stem = name.substr(0, name.size() - ending.size() - 1);
    uint32_t found = source_of(file, stem, row.all(source), anywhere);
    if (found == no_index || found == index || is_others_package(folder)) continue;
    // The catalogues of all languages are one tree.
    std::string_view tree = folder;
    for (std::string_view at = folder; !at.empty(); at = dir_name(at)) {
      if (translations_.contains(base_name(at))) tree = at;
    }
    return {row.one(what), found, std::string(tree)};
  }
  return {};
}

bool BuiltFiles::is_bundled(uint32_t index) const {
  const ProjectFile& file = project_.files[index];
  bool script = file.path.ends_with(".js") || file.path.ends_with(".css") || file.path.ends_with(".mjs");
  if (!bundles_ || !script || (file.scope & not_ours) || file.path.find(".min.") != std::string::npos) return false;
  uint32_t map = project_.find_file(file.path + ".map");
  return map != no_index && project_.files[map].tracked && !is_others_package(dir_name(file.path));
}

// Its manifest and that of the repository's root name two publishers.
bool BuiltFiles::is_published_by_others(std::string_view folder) const {
  auto its = publishers_.find(folder), ours = publishers_.find(std::string_view{});
  bool known = its != publishers_.end() && ours != publishers_.end() && !its->second.empty() && !ours->second.empty();
  return known && its->second != ours->second;
}

// It, or a folder above it, is one of what a server hands out.
bool BuiltFiles::is_served(std::string_view folder) const {
  while (!folder.empty() && !served_.contains(base_name(folder))) folder = dir_name(folder);
  return !folder.empty();
}

bool BuiltFiles::is_others_package(std::string_view folder) const {
  bool served = is_served(folder);  // a manifest is the package's own, too
  for (; !folder.empty(); folder = dir_name(folder)) {
    if (names_release(base_name(folder)) || libraries_.contains(base_name(folder))) return true;
    bool ours = component_roots_.contains(folder) && !is_published_by_others(folder);
    if (others_.contains(folder) && (served || !ours)) return true;
    if (is_published_by_others(folder) && is_served(dir_name(folder))) return true;
  }
  return false;
}

// What the build of a project is called.
void BuiltFiles::note_project(const ProjectFile& file) {
  std::string_view name = base_name(file.path);
  projects_.insert(name.substr(0, name.rfind('.')));
  for (const Fact& fact : view_.facts(file)) {
    if (fact.name == "Project.PropertyGroup.AssemblyName") projects_.insert(fact.value.text);
  }
}

// A program beside the libraries that it loads, under a name that nothing of the repository has, with none of its
// source.
bool BuiltFiles::is_others_program(std::string_view folder) const {
  auto program = programs_.find(folder);
  return program != programs_.end() && !projects_.contains(program->second) && !component_roots_.contains(folder);
}

// A build of the JVM whose code becomes scripts as well: it brings its own bundler.
bool BuiltFiles::makes_scripts(const ProjectFile& file) const {
  std::span<const Fact> facts = view_.facts(file);
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return fact.kind == FactKind::Dependency && script_libraries_.contains(fact.name);
  });
}

std::string_view BuiltFiles::output_of(std::string_view parent, std::string_view folder,
                                       std::string_view inside) const {
  size_t holds = outputs_.column("holds"), what = outputs_.column("what");
  for (size_t i = 0; i < outputs_.rows().size(); ++i) {
    const WordTable::Row& row = outputs_.rows()[i];
    if (row.one(0) != folder || !built_here_.contains({parent, i})) continue;
    std::span<const std::string> names = row.all(holds);
    bool known = names.empty() || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
                   return glob_match(name, before_first(inside, '/'), '\0');
                 });
    if (known) return row.one(what);
  }
  return {};
}

}  // namespace tfcheck
