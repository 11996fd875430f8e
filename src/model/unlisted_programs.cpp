// `package` of a program that a process starts, which comes from a package that neither a manifest of its component
// names nor a command installs.
#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/text.h"
#include "model/declared_packages.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/images.h"
#include "model/imported_packages.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

class UnlistedPrograms {
 public:
  UnlistedPrograms(const WholeProject& view, ComponentManifests& manifests, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        packages_(manifests.packages()),
        manifests_(manifests),
        programs_(view.table("packaged-program")),
        ecosystem_(programs_.column("ecosystem")),
        package_(programs_.column("package")),
        installing_(view.set("installing-word")),
        fetching_(view.set("fetching-wrapper")),
        plain_images_(view.set("plain-base-image")) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      for (uint32_t i = project_.own_facts(file); i < project_.fact_count(file); ++i) process({file, i});
    }
  }

 private:
  // The program, or the module that an interpreter runs: `python -m gunicorn`.
  static std::string_view program_of(const Fact& command) {
    const Value& first = argument(command.args(), {}, 0);
    bool module = command.name.starts_with("python") && first.text == "-m";
    return module ? argument(command.args(), {}, 1).text : command.name;
  }

  void process(FactRef ref) {
    const Fact& process = project_.fact(ref);
    if (process.kind != FactKind::Process) return;
    FactRef at = project_.anchor(ref);
    bool others =
        argument(process.args(), "type").text == "service" || argument(process.args(), "development").text == "true";
    if (others || at.fact == no_index) return;
    const Fact& command = project_.fact(at);
    const WordTable::Row* row = programs_.find(program_of(command));
    if (!row || fetching_.contains(argument(command.args(), "wrapper").text)) return;
    uint32_t component = component_of(ref);
    if (component != no_index) program(at, component, program_of(command), *row);
  }

  // Of the file that it runs, else of the only app that its file may start.
  uint32_t component_of(FactRef ref) const {
    uint32_t entry = project_.entry_of(ref);
    if (entry != no_index && project_.files[entry].component != no_index) return project_.files[entry].component;
    std::vector<uint32_t> owners = project_.owners_of(ref.file);
    return owners.size() == 1 ? owners[0] : no_index;
  }

  void program(FactRef at, uint32_t component, std::string_view name, const WordTable::Row& row) {
    const ImportedPackages::Language* language = language_of(row.one(ecosystem_));
    if (!language || !told_.emplace(component, name).second) return;
    DeclaredPackages declared = manifests_.of(project_.components[component], *language);
    if (declared.manifest == no_index || !declared.whole) return;
    std::span<const std::string> candidates = row.all(package_);
    if (candidates.empty()) candidates = row.all(0).subspan(0, 1);
    for (const std::string& candidate : candidates) {
      std::string plain = plain_package_name(candidate);
      // A plug-in brings its program: "django-celery-beat".
      if (declared.holds(plain) || declared.has_part(plain) || is_installed(plain)) return;
    }
    if (has_image_of_its_own(component)) return;
    std::string plain = plain_package_name(candidates[0]);
    std::string spelled(name);
    if (plain != plain_package_name(name)) spelled.append(" (of ").append(candidates[0]).append(")");
    DerivedRow(FactKind::Package, at, candidates[0])
        .value("unlisted")
        .column("language", language->title)
        .column("manifest", project_.files[declared.manifest].path)
        .column("spelled", spelled)
        .flag("program")
        .flag("known")
        .flag("brought", declared.is_locked(plain))
        .flag("elsewhere", manifests_.is_declared_anywhere(language->ecosystem, plain))
        .add_to(facts_, project_);
  }

  const ImportedPackages::Language* language_of(std::string_view ecosystem) const {
    auto found = std::find_if(packages_.languages().begin(), packages_.languages().end(),
                              [&](const ImportedPackages::Language& one) { return one.ecosystem == ecosystem; });
    return found == packages_.languages().end() ? nullptr : &*found;
  }

  // Some command of the repository installs it, or a setting of a tool that does (Ansible's `pip: name: gunicorn`).
  bool is_installed(const std::string& plain) {
    if (!looked_) note_installs();
    return installs_.contains(plain);
  }

  void note_installs() {
    looked_ = true;
    for (const ProjectFile& file : project_.files) {
      if (!file.facts) continue;
      bool deploys = file.format() == "ansible" || file.format() == "cloud-init";
      for (const Fact& fact : view_.facts(file)) {
        if (fact.kind == FactKind::Entry && deploys) note_word(fact.value.text);
        if (fact.kind == FactKind::Command) note_install(fact);
      }
    }
  }

  void note_install(const Fact& command) {
    bool installs = installing_.contains(command.name);
    for (const Arg& arg : command.args()) {
      if (installs) note_word(arg.value.text);
      installs = installs || installing_.contains(arg.value.text);
    }
  }

  void note_word(std::string_view word) {
    constexpr size_t longest = 100;
    if (word.size() <= longest && !word.starts_with('-')) add_name_parts(word, installs_);
  }

  // An image that somebody prepared for the program may hold it.
  bool has_image_of_its_own(uint32_t component) const {
    const Component& one = project_.components[component];
    return std::any_of(one.files.begin(), one.files.end(), [&](uint32_t index) {
      const ProjectFile& file = project_.files[index];
      if (!file.facts || file.format() != "dockerfile") return false;
      std::span<const Fact> facts = view_.facts(file);
      return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
        return fact.kind == FactKind::Image && !plain_images_.contains(base_name(fact.name));
      });
    });
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  const ImportedPackages& packages_;
  ComponentManifests& manifests_;
  const WordTable& programs_;
  size_t ecosystem_, package_;  // columns
  const WordSet &installing_, &fetching_, &plain_images_;
  std::unordered_set<std::string> installs_;  // words behind `install`, and their parts
  bool looked_ = false;
  std::set<std::pair<uint32_t, std::string_view>> told_;  // component, program
};

}  // namespace

void derive_unlisted_programs(const WholeProject& view, ComponentManifests& manifests, ModelFacts& facts) {
  UnlistedPrograms(view, manifests, facts).run();
}

}  // namespace tfcheck
