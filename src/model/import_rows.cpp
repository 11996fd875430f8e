// `package`: third-party imports in a component that declares none of its language's packages.
#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <unordered_set>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t least_others = 4;  // files of other languages to one of those that only help
constexpr size_t most_names = 30;   // of a path that an import names; a longer one is no package of this repository

class UndeclaredImports {
 public:
  UndeclaredImports(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        hosts_(view.set("host-module")),
        lambda_(view.set("lambda-module")),
        aliases_(view.table("import-name")),
        package_(aliases_.column("package")),
        python_(view.set("python-stdlib")),
        node_(view.set("node-builtin")),
        ruby_(view.set("ruby-stdlib")),
        java_(view.set("java-platform")),
        csharp_(view.set("csharp-package")),
        php_(view.set("php-package")),
        rust_(view.set("rust-own-crate")),
        elixir_(view.set("elixir-package")),
        installers_(view.set("installing-program")) {
    read_languages(view.table("ecosystem"));
    for (const ProjectFile& file : project_.files) note_local(file), note_manifest(file), note_declared(file);
    for (const Component& component : project_.components) roots_.insert(component.root);
  }

  void run() {
    note_running();
    for (const Component& component : project_.components) {
      for (const Language& language : languages_) {
        if (!is_declared(component, language)) component_of(component, language);
      }
    }
  }

 private:
  // The package that an import takes from elsewhere, "" when it is the platform's or the repository's own.
  using PackageOf = std::string (UndeclaredImports::*)(std::string_view import) const;

  // A language whose imports are of packages.
  struct Language {
    std::string_view ecosystem;
    std::string_view title;
    std::span<const std::string> adapters;
    WordSet manifests;  // names of files
    PackageOf package_of;
    bool lists = false;  // requirements/*.txt are manifests, too
  };

  void read_languages(const WordTable& ecosystems) {
    size_t title = ecosystems.column("title"), language = ecosystems.column("language");
    size_t declared = ecosystems.column("declared");
    for (const WordTable::Row& row : ecosystems.rows()) {
      std::string_view name = row.one(0);
      PackageOf package_of = package_of_ecosystem(name);
      if (!package_of || row.all(language).empty()) continue;
      WordSet manifests("declared", ecosystems.file(), row.cells[declared], false);
      languages_.push_back({name, row.one(title), row.all(language), std::move(manifests), package_of, name == "pypi"});
    }
  }

  // Null when the imports of an ecosystem's languages do not tell.
  static PackageOf package_of_ecosystem(std::string_view ecosystem) {
    if (ecosystem == "pypi") return &UndeclaredImports::python_package;
    if (ecosystem == "npm") return &UndeclaredImports::node_package;
    if (ecosystem == "rubygems") return &UndeclaredImports::gem;
    if (ecosystem == "go") return &UndeclaredImports::go_module;
    if (ecosystem == "maven") return &UndeclaredImports::java_package;
    if (ecosystem == "nuget") return &UndeclaredImports::csharp_package;
    if (ecosystem == "packagist") return &UndeclaredImports::php_package;
    if (ecosystem == "crates") return &UndeclaredImports::rust_crate;
    return ecosystem == "hex" ? &UndeclaredImports::elixir_package : nullptr;
  }

  // --- what the repository itself provides ---

  void note_local(const ProjectFile& file) {
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
  void note_ends(std::string_view folder) {
    size_t at = folder.size();
    for (size_t names = 0; names < most_names && at != std::string_view::npos; ++names) {
      at = at == 0 ? std::string_view::npos : folder.rfind('/', at - 1);
      ends_.insert(folder.substr(at == std::string_view::npos ? 0 : at + 1));
    }
  }

  // Some folder of the repository ends a package's path: "com/acme/shop" for com.acme.shop.Cart.
  bool has_folder_like(std::string_view path) const {
    view_.count(1);
    return ends_.contains(path);
  }

  bool is_local_java(std::string_view name) const {
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

  bool is_local_go(std::string_view name) const {
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

  std::string python_package(std::string_view name) const {
    std::string_view first = before_first(name, '.');
    return first.empty() || python_.contains(first) || stems_.contains(first) ? "" : std::string(first);
  }

  std::string node_package(std::string_view name) const {
    if (name.empty() || std::string_view("./~@#$!").find(name[0]) != std::string_view::npos) {
      if (!name.starts_with('@') || name.starts_with("@/") || name.find('/') == std::string_view::npos) return {};
    }
    if (node_.contains(name) || name.find(':') != std::string_view::npos || name.ends_with(".js")) return {};
    std::string_view root = before_first(name, '/');
    return stems_.contains(root) ? "" : std::string(root);
  }

  std::string gem(std::string_view name) const {
    std::string_view root = before_first(name, '/');
    bool local =
        name.starts_with('.') || name.starts_with('/') || stems_.contains(root) || stems_.contains(base_name(name));
    return local || root.empty() || ruby_.contains(name) ? "" : std::string(root);
  }

  std::string go_module(std::string_view name) const {
    bool platform = before_first(name, '/').find('.') == std::string_view::npos;
    return platform || name.starts_with('.') || is_local_go(name) ? "" : std::string(name);
  }

  std::string java_package(std::string_view name) const {
    return java_.contains(name) || is_local_java(name) ? "" : std::string(name);
  }

  std::string csharp_package(std::string_view name) const {
    return csharp_.contains(name) && !stems_.contains(before_first(name, '.')) ? std::string(name) : "";
  }

  std::string php_package(std::string_view name) const {
    if (name.ends_with("vendor/autoload.php"))
      return paths_.contains("vendor/autoload.php") ? "" : "vendor/autoload.php";
    std::string_view first = before_first(name, '.');
    return php_.contains(name) && !stems_.contains(first) ? std::string(first) : "";
  }

  // A path that begins with a type names something of its own file.
  std::string rust_crate(std::string_view name) const {
    std::string_view first = before_first(name, '.');
    bool type = !first.empty() && first[0] >= 'A' && first[0] <= 'Z';
    return first.empty() || type || rust_.contains(first) || stems_.contains(first) ? "" : std::string(first);
  }

  std::string elixir_package(std::string_view name) const {
    std::string_view first = before_first(name, '.');
    return elixir_.contains(first) && !stems_.contains(lower(first)) ? std::string(first) : "";
  }

  // --- components ---

  void note_manifest(const ProjectFile& file) {
    if (file.scope & scope::Vendored) return;
    std::string_view name = base_name(file.path), folder = dir_name(file.path);
    for (const Language& language : languages_) {
      bool list = language.lists && base_name(folder).starts_with("requirements") && name.ends_with(".txt");
      if (list || language.manifests.contains(name)) declared_[language.title].insert(list ? dir_name(folder) : folder);
    }
  }

  // In the component or above it. What stands below belongs to another component, unless no component is there.
  bool is_declared(const Component& component, const Language& language) const {
    auto found = declared_.find(language.title);
    if (found == declared_.end()) return false;
    const std::set<std::string_view>& folders = found->second;
    view_.count(1);
    for (std::string_view folder = component.root;; folder = dir_name(folder)) {
      if (folders.contains(folder)) return true;
      if (folder.empty()) break;
    }
    std::string below = component.root.empty() ? "" : component.root + "/";
    for (auto at = folders.lower_bound(below); at != folders.end() && at->starts_with(below); ++at) {
      view_.count(1);
      if (!roots_.contains(*at)) return true;
    }
    return false;
  }

  // --- what the manifests of neighbours declare: somebody may have installed it from there ---

  static std::string plain_name(std::string_view name) {
    std::string plain;
    for (char c : name) {
      if (c != '-' && c != '_' && c != '.') plain += c;
    }
    return lower(plain);
  }

  void note_declared(const ProjectFile& file) {
    if (!file.facts || (file.scope & scope::Vendored)) return;
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind != FactKind::Dependency) continue;
      std::string_view ecosystem = argument(fact.args(), "ecosystem").text;
      neighbours_[ecosystem].insert(plain_name(fact.name));
    }
  }

  // "yaml" of "PyYAML", "dotenv" of "python-dotenv", "PIL" of "Pillow".
  bool is_known_nearby(std::string_view ecosystem, std::string_view package) const {
    auto found = neighbours_.find(ecosystem);
    if (found == neighbours_.end()) return false;
    constexpr size_t shortest = 3;
    std::string plain = plain_name(package);
    if (const WordTable::Row* row = aliases_.find(package);
        row && found->second.contains(plain_name(row->one(package_))))
      return true;
    if (found->second.contains(plain)) return true;
    view_.count(found->second.size());
    return plain.size() >= shortest &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const std::string& name) { return name.find(plain) != std::string::npos; });
  }

