#include "model/imported_packages.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t most_names = 30;  // of a path that an import names; a longer one is no package of this repository

}  // namespace

ImportedPackages::ImportedPackages(const ProjectView& view)
    : view_(view),
      project_(view.project),
      python_(view.set("python-stdlib")),
      node_(view.set("node-builtin")),
      ruby_(view.set("ruby-stdlib")),
      java_(view.set("java-platform")),
      csharp_(view.set("csharp-package")),
      php_(view.set("php-package")),
      rust_(view.set("rust-own-crate")),
      elixir_(view.set("elixir-package")) {
  read_languages(view.table("ecosystem"));
  note_manifests();
  for (const ProjectFile& file : project_.files) note_local(file);
}

// How the imports of an ecosystem's languages name its packages, and the table that knows those which are called
// otherwise.
struct ImportedPackages::Reading {
  std::string_view ecosystem;
  PackageOf package_of;
  std::string_view known = {};
};

constexpr ImportedPackages::Reading ImportedPackages::readings[] = {
    {"pypi", &ImportedPackages::python_package, "python-import"},
    {"npm", &ImportedPackages::node_package},
    {"rubygems", &ImportedPackages::gem, "ruby-import"},
    {"go", &ImportedPackages::go_module},
    {"maven", &ImportedPackages::java_package},
    {"nuget", &ImportedPackages::csharp_package},
    {"packagist", &ImportedPackages::php_package, "php-import"},
    {"crates", &ImportedPackages::rust_crate},
    {"hex", &ImportedPackages::elixir_package, "elixir-import"},
};

void ImportedPackages::read_languages(const WordTable& ecosystems) {
  size_t title = ecosystems.column("title"), language = ecosystems.column("language");
  size_t declared = ecosystems.column("declared"), unread = ecosystems.column("unread");
  size_t fails = ecosystems.column("fails");
  for (const WordTable::Row& row : ecosystems.rows()) {
    std::string_view name = row.one(0);
    const Reading* reading = std::find_if(std::begin(readings), std::end(readings),
                                          [&](const Reading& one) { return one.ecosystem == name; });
    if (reading == std::end(readings) || row.all(language).empty()) continue;
    Language& added = languages_.emplace_back();
    added.ecosystem = name;
    added.title = row.one(title);
    added.adapters = row.all(language);
    added.manifests = WordSet("declared", ecosystems.file(), row.cells[declared], false);
    added.unread = WordSet("unread", ecosystems.file(), row.cells[unread], false);
    if (!reading->known.empty()) added.known = &view_.table(reading->known);
    if (added.known) added.provider = added.known->column("package");
    added.lists = name == "pypi";
    added.late = row.one(fails) == "run";
    added.package_of = reading->package_of;
  }
}

// One question for most files: is it any language's?
void ImportedPackages::note_manifests() {
  std::vector<std::string> all;
  for (const Language& language : languages_) {
    const std::vector<std::string>& names = language.manifests.patterns();
    all.insert(all.end(), names.begin(), names.end());
  }
  WordSet names("declared", "", std::move(all), false);
  for (uint32_t file = 0; file < project_.files.size(); ++file) {
    std::string_view name = base_name(project_.files[file].path);
    bool declares = (name.ends_with(".txt") || names.contains(name)) &&
                    std::any_of(languages_.begin(), languages_.end(), [&](const Language& language) {
                      return declares_for(language, project_.files[file]).has_value();
                    });
    if (declares) manifests_.push_back(file);
  }
}

std::optional<std::string_view> ImportedPackages::declares_for(const Language& language,
                                                               const ProjectFile& file) const {
  std::string_view name = base_name(file.path), folder = dir_name(file.path);
  bool list = language.lists && base_name(folder).starts_with("requirements") && name.ends_with(".txt");
  if (!list && !language.manifests.contains(name)) return std::nullopt;
  return list ? dir_name(folder) : folder;
}

// --- what the repository itself provides ---

void ImportedPackages::note_local(const ProjectFile& file) {
  std::string_view path = file.path;
  paths_.insert(path);
  size_t dot = base_name(path).find('.');
  if (dot != 0) stems_.insert(base_name(path).substr(0, dot));
  for (std::string_view folder = dir_name(path); !folder.empty() && folders_.insert(folder).second;
       folder = dir_name(folder)) {
    stems_.insert(base_name(folder));
    note_ends(folder);
  }
}

// All that a folder's path can end with, from whole names on.
void ImportedPackages::note_ends(std::string_view folder) {
  size_t at = folder.size();
  for (size_t names = 0; names < most_names && at != std::string_view::npos; ++names) {
    at = at == 0 ? std::string_view::npos : folder.rfind('/', at - 1);
    ends_.insert(folder.substr(at == std::string_view::npos ? 0 : at + 1));
  }
}

