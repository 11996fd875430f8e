// `package` of what code imports although its component has manifests and none of them names it.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "model/declared_packages.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/imported_packages.h"
#include "model/local_modules.h"
#include "model/scope.h"
#include "model/started_files.h"

namespace tfcheck {

namespace {

constexpr size_t most_parts = 5;  // of an import's name that the vocabulary tells apart: google.cloud.storage

class UnlistedImports {
 public:
  UnlistedImports(const WholeProject& view, ComponentManifests& manifests, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        packages_(manifests.packages()),
        manifests_(manifests),
        local_(view, manifests.packages()),
        started_(view.project),
        hosts_(view.set("host-module")),
        lambda_(view.set("lambda-module")),
        tooling_(view.set("tooling-folder")),
        build_files_(view.set("build-configuration")) {}

  void run() {
    for (uint32_t index = 0; index < project_.components.size(); ++index) {
      for (const Language& language : packages_.languages()) {
        if (language.late) component_of(index, language);
      }
    }
  }

 private:
  using Language = ImportedPackages::Language;

  // What an import is of.
  struct Use {
    std::string name;                         // as a sentence says it, and the key of what is said once
    std::span<const std::string> candidates;  // packages that provide it, by the vocabulary
    bool known = false;
  };

  struct Found {
    FactRef at;
    Use use;
  };

  // The row of the longest beginning of an import that the vocabulary knows, which becomes `import`.
  const WordTable::Row* row_of(const WordTable& known, std::string_view& import) const {
    auto separators =
        static_cast<size_t>(std::count_if(import.begin(), import.end(), [](char c) { return c == '.' || c == '/'; }));
    for (;; --separators) {
      view_.count(1);
      const WordTable::Row* row = separators < most_parts ? known.find(import) : nullptr;
      size_t end = import.find_last_of("./");
      if (row || end == std::string_view::npos) return row;
      import = import.substr(0, end);
    }
  }

  Use use_of(const Language& language, std::string_view import) const {
    // A class of no namespace is an alias of the framework's: `use Cache, Hashids`.
    if (language.ecosystem == "packagist" && import.find('.') == std::string_view::npos) return {};
    if (!language.known) return {npm_package_name(import), {}, true};
    std::string_view key = import;
    const WordTable::Row* row = row_of(*language.known, key);
    if (!row) return {packages_.of(language, import), {}, false};
    return {std::string(key), row->all(language.provider), true};
  }

  bool is_local(const Language& language, FactRef at) const {
    std::string_view import = project_.fact(at).name;
    return language.known ? local_.is_local(at.file, language.ecosystem, import)
                          : local_.is_local_node(at.file, import);
  }

  template <typename Test>
  static bool some_name(const Use& use, Test test) {
    if (test(plain_package_name(use.name))) return true;
    return std::any_of(use.candidates.begin(), use.candidates.end(),
                       [&](const std::string& name) { return test(plain_package_name(name)); });
  }

  bool is_declared(const Language& language, const DeclaredPackages& declared, const Use& use) const {
    view_.count(declared.manifests.size() + declared.foreign.size());
    if (some_name(use, [&](const std::string& plain) { return declared.holds(plain); })) return true;
    if (!language.known) {
      std::string scope(before_first(use.name, '/'));  // "@theme/*" of Docusaurus
      return declared.holds(plain_package_name(scope) + "/*") ||
             declared.holds(plain_package_name(types_package(use.name)));
    }
    return is_part_of_name(language, declared, use);
  }

  // "yaml" of "pyyaml", "sidekiq" of "sidekiq-cron", which brings it; of Composer a fork: "shop/fractal".
  static bool is_part_of_name(const Language& language, const DeclaredPackages& declared, const Use& use) {
    std::string_view name = use.name;
    if (language.ecosystem == "packagist") {
      if (use.candidates.empty()) return false;
      name = after_last(use.candidates[0], '/');
    }
    std::string plain = plain_package_name(name);
    plain.erase(std::remove(plain.begin(), plain.end(), '/'), plain.end());
    return declared.has_part(plain);
  }

  // Types alone are gone before the program runs: "@types/express", "@types/acme__mail".
  static std::string types_package(std::string_view name) {
    std::string types = "@types/";
    size_t slash = name.find('/');
    if (!name.starts_with('@') || slash == std::string_view::npos) return types.append(name);
    return types.append(name.substr(1, slash - 1)).append("__").append(name.substr(slash + 1));
  }

  bool is_looked_at(const Language& language, const ProjectFile& file) const {
    constexpr uint32_t elsewhere =
        scope::Development | scope::Outside | scope::Ci | scope::Aside | scope::Editor | scope::Seed;
    if (!is_spoken(language, file) || !file.facts || (file.scope & elsewhere)) return false;
    if (build_files_.contains(base_name(file.path))) return false;
    return !in_folder(file.path, tooling_) || started_.contains(file.path);
  }

  void component_of(uint32_t index, const Language& language) {
    const Component& component = project_.components[index];
    bool spoken = std::any_of(component.files.begin(), component.files.end(),
                              [&](uint32_t file) { return is_looked_at(language, project_.files[file]); });
    if (!spoken) return;
    DeclaredPackages declared = manifests_.of(component, language);
    if (declared.manifest == no_index || !declared.whole) return;
    std::vector<Found> unlisted;
    std::set<std::string> seen;
    size_t listed = 0;
    for (uint32_t file : component.files) {
      if (!is_looked_at(language, project_.files[file])) continue;
      file_of(file, language, [&](FactRef at, Use use) {
        if (seen.contains(use.name)) return;
        bool is_listed = is_declared(language, declared, use);
        if (!is_listed && is_local(language, at)) return;  // beside this file; another may mean the package
        seen.insert(use.name);
        if (is_listed)
          ++listed;
        else
          unlisted.push_back({at, std::move(use)});
      });
    }
    for (const Found& found : unlisted) add_row(language, declared, found, listed < unlisted.size());
  }

  template <typename Visit>
  void file_of(uint32_t index, const Language& language, Visit visit) const {
    std::span<const Fact> facts = view_.facts(project_.files[index]);
    if (declares_itself(facts)) return;
    bool lambda = runs_in_lambda(facts);
    constexpr uint32_t optional = context::InTry | context::InCondition | context::InFunction | context::DevGuard;
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind != FactKind::Import || (facts[i].context.flags & optional)) continue;
      Use use = use_of(language, facts[i].name);
      if (use.name.empty() || hosts_.contains(use.name) || (lambda && lambda_.contains(use.name))) continue;
      visit(FactRef{index, i}, std::move(use));
    }
  }