  // The image's build installs packages by name: a declaration of sorts.
  bool is_installed(const Component& component) const {
    for (uint32_t index : component.files) {
      const ProjectFile& file = project_.files[index];
      if (!file.facts || file.format() != "dockerfile") continue;
      for (const Fact& fact : view_.facts(file)) {
        if (fact.kind == FactKind::Command && fact.context.scope == "RUN" && installers_.contains(fact.name))
          return true;
      }
    }
    return false;
  }

  // Languages that something runs, or that serve, by component.
  void note_running() {
    for (uint32_t index = 0; index < project_.files.size(); ++index) {
      for (uint32_t i = project_.own_facts(index); i < project_.fact_count(index); ++i) {
        const Fact& fact = project_.fact({index, i});
        if (fact.kind == FactKind::Server) running_.emplace(project_.files[index].component, language_of(index));
        uint32_t entry = fact.kind == FactKind::Process ? project_.entry_of({index, i}) : no_index;
        if (entry != no_index) running_.emplace(project_.files[entry].component, language_of(entry));
      }
    }
  }

  std::string_view language_of(uint32_t file) const {
    for (const Language& language : languages_) {
      if (is_spoken(language, project_.files[file])) return language.title;
    }
    return {};
  }

  // Whoever runs a notebook has what it imports.
  static bool is_spoken(const Language& language, const ProjectFile& file) {
    return file.adapter && file.format() != "notebook" &&
           std::find(language.adapters.begin(), language.adapters.end(), file.adapter->name) != language.adapters.end();
  }