// Some folder of the repository ends a package's path: "com/acme/shop" for com.acme.shop.Cart.
bool ImportedPackages::has_folder_like(std::string_view path) const {
  view_.count(1);
  return ends_.contains(path);
}

bool ImportedPackages::is_local_java(std::string_view name) const {
  std::string path(name);
  std::replace(path.begin(), path.end(), '.', '/');
  size_t names = static_cast<size_t>(std::count(path.begin(), path.end(), '/')) + 1;
  std::string_view folder = path;
  for (; names > most_names; --names) folder = dir_name(folder);
  // The package, or for a nested or a static import its parent; never just "com".
  for (; names > 1; --names, folder = dir_name(folder)) {
    if (has_folder_like(folder)) return true;
  }
  return name.find('.') == std::string_view::npos;
}

bool ImportedPackages::is_local_go(std::string_view name) const {
  auto names = static_cast<size_t>(std::count(name.begin(), name.end(), '/')) + 1;
  for (std::string_view rest = name; names > 1; --names) {
    rest.remove_prefix(rest.find('/') + 1);
    if (names <= most_names && has_folder_like(rest)) return true;
  }
  std::string_view url = project_.repository.remote_url;
  return !url.empty() &&
         name.find(base_name(url.substr(0, url.size() - (url.ends_with(".git") ? 4 : 0)))) != std::string_view::npos;
}

// --- packages ---

std::string ImportedPackages::python_package(std::string_view name) const {
  std::string_view first = before_first(name, '.');
  return first.empty() || python_.contains(first) || stems_.contains(first) ? "" : std::string(first);
}

std::string ImportedPackages::node_package(std::string_view name) const {
  if (name.empty() || std::string_view("./~@#$!").find(name[0]) != std::string_view::npos) {
    if (!name.starts_with('@') || name.starts_with("@/") || name.find('/') == std::string_view::npos) return {};
  }
  if (node_.contains(name) || name.find(':') != std::string_view::npos || name.ends_with(".js")) return {};
  std::string_view root = before_first(name, '/');
  return stems_.contains(root) ? "" : std::string(root);
}

std::string ImportedPackages::gem(std::string_view name) const {
  std::string_view root = before_first(name, '/');
  bool local =
      name.starts_with('.') || name.starts_with('/') || stems_.contains(root) || stems_.contains(base_name(name));
  return local || root.empty() || ruby_.contains(name) ? "" : std::string(root);
}

std::string ImportedPackages::go_module(std::string_view name) const {
  bool platform = before_first(name, '/').find('.') == std::string_view::npos;
  return platform || name.starts_with('.') || is_local_go(name) ? "" : std::string(name);
}

std::string ImportedPackages::java_package(std::string_view name) const {
  return java_.contains(name) || is_local_java(name) ? "" : std::string(name);
}

std::string ImportedPackages::csharp_package(std::string_view name) const {
  return csharp_.contains(name) && !stems_.contains(before_first(name, '.')) ? std::string(name) : "";
}

std::string ImportedPackages::php_package(std::string_view name) const {
  if (name.ends_with("vendor/autoload.php")) return paths_.contains("vendor/autoload.php") ? "" : "vendor/autoload.php";
  std::string_view first = before_first(name, '.');
  return php_.contains(name) && !stems_.contains(first) ? std::string(first) : "";
}

// A path that begins with a type names something of its own file.
std::string ImportedPackages::rust_crate(std::string_view name) const {
  std::string_view first = before_first(name, '.');
  bool type = !first.empty() && first[0] >= 'A' && first[0] <= 'Z';
  return first.empty() || type || rust_.contains(first) || stems_.contains(first) ? "" : std::string(first);
}

std::string ImportedPackages::elixir_package(std::string_view name) const {
  std::string_view first = before_first(name, '.');
  return elixir_.contains(first) && !stems_.contains(lower(first)) ? std::string(first) : "";
}

bool is_spoken(const ImportedPackages::Language& language, const ProjectFile& file) {
  return file.adapter && file.format() != "notebook" &&
         std::find(language.adapters.begin(), language.adapters.end(), file.adapter->name) != language.adapters.end();
}

bool declares_itself(std::span<const Fact> facts) {
  return std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
    bool inlines = fact.name == "bundler/inline" || fact.name == "Mix.install";
    return fact.kind == FactKind::Dependency || (fact.kind == FactKind::Import && inlines);
  });
}

bool runs_in_lambda(std::span<const Fact> facts) {
  return std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
    return before_first(fact.context.scope, '.') == "lambda_handler" || fact.name == "exports.handler" ||
           fact.name == "module.exports.handler";
  });
}

std::string plain_package_name(std::string_view name) {
  std::string plain;
  for (char c : name) {
    if (c != '-' && c != '_' && c != '.') plain += c;
  }
  return lower(plain);
}

}  // namespace tfcheck