  void add_row(const Language& language, const DeclaredPackages& declared, const Found& found, bool few) {
    const Use& use = found.use;
    std::string spelled = use.name;
    bool same = use.candidates.empty() || plain_package_name(use.candidates[0]) == plain_package_name(use.name);
    if (!same) spelled.append(" (of ").append(use.candidates[0]).append(")");
    bool elsewhere = some_name(
        use, [&](const std::string& plain) { return manifests_.is_declared_anywhere(language.ecosystem, plain); });
    bool brought = some_name(use, [&](const std::string& plain) { return declared.is_locked(plain); });
    DerivedRow(FactKind::Package, found.at, use.candidates.empty() ? use.name : use.candidates[0])
        .value("unlisted")
        .column("language", language.title)
        .column("manifest", project_.files[declared.manifest].path)
        .column("spelled", spelled)
        .flag("known", use.known)
        .flag("brought", brought)
        .flag("elsewhere", elsewhere)
        .flag("few", few)
        .add_to(facts_, project_);
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  const ImportedPackages& packages_;
  ComponentManifests& manifests_;
  LocalModules local_;
  StartedFiles started_;
  const WordSet &hosts_, &lambda_, &tooling_, &build_files_;
};

}  // namespace

void derive_unlisted(const WholeProject& view, ComponentManifests& manifests, ModelFacts& facts) {
  UnlistedImports(view, manifests, facts).run();
}

}  // namespace tfcheck