  // Scripts that somebody runs by hand, beside what the component is made of: nothing starts or serves in their
  // language.
  bool are_helpers(const Component& component, const Language& language) const {
    if (component.files.empty() || running_.contains({project_.files[component.files[0]].component, language.title}))
      return false;
    if (component.kind != ComponentKind::App) return true;
    size_t own = 0, others = 0;
    for (uint32_t index : component.files) {
      const ProjectFile& file = project_.files[index];
      bool code = file.adapter && file.adapter->kind == AdapterKind::Code && file.adapter->scan_imports;
      if (!code || (file.scope & (scope::Outside | scope::Development | scope::Ci))) continue;
      ++(is_spoken(language, file) ? own : others);
    }
    view_.count(component.files.size());
    return own * least_others < others;
  }

  // Its header names its packages: PEP 723, //DEPS, bundler/inline, Mix.install.
  static bool declares_itself(std::span<const Fact> facts) {
    return std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
      bool inlines = fact.name == "bundler/inline" || fact.name == "Mix.install";
      return fact.kind == FactKind::Dependency || (fact.kind == FactKind::Import && inlines);
    });
  }

  // A function that AWS Lambda calls: def lambda_handler(event, context), exports.handler = …
  static bool runs_in_lambda(std::span<const Fact> facts) {
    return std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
      return before_first(fact.context.scope, '.') == "lambda_handler" || fact.name == "exports.handler" ||
             fact.name == "module.exports.handler";
    });
  }

  void component_of(const Component& component, const Language& language) {
    bool installed = is_installed(component);
    bool nearby = declared_.contains(language.title), helper = !nearby && are_helpers(component, language);
    std::set<std::string> packages;
    for (uint32_t index : component.files) {
      const ProjectFile& file = project_.files[index];
      constexpr uint32_t elsewhere = scope::Development | scope::Outside | scope::Ci | scope::Aside;
      if (!is_spoken(language, file) || !file.facts || (file.scope & elsewhere)) continue;
      std::span<const Fact> facts = view_.facts(file);
      if (declares_itself(facts)) continue;
      bool lambda = runs_in_lambda(facts);
      for (uint32_t i = 0; i < facts.size(); ++i) {
        constexpr uint32_t optional = context::InTry | context::InCondition;
        if (facts[i].kind != FactKind::Import || (facts[i].context.flags & optional)) continue;
        std::string package = (this->*language.package_of)(facts[i].name);
        if (lambda && lambda_.contains(package)) continue;
        if (package.empty() || hosts_.contains(package) || !packages.insert(package).second) continue;
        if (nearby && is_known_nearby(language.ecosystem, package)) continue;
        DerivedRow(FactKind::Package, {index, i}, facts[i].name)
            .value("no")
            .column("language", language.title)
            .flag("installed", installed)
            .flag("neighbour", nearby)
            .flag("helper", helper)
            .add_to(facts_, project_);
      }
    }
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  const WordSet &hosts_, &lambda_;
  const WordTable& aliases_;
  size_t package_;
  const WordSet &python_, &node_, &ruby_, &java_, &csharp_, &php_, &rust_, &elixir_;
  const WordSet& installers_;
  std::vector<Language> languages_;
  std::set<std::pair<uint32_t, std::string_view>> running_;          // component, language
  std::map<std::string_view, std::set<std::string_view>> declared_;  // language → folders of its manifests
  std::map<std::string_view, std::set<std::string>> neighbours_;     // ecosystem → packages, without signs
  std::set<std::string_view> roots_;                                 // of components
  std::set<std::string_view> paths_;
  std::set<std::string_view> folders_;         // all folders
  std::unordered_set<std::string_view> ends_;  // of their paths
  std::set<std::string_view> stems_;           // names of folders, and of files without what follows the first dot
};

}  // namespace

void derive_imports(const WholeProject& view, ModelFacts& facts) {
  UndeclaredImports(view, facts).run();
}

}  // namespace tfcheck
