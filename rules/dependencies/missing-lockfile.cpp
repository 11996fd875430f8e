// dependencies/missing-lockfile: an app's manifest whose resolution nothing recorded.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/native.h"
#include "model/manifests.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

std::string_view folder_of(const ProjectFile& file) {
  return dir_name(file.path);
}

class MissingLockfiles {
 public:
  explicit MissingLockfiles(NativeContext& context)
      : context_(context),
        project_(context.project),
        places_(context),
        tool_lists_(context.set("tool-list")),
        brings_along_(context.table("brings-along")),
        brings_(brings_along_.column("brings")) {}

  void run() {
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      if (!context_.looks_at(i) || (file.scope & scope::Development)) continue;
      std::string_view name = base_name(file.path);
      if (name == "mix.exs")
        mix(i, file);
      else if (file.path.ends_with(".tf"))
        terraform(i, file);
      else if (name == "build.gradle" || name == "build.gradle.kts")
        gradle(i, file);
      else if (file.format() == "msbuild" || file.format() == "nuget")
        nuget(i, file);
      else if (const Manifest* manifest = file.facts ? places_.manifest_of(file) : nullptr)
        check(i, file, *manifest);
    }
  }

 private:
  void report(uint32_t file, std::string message, Severity severity) {
    Finding* finding = context_.report(file, {}, std::move(message));
    if (finding) finding->severity = std::min(finding->severity, severity);
  }

  bool exists(std::string_view folder, std::string_view name) const {
    return project_.find_file(folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name)) !=
           no_index;
  }

  void check(uint32_t index, const ProjectFile& file, const Manifest& manifest) {
    size_t app = 0, development = 0;
    for (const Fact& fact : context_.facts(file)) {
      if (fact.kind != FactKind::Dependency || !is_resolved(file, fact)) continue;
      ++(fact.context.has(context::Development) ? development : app);
    }
    if (app + development == 0 || places_.is_locked(index, manifest) || places_.is_library(index)) return;
    if (manifest.format == "requirements") return requirements(index, file);
    if (manifest.format == "pyproject" && is_pinned(file)) return;
    if (manifest.format == "go-mod" && exists(folder_of(file), "vendor/modules.txt")) return;
    if (manifest.format == "pyproject" && has_compiled_list(folder_of(file))) return;
    Severity severity = app == 0 ? Severity::Note : Severity::Warning;
    report(index,
           fmt::format("{} has no lock file: {} may resolve it differently with every build.", base_name(file.path),
                       manifest.tool),
           severity);
  }

  bool is_pinned(const ProjectFile& file) const {
    std::span<const Fact> facts = context_.facts(file);
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

  void requirements(uint32_t index, const ProjectFile& file) {
    std::string_view name = base_name(file.path);
    if (name.starts_with("constraints") || tool_lists_.contains(name)) return;
    if (name.ends_with(".in")) {
      if (exists(folder_of(file), std::string(name.substr(0, name.size() - 3)) + ".txt")) return;
    }
    std::span<const Fact> facts = context_.facts(file);
    bool limited = std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
      return fact.kind == FactKind::Import && fact.context.scope == "-c";
    });
    if (limited || !lists_.insert(std::string(folder_of(file))).second) return;
    if (!is_pinned(file))
      return report(index, fmt::format("{} does not pin every package, and no lock file does.", name),
                    Severity::Warning);
    if (std::string package = missing_company(file); !package.empty()) {
      report(index,
             fmt::format("{} pins direct packages only: what {} brings along is not in it, and no lock file either.",
                         name, package),
             Severity::Note);
    } else {
      lists_.erase(std::string(folder_of(file)));
    }
  }

  // A listed package whose own dependency is not listed, "" when there is none.
  std::string missing_company(const ProjectFile& file) const {
    std::set<std::string, std::less<>> names;
    for (const Fact& fact : context_.facts(file)) {
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

  void mix(uint32_t index, const ProjectFile& file) {
    if (exists(folder_of(file), "mix.lock")) return;
    for (std::string_view folder = folder_of(file); !folder.empty();) {
      folder = dir_name(folder);
      if (exists(folder, "mix.lock")) return;
    }
    report(index, "mix.exs has no mix.lock: Mix may resolve it differently with every build.", Severity::Warning);
  }

  // A root module: it says where its state or its provider is.
  void terraform(uint32_t index, const ProjectFile& file) {
    std::string_view name = base_name(file.path), folder = folder_of(file);
    bool root = name == "backend.tf" || name == "provider.tf" || name == "providers.tf" || name == "terraform.tf";
    bool module = ("/" + std::string(folder) + "/").find("/modules/") != std::string::npos;
    if (!root || module || exists(folder, ".terraform.lock.hcl") || !stacks_.insert(std::string(folder)).second) return;
    report(index, "The Terraform stack has no .terraform.lock.hcl: its providers can change with every init.",
           Severity::Warning);
  }

  void gradle(uint32_t index, const ProjectFile& file) {
    std::string_view folder = folder_of(file);
    bool top = !gradle_;
    gradle_ = true;
    if (!top || exists(folder, "gradle.lockfile") || exists(folder, "buildscript-gradle.lockfile") ||
        exists(folder, "gradle/verification-metadata.xml"))
      return;
    report(index, "Gradle's dependency locking is not used: transitive versions are not recorded.", Severity::Note);
  }

  void nuget(uint32_t index, const ProjectFile& file) {
    if (nuget_ || base_name(file.path) == "packages.config" || !file.facts) return;
    std::span<const Fact> facts = context_.facts(file);
    bool any =
        std::any_of(facts.begin(), facts.end(), [](const Fact& fact) { return fact.kind == FactKind::Dependency; });
    if (!any || !file.path.ends_with("proj")) return;
    nuget_ = true;
    for (const ProjectFile& other : project_.files) {
      if (base_name(other.path) == "packages.lock.json" || base_name(other.path) == "paket.lock") return;
    }
    report(index, "The project has no packages.lock.json: transitive versions are not recorded.", Severity::Note);
  }

  NativeContext& context_;
  const Project& project_;
  ManifestPlaces places_;
  const WordSet& tool_lists_;
  const WordTable& brings_along_;
  size_t brings_;                 // column
  std::set<std::string> lists_;   // folders whose requirements are reported
  std::set<std::string> stacks_;  // folders of Terraform
  bool gradle_ = false;
  bool nuget_ = false;
};

}  // namespace

void rule_dependencies_missing_lockfile(NativeContext& context) {
  MissingLockfiles(context).run();
}

}  // namespace tfcheck
