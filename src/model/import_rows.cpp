// `package`: third-party imports in a component that declares none of its language's packages.
#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/imported_packages.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t least_others = 4;  // files of other languages to one of those that only help

class UndeclaredImports {
 public:
  UndeclaredImports(const WholeProject& view, const ImportedPackages& packages, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        hosts_(view.set("host-module")),
        lambda_(view.set("lambda-module")),
        packages_(packages),
        installers_(view.set("installing-program")) {
    for (uint32_t manifest : packages_.manifests()) note_manifest(project_.files[manifest]);
    for (const ProjectFile& file : project_.files) note_declared(file);
    for (const Component& component : project_.components) roots_.insert(component.root);
  }

  void run() {
    note_running();
    for (const Component& component : project_.components) {
      for (const Language& language : packages_.languages()) {
        if (!is_declared(component, language)) component_of(component, language);
      }
    }
  }

 private:
  using Language = ImportedPackages::Language;

  // --- components ---

  void note_manifest(const ProjectFile& file) {
    if (file.scope & scope::Vendored) return;
    for (const Language& language : packages_.languages()) {
      if (auto folder = packages_.declares_for(language, file)) declared_[language.title].insert(*folder);
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

  void note_declared(const ProjectFile& file) {
    if (!file.facts || (file.scope & scope::Vendored)) return;
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind != FactKind::Dependency) continue;
      std::string_view ecosystem = argument(fact.args(), "ecosystem").text;
      neighbours_[ecosystem].insert(plain_package_name(fact.name));
    }
  }

  // "yaml" of "PyYAML", "dotenv" of "python-dotenv", "PIL" of "Pillow".
  bool is_known_nearby(const Language& language, std::string_view package) const {
    auto found = neighbours_.find(language.ecosystem);
    if (found == neighbours_.end()) return false;
    constexpr size_t shortest = 3;
    std::string plain = plain_package_name(package);
    const WordTable::Row* row = language.known ? language.known->find(package) : nullptr;
    std::span<const std::string> providers = row ? row->all(language.provider) : std::span<const std::string>{};
    if (std::any_of(providers.begin(), providers.end(),
                    [&](const std::string& name) { return found->second.contains(plain_package_name(name)); }))
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
    for (const Language& language : packages_.languages()) {
      if (is_spoken(language, project_.files[file])) return language.title;
    }
    return {};
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
        std::string package = packages_.of(language, facts[i].name);
        if (lambda && lambda_.contains(package)) continue;
        if (package.empty() || hosts_.contains(package) || !packages.insert(package).second) continue;
        if (nearby && is_known_nearby(language, package)) continue;
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
  const ImportedPackages& packages_;
  const WordSet& installers_;
  std::set<std::pair<uint32_t, std::string_view>> running_;          // component, language
  std::map<std::string_view, std::set<std::string_view>> declared_;  // language → folders of its manifests
  std::map<std::string_view, std::set<std::string>> neighbours_;     // ecosystem → packages, without signs
  std::set<std::string_view> roots_;                                 // of components
};

}  // namespace

void derive_imports(const WholeProject& view, const ImportedPackages& packages, ModelFacts& facts) {
  UndeclaredImports(view, packages, facts).run();
}

}  // namespace tfcheck
