// `version` of a framework, where a program of the repository starts it: Spring Boot's, as the build of the program
// takes it, through the parents of its POM, or the plugins and catalogs above its Gradle build.
#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/versions.h"

namespace tfcheck {

namespace {

constexpr std::string_view boot = "org.springframework.boot";
constexpr int most_parents = 10;

bool is_of_boot(std::string_view name) {
  return name.starts_with(boot) && (name.size() == boot.size() || name[boot.size()] == ':');
}

bool is_version(const Value& value) {
  return value.is(ValueKind::String) && !value.text.empty() && is_digits(value.text.substr(0, 1));
}

class BootVersions {
 public:
  explicit BootVersions(const WholeProject& view) : view_(view), project_(view.project) {}

  // "" where nothing here says it.
  const std::string& of(uint32_t component) {
    auto [place, fresh] = known_.try_emplace(component);
    if (!fresh) return place->second;
    const std::string& root = project_.components[component].root;
    uint32_t pom = project_.find_file(join_path(root, "pom.xml"));
    return place->second = pom != no_index ? of_pom(pom) : of_gradle(root);
  }

 private:
  std::string of_pom(uint32_t pom) const {
    for (int depth = 0; depth < most_parents && pom != no_index; ++depth, pom = parent_of(pom)) {
      if (std::string version = said_in(pom); !version.empty()) return version;
    }
    return {};
  }

  // Of the parent or of what is imported, else of any module of it.
  std::string said_in(uint32_t file) const {
    std::string_view found;
    for (const Fact& fact : view_.facts(project_.files[file])) {
      if (fact.kind != FactKind::Dependency || !is_of_boot(fact.name) || !is_version(fact.value)) continue;
      std::string_view group = argument(fact.args(), "group").text;
      if (group == "parent" || group == "management") return std::string(fact.value.text);
      if (found.empty()) found = fact.value.text;
    }
    return std::string(found);
  }

  // The POM that another names as its parent, where it lies in the repository.
  uint32_t parent_of(uint32_t pom) const {
    std::string_view artifact, path = "../pom.xml";
    for (const Fact& fact : view_.facts(project_.files[pom])) {
      if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
      if (fact.name == "project.parent.artifactId") artifact = fact.value.text;
      if (fact.name == "project.parent.relativePath") path = fact.value.text;
    }
    constexpr size_t longest_path = 200;
    if (artifact.empty() || path.empty() || path.size() > longest_path) return no_index;
    std::string place = join_path(dir_name(project_.files[pom].path), path);
    uint32_t parent = project_.find_file(place);
    if (parent == no_index) parent = project_.find_file(join_path(place, "pom.xml"));
    if (parent == no_index || parent == pom) return no_index;
    std::span<const Fact> facts = view_.facts(project_.files[parent]);
    bool named = std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.kind == FactKind::Entry && fact.name == "project.artifactId" && fact.value.text == artifact;
    });
    return named ? parent : no_index;
  }

  // The nearest build, settings, catalog or convention plugins that say it.
  std::string of_gradle(std::string_view folder) const {
    for (;; folder = dir_name(folder)) {
      for (std::string_view name : {"build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts",
                                    "gradle/libs.versions.toml", "buildSrc/build.gradle", "buildSrc/build.gradle.kts",
                                    "build-logic/build.gradle", "build-logic/build.gradle.kts"}) {
        uint32_t file = project_.find_file(join_path(folder, name));
        if (file == no_index) continue;
        std::string version = plugin_in(file);
        if (version.empty()) version = said_in(file);
        if (!version.empty()) return version;
      }
      if (folder.empty()) return {};
    }
  }

  // `id("org.springframework.boot") version "3.3.1"`, and in a catalog `boot = { id = …, version.ref = "boot" }`.
  std::string plugin_in(uint32_t file) const {
    std::string_view alias;
    std::span<const Fact> facts = view_.facts(project_.files[file]);
    for (const Fact& fact : facts) {
      if (fact.kind != FactKind::Entry || !fact.name.starts_with("plugins.") || !fact.value.is(ValueKind::String))
        continue;
      if (fact.name.substr(8) == boot && is_version(fact.value)) return std::string(fact.value.text);
      std::string_view text = fact.value.text;
      if (is_of_boot(text) && text.size() > boot.size() + 1) return std::string(text.substr(boot.size() + 1));
      if (fact.name.ends_with(".id") && text == boot) alias = fact.name.substr(0, fact.name.size() - 3);
    }
    if (alias.empty()) return {};
    std::string reference;
    for (const Fact& fact : facts) {
      if (fact.kind != FactKind::Entry || !fact.name.starts_with(alias)) continue;
      std::string_view key = fact.name.substr(alias.size());
      if (key == ".version" && is_version(fact.value)) return std::string(fact.value.text);
      if (key == ".version.ref") reference = "versions." + std::string(fact.value.text);
    }
    auto said = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.kind == FactKind::Entry && fact.name == reference && is_version(fact.value);
    });
    return said == facts.end() ? std::string() : std::string(said->value.text);
  }

  const WholeProject& view_;
  const Project& project_;
  std::map<uint32_t, std::string> known_;  // by component
};

}  // namespace

void derive_frameworks(const WholeProject& view, ModelFacts& facts) {
  BootVersions versions(view);
  const Project& project = view.project;
  view.for_each(FactKind::Call, [&](FactRef ref, const Fact& fact) {
    uint32_t component = project.files[ref.file].component;
    if (component == no_index || !fact.name.ends_with("SpringApplication.run")) return;
    const std::string& version = versions.of(component);
    if (version.empty()) return;
    DerivedRow(FactKind::VersionUse, ref, "spring-boot")
        .value(version)
        .column("role", framework_role)
        .add_to(facts, project);
  });
}

}  // namespace tfcheck
