// `manifest`: lists of dependencies and what records the versions that they resolve to; and `package`: those of them
// whose version is open.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/manifests.h"
#include "model/project_templates.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

std::string_view folder_of(const ProjectFile& file) {
  return dir_name(file.path);
}

class ManifestRows {
 public:
  ManifestRows(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        places_(view),
        templates_(view),
        tool_lists_(view.set("tool-list")),
        tools_(view.set("developer-tool")),
        brings_along_(view.table("brings-along")),
        brings_(brings_along_.column("brings")) {}

  void run() {
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      if (file.scope & scope::Outside) continue;
      if (file.facts && !(file.scope & scope::Ci)) packages(i, file);
      if (file.scope & scope::Development) continue;
      if (is_unread_manifest(i, file)) continue;
      if (const Manifest* manifest = file.facts ? places_.manifest_of(file) : nullptr) list(i, file, *manifest);
    }
  }

 private:
  DerivedRow row(uint32_t file, std::string_view lock, std::string_view tool) const {
    DerivedRow made(FactKind::Manifest, {file, no_index}, base_name(project_.files[file].path));
    made.value(lock).column("tool", tool);
    return made;
  }

  bool exists(std::string_view folder, std::string_view name) const {
    return project_.find_file(folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name)) !=
           no_index;
  }

  // --- lists that an adapter reads ---

  void list(uint32_t index, const ProjectFile& file, const Manifest& manifest) {
    size_t app = 0, development = 0;
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind != FactKind::Dependency || !is_resolved(file, fact) || places_.is_local(file, fact)) continue;
      ++(fact.context.has(context::Development) ? development : app);
    }
    if (app + development == 0) return;
    bool library = places_.is_library(index);
    if (manifest.format == "requirements" && !library && !places_.is_locked(index, manifest))
      return requirements(index, file);
    bool locked = places_.is_locked(index, manifest) || is_settled_elsewhere(file, manifest);
    std::string_view lock = locked ? "present" : templates_.leaves_out_lock(index, manifest) ? "left-out" : "none";
    row(index, lock, manifest.tool)
        .flag("development-only", app == 0 || (manifest.format == "npm-package" && !has_program(folder_of(file))))
        .flag("ignored", !locked && templates_.is_ignored(folder_of(file), manifest))
        .flag("library", library)
        .add_to(facts_, project_);
  }

  // Code lies in a folder or below it; packages that are installed beside data alone are somebody's tools.
  bool has_program(std::string_view folder) {
    if (!program_folders_) {
      program_folders_.emplace();
      for (const ProjectFile& file : project_.files) {
        bool code = (file.adapter && file.adapter->kind == AdapterKind::Code) ||
                    !project_.words().unread_languages.of(file.path).empty();
        if (!code) continue;
        std::string_view up = folder_of(file);
        while (program_folders_->insert(up).second && !up.empty()) up = dir_name(up);
      }
    }
    return program_folders_->contains(folder);
  }

  bool is_settled_elsewhere(const ProjectFile& file, const Manifest& manifest) const {
    if (manifest.format == "go-mod") return exists(folder_of(file), "vendor/modules.txt");
    return manifest.format == "pyproject" && (is_pinned(file) || has_compiled_list(folder_of(file)));
  }

  bool is_pinned(const ProjectFile& file) const {
    std::span<const Fact> facts = view_.facts(file);
    return std::all_of(facts.begin(), facts.end(), [](const Fact& fact) {
      return fact.kind != FactKind::Dependency || fact.context.has(context::Development) || is_exact(fact);
    });
  }

  // pyproject.toml beside a list that pip-compile wrote from it.
  bool has_compiled_list(std::string_view folder) const {
    uint32_t list = project_.find_file(folder.empty() ? "requirements.txt" : std::string(folder) + "/requirements.txt");
    return list != no_index && project_.files[list].facts && is_pinned(project_.files[list]);
  }

  // --- pip: a list that pins everything is its own lock ---

  // A requirements.in that was compiled.
  bool is_compiled(const ProjectFile& file) const {
    return file.path.ends_with(".in") &&
           project_.find_file(file.path.substr(0, file.path.size() - 3) + ".txt") != no_index;
  }

  // A list beside it that pins everything holds all that it asks for.
  bool is_resolved_beside(uint32_t index, const ProjectFile& file) {
    if (!lists_by_folder_) {
      lists_by_folder_.emplace();
      for (uint32_t i = 0; i < project_.files.size(); ++i) {
        const ProjectFile& list = project_.files[i];
        bool known = list.format() == "requirements" && list.facts && !(list.scope & scope::Outside);
        if (known && is_pinned(list)) (*lists_by_folder_)[folder_of(list)].push_back(i);
      }
    }
    auto beside = lists_by_folder_->find(folder_of(file));
    if (beside == lists_by_folder_->end()) return false;
    std::set<std::string> asked = names_of(file);
    size_t looked_at = std::min(beside->second.size(), most_lists_beside);
    return !asked.empty() &&
           std::any_of(beside->second.begin(), beside->second.begin() + static_cast<std::ptrdiff_t>(looked_at),
                       [&](uint32_t other) {
                         std::set<std::string> there = names_of(project_.files[other]);
                         return other != index && std::includes(there.begin(), there.end(), asked.begin(), asked.end());
                       });
  }

  std::set<std::string> names_of(const ProjectFile& file) const {
    std::set<std::string> names;
    for (const Fact& fact : view_.facts(file)) {
      std::string name = lower(fact.name);
      std::replace(name.begin(), name.end(), '_', '-');
      if (fact.kind == FactKind::Dependency) names.insert(std::move(name));
    }
    return names;
  }

  // Another list says which versions it may take.
  bool is_limited(const ProjectFile& file) const {
    std::span<const Fact> facts = view_.facts(file);
    return std::any_of(facts.begin(), facts.end(),
                       [](const Fact& fact) { return fact.kind == FactKind::Import && fact.context.scope == "-c"; });
  }

  void requirements(uint32_t index, const ProjectFile& file) {
    std::string_view name = base_name(file.path);
    if (name.starts_with("constraints") || tool_lists_.contains(name) || is_compiled(file) || is_limited(file) ||
        is_resolved_beside(index, file))
      return;
    std::string folder(folder_of(file));
    if (!lists_.insert(folder).second) return;
    if (!is_pinned(file)) {
      row(index, "open", "pip")
          .flag("bare", any_open(file))
          .flag("development-only", lists_tools_only(file))
          .add_to(facts_, project_);
    } else if (std::string package = missing_company(file); !package.empty()) {
      row(index, "partial", "pip").column("brings", package).add_to(facts_, project_);
    } else {
      row(index, "present", "pip").add_to(facts_, project_);
      lists_.erase(folder);
    }
  }

  bool any_open(const ProjectFile& file) const {
    std::span<const Fact> facts = view_.facts(file);
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.kind == FactKind::Dependency && is_resolved(file, fact) && places_.is_open(file, fact);
    });
  }

  // What builds the documentation, checks or tests the code; nothing that the app imports.
  bool lists_tools_only(const ProjectFile& file) const {
    std::span<const Fact> facts = view_.facts(file);
    return std::none_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.kind == FactKind::Dependency && !tools_.contains(fact.name);
    });
  }

  // A listed package whose own dependency is not listed, "" when there is none.
  std::string missing_company(const ProjectFile& file) const {
    std::set<std::string, std::less<>> names;
    for (const Fact& fact : view_.facts(file)) {
      if (argument(fact.args(), "hash")) return {};
      if (fact.kind == FactKind::Import) return {};  // another list is included; it may hold them
      std::string name = lower(fact.name);
      std::replace(name.begin(), name.end(), '_', '-');
      if (fact.kind == FactKind::Dependency) names.insert(name);
    }
    for (const WordTable::Row& row : brings_along_.rows()) {
      if (names.contains(row.one(0)) && !names.contains(row.one(brings_))) return std::string(row.one(0));
    }
    return {};
  }

  // --- managers whose manifests no adapter reads ---

  bool is_unread_manifest(uint32_t index, const ProjectFile& file) {
    std::string_view name = base_name(file.path);
    if (name == "mix.exs") return mix(index, file), true;
    if (name == "build.gradle" || name == "build.gradle.kts") return gradle(index, file), true;
    if (file.format() == "msbuild" || file.format() == "nuget") return nuget(index, file), true;
    return false;
  }

  // A project that says what it is and takes nothing from elsewhere.
  static bool fetches_nothing(std::span<const Fact> facts) {
    bool named = false;
    for (const Fact& fact : facts) {
      named |= fact.kind == FactKind::Entry && fact.name == "app";
      std::string_view source = argument(fact.args(), "source").text;
      bool local = fact.value.is(ValueKind::Absent) && (source.empty() || source.starts_with('.'));
      if (fact.kind == FactKind::Dependency && !local) return false;
    }
    return named;
  }

  void mix(uint32_t index, const ProjectFile& file) {
    if (fetches_nothing(view_.facts(file))) return;
    bool locked = exists(folder_of(file), "mix.lock");
    for (std::string_view folder = folder_of(file); !locked && !folder.empty();) {
      folder = dir_name(folder);
      locked = exists(folder, "mix.lock");
    }
    row(index, locked ? "present" : "none", "Mix").add_to(facts_, project_);
  }

  bool is_of_app(uint32_t index) const {
    const Component* component = project_.component_of(index);
    return component && component->kind == ComponentKind::App;
  }

  // The build file that stands for the build: an app's where there is one, else the first.
  uint32_t gradle_of_app() const {
    uint32_t first = no_index;
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      bool build = base_name(file.path) == "build.gradle" || base_name(file.path) == "build.gradle.kts";
      if (!build || (file.scope & (scope::Outside | scope::Development))) continue;
      if (is_of_app(i)) return i;
      if (first == no_index) first = i;
    }
    return first;
  }

  void gradle(uint32_t index, const ProjectFile& file) {
    std::string_view folder = folder_of(file);
    if (!gradle_) gradle_ = gradle_of_app();
    if (*gradle_ != index) return;
    bool locked = exists(folder, "gradle.lockfile") || exists(folder, "buildscript-gradle.lockfile") ||
                  exists(folder, "gradle/verification-metadata.xml");
    row(index, locked ? "present" : "none", "Gradle").add_to(facts_, project_);
  }

  // The first .NET project of a server or worker that takes packages, else that of another app; no_index for none.
  uint32_t first_server() const {
    const WordSet& kits = view_.set("app-sdk");
    uint32_t app = no_index;
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      constexpr uint32_t elsewhere = scope::Outside | scope::Development;
      if (file.format() != "msbuild" || !file.facts || (file.scope & elsewhere) || !file.path.ends_with("proj"))
        continue;
      bool serves = false, takes = false;
      for (const Fact& fact : view_.facts(file)) {
        serves |= fact.kind == FactKind::Entry && kits.contains(fact.value.text);
        takes |= fact.kind == FactKind::Dependency;
      }
      if (serves && takes) return i;
      if (app == no_index && is_of_app(i)) app = i;
    }
    return app;
  }

  bool is_class_library(uint32_t index) const {
    const Component* component = project_.component_of(index);
    return component && component->kind == ComponentKind::Library && !component->root.empty();
  }

  void nuget(uint32_t index, const ProjectFile& file) {
    if (nuget_ || base_name(file.path) == "packages.config" || !file.facts || !file.path.ends_with("proj")) return;
    std::span<const Fact> facts = view_.facts(file);
    bool any =
        std::any_of(facts.begin(), facts.end(), [](const Fact& fact) { return fact.kind == FactKind::Dependency; });
    bool tests = std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.kind == FactKind::Dependency && tools_.contains(fact.name);
    });
    // One stands for all: a project that runs, if there is one, never what starts others on a developer's machine.
    if (!first_server_) first_server_ = first_server();
    bool starts_others = std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
      return fact.value.text.starts_with("Aspire.AppHost") || fact.name.starts_with("Aspire.Hosting");
    });
    bool one = *first_server_ == index || (*first_server_ == no_index && any && !is_class_library(index));
    if (tests || starts_others || !one) return;
    nuget_ = true;
    bool locked = std::any_of(project_.files.begin(), project_.files.end(), [](const ProjectFile& other) {
      return base_name(other.path) == "packages.lock.json" || base_name(other.path) == "paket.lock";
    });
    row(index, locked ? "present" : "none", "NuGet").add_to(facts_, project_);
  }

  // --- packages whose version is open ---

  void packages(uint32_t index, const ProjectFile& file) {
    const Manifest* manifest = places_.manifest_of(file);
    bool lockless = file.format() == "maven" || file.format() == "msbuild" || file.format() == "nuget";
    if (!manifest && !lockless) return;
    bool requirements = file.format() == "requirements";
    // Without a lock file that is the finding, once; a list of pip's says it line by line.
    bool unlocked = manifest && !requirements && !places_.is_locked(index, *manifest);
    bool tools = requirements && lists_tools_only(file);
    bool settled =
        manifest && (places_.is_locked(index, *manifest) || places_.is_library(index) ||
                     (requirements && (base_name(file.path).starts_with("constraints") || is_compiled(file) ||
                                       is_limited(file) || is_resolved_beside(index, file))));
    std::span<const Fact> facts = view_.facts(file);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      if (fact.kind != FactKind::Dependency || !is_resolved(file, fact) || !places_.is_open(file, fact) ||
          places_.is_local(file, fact))
        continue;
      DerivedRow(FactKind::Package, {index, i}, fact.name)
          .value("yes")
          .column("takes", fact.value.text.empty() ? "has no version" : fmt::format("takes '{}'", fact.value.text))
          .flag("open")
          .flag("settled", settled)
          .flag("unlocked", unlocked)
          .flag("tools", tools)
          .add_to(facts_, project_);
    }
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  ManifestPlaces places_;
  ProjectTemplates templates_;
  const WordSet &tool_lists_, &tools_;
  const WordTable& brings_along_;
  size_t brings_;  // column
  static constexpr size_t most_lists_beside = 8;
  std::optional<std::map<std::string_view, std::vector<uint32_t>>> lists_by_folder_;  // that pin everything
  std::set<std::string> lists_;                                // folders whose requirements have a row
  std::optional<uint32_t> first_server_;                       // .NET project, once asked for
  std::optional<uint32_t> gradle_;                             // build file, once asked for
  std::optional<std::set<std::string_view>> program_folders_;  // that hold code at any depth, once asked for
  bool nuget_ = false;
};

}  // namespace

void derive_manifests(const WholeProject& view, ModelFacts& facts) {
  ManifestRows(view, facts).run();
}

}  // namespace tfcheck
