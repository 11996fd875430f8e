#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "model/called_scripts.h"
#include "model/manifests.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

class TestImports {
 public:
  explicit TestImports(const Vocabulary& vocabulary) {
    const WordTable& rows = vocabulary.table("test-import");
    size_t module = rows.column("module");
    for (const WordTable::Row& row : rows.rows()) {
      for (const std::string& language : row.all(0)) {
        std::vector<std::string>& modules = of_language_[language];
        modules.insert(modules.end(), row.all(module).begin(), row.all(module).end());
      }
    }
    for (auto& [language, modules] : of_language_)
      sets_.emplace(language, WordSet("test-import", rows.file(), modules, false));
  }

  bool is_imported_by(const ProjectFile& file) const {
    auto set = sets_.find(file.format());
    if (set == sets_.end()) return false;
    std::span<const Fact> facts = file.facts->facts();
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.kind == FactKind::Import && set->second.contains(fact.name);
    });
  }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> of_language_;
  std::map<std::string, WordSet, std::less<>> sets_;
};

// A package below the root that drives a browser, needs nothing else to run, and has no script to build or start
// anything.
bool is_browser_suite(const Listing& listing, const Component& component, const WordSet& suites,
                      const WordSet& others) {
  if (component.root.empty()) return false;
  bool drives = false;
  for (uint32_t i : component.manifests) {
    const ProjectFile& file = listing.files[i];
    if (!file.facts) continue;
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind == FactKind::Dependency) {
        bool is_suite = suites.contains(fact.name);
        drives |= is_suite;
        if (!is_suite && !fact.context.has(context::Development)) return false;
      }
      bool is_script = !fact.context.scope.empty() && fact.context.scope.starts_with("scripts.");
      if (fact.kind == FactKind::Command && is_script && others.contains(fact.context.scope.substr(8))) return false;
    }
  }
  return drives;
}

// A package below the root that is a plug-in of a runner of tests and needs it to run; a library may bring one along.
bool is_test_plugin(const Listing& listing, const Component& component, const WordSet& keys, const WordSet& runners) {
  if (component.root.empty()) return false;
  bool plugin = false, needs = false;
  for (uint32_t i : component.manifests) {
    const ProjectFile& file = listing.files[i];
    if (!file.facts) continue;
    for (const Fact& fact : file.facts->facts()) {
      plugin |= fact.kind == FactKind::Entry && keys.contains(fact.name);
      needs |=
          fact.kind == FactKind::Dependency && !fact.context.has(context::Development) && runners.contains(fact.name);
    }
  }
  return plugin && needs;
}

// Folders, but for a component's own, where nearly all source is tests: what else lies there is theirs.
class TestFolders {
 public:
  explicit TestFolders(const Listing& listing)
      : sources_(listing.words().source_folders), deploys_(listing.words().vocabulary.set("deploy-folder")) {
    for (const Component& component : listing.components) roots_.insert(component.root);
    for (const ProjectFile& file : listing.files) {
      bool is_source = file.adapter && file.adapter->kind == AdapterKind::Code && file.adapter->scan_imports;
      if (!is_source || (file.scope & (scope::Outside & ~scope::Test))) continue;
      bool test = file.scope & scope::Test;
      std::string_view below = file.path;  // the file or folder by which it lies in each
      // Tests of one component say nothing of the folder around it; the source of each is source there, too.
      for (std::string_view folder = dir_name(file.path); test ? !is_root(folder) : !folder.empty();
           folder = dir_name(folder)) {
        Count& count = counts_[folder];
        ++count.all;
        if (test) count.take_test(below);
        below = folder;
      }
    }
  }

  bool hold(std::string_view path) const {
    for (std::string_view folder = dir_name(path); !is_root(folder); folder = dir_name(folder)) {
      auto found = counts_.find(folder);
      bool tests = found != counts_.end() &&
                   (base_name(folder) == "t" ? found->second.is_half_of_tests() : found->second.is_of_tests());
      if (tests && !sources_.contains(base_name(folder)) && !deploys_.contains(base_name(folder))) return true;
    }
    return false;
  }

 private:
  struct Count {
    size_t all = 0, tests = 0;
    std::string_view place;  // of the first test
    bool scattered = false;  // others lie elsewhere
    void take_test(std::string_view below) {
      scattered |= tests > 0 && below != place;
      if (tests++ == 0) place = below;
    }
    // Tests of one folder say nothing of what lies beside it.
    bool is_of_tests() const { return scattered && tests >= 5 && tests * 5 >= all * 4; }
    bool is_half_of_tests() const { return scattered && tests >= 5 && tests * 2 >= all; }
  };
  // Where a component begins, the folder around it says nothing of it any more.
  bool is_root(std::string_view folder) const { return folder.empty() || roots_.contains(folder); }

  // However many tests lie in `src`, the rest of it is source, and what puts load on a deploy lies beside it.
  const WordSet &sources_, &deploys_;
  std::unordered_set<std::string_view> roots_;
  std::unordered_map<std::string_view, Count> counts_;
};

// Somebody else's package, kept whole: its licence lies with a manifest of another publisher than the repository's own.
void mark_others_packages(Listing& listing) {
  const WordSet& licences = listing.words().vocabulary.set("licence-file");
  std::unordered_set<std::string_view> licensed;  // folders
  for (const ProjectFile& file : listing.files) {
    if (licences.contains(base_name(file.path))) licensed.insert(dir_name(file.path));
  }
  std::map<std::string_view, std::set<std::string>> publishers;  // by folder
  for (const ProjectFile& file : listing.files) {
    bool tells = file.facts && (file.format() == "composer" || file.format() == "npm-package");
    std::string_view folder = dir_name(file.path);
    if (!tells || (!folder.empty() && !licensed.contains(folder))) continue;
    std::string publisher = publisher_of(file.facts->facts(), file.format());
    if (!publisher.empty()) publishers[folder].insert(std::move(publisher));
  }
  auto own = publishers.find(std::string_view{});
  if (own == publishers.end()) return;
  std::unordered_set<std::string_view> others;
  for (const auto& [folder, names] : publishers) {
    bool foreign =
        std::none_of(names.begin(), names.end(), [&](const auto& name) { return own->second.contains(name); });
    if (foreign && !folder.empty()) others.insert(folder);
  }
  for (ProjectFile& file : listing.files) {
    std::string_view folder = others.empty() ? std::string_view{} : dir_name(file.path);
    while (!folder.empty() && !others.contains(folder)) folder = dir_name(folder);
    if (!folder.empty()) file.scope |= scope::Aside;
  }
}

// A compose file that is built from a kit for developers' machines.
bool uses_development_kit(const ProjectFile& file, const WordSet& kits) {
  std::span<const Fact> facts = file.facts->facts();
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    bool build =
        fact.kind == FactKind::Entry && (fact.name.ends_with(".build.context") || fact.name.ends_with(".build"));
    return build && kits.contains(fact.value.text);
  });
}

// Pods that no controller keeps, and that end or only sleep: somebody starts them by hand, to look into a cluster.
bool is_pod_by_hand(const ProjectFile& file, const WordSet& sleepers) {
  if (!file.facts || file.format() != "kubernetes" || file.scope & scope::OnRequest) return false;
  bool pods = false, sleeps = false, works = false, ends = false;
  for (const Fact& fact : file.facts->facts()) {
    if (fact.kind == FactKind::Command) (sleepers.contains(fact.name) ? sleeps : works) = true;
    if (fact.kind != FactKind::Entry) continue;
    if (before_first(fact.name, '.') != "Pod") return false;
    pods = true;
    ends |= fact.name == "Pod.spec.restartPolicy" && fact.value.text != "Always";
  }
  return pods && ((sleeps && !works) || ends);
}

// `import_config "#{config_env()}.exs"`: what lies beside is of environments, but for what is imported by its name.
void mark_mix_environments(Listing& listing) {
  const WordSet& deployed = listing.words().vocabulary.set("deploy-settings");
  std::unordered_set<std::string_view> folders;
  std::set<std::string> shared;
  for (const ProjectFile& file : listing.files) {
    if (!file.facts || file.format() != "elixir" || base_name(file.path) != "config.exs") continue;
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind != FactKind::Call || fact.name != "import_config" || fact.args().empty()) continue;
      const Value& what = fact.args()[0].value;
      if (what.is(ValueKind::String)) shared.insert(join_path(dir_name(file.path), what.text));
      if (what.is(ValueKind::Template)) folders.insert(dir_name(file.path));
    }
  }
  for (ProjectFile& file : listing.files) {
    bool named = file.path.ends_with(".exs") && folders.contains(dir_name(file.path)) &&
                 !deployed.contains(base_name(file.path)) && !shared.contains(file.path);
    if (named) file.scope |= scope::Development;
  }
}

// The task file at or above a folder that a program runs the tasks of.
uint32_t task_file_of(const Listing& listing, std::string_view folder, std::string_view program) {
  std::span<const std::string_view> names = task_files(program);
  for (; !names.empty(); folder = dir_name(folder)) {
    for (std::string_view name : names) {
      uint32_t found = name.empty() ? no_index : listing.find_file(join_path(folder, name));
      if (found != no_index) return found;
    }
    if (folder.empty()) return no_index;
  }
  return no_index;
}

// `CMD ["make", "serve"]`: a task file that a deploy starts with is the developers' no longer.
void mark_started_tasks(Listing& listing) {
  constexpr uint32_t elsewhere = scope::Outside | scope::Development | scope::Ci;
  for (const ProjectFile& file : listing.files) {
    if (!file.facts || !file.tells(tells::Deploy) || (file.scope & elsewhere)) continue;
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind != FactKind::Command || fact.role != CommandRole::Start) continue;
      uint32_t tasks = task_file_of(listing, dir_name(file.path), fact.name);
      if (tasks == no_index) continue;
      bool by_folder = listing.words().roles.of_folder(dir_name(listing.files[tasks].path)) & scope::Development;
      if (!by_folder) listing.files[tasks].scope &= ~scope::Development;
    }
  }
}

// A file of nothing but classes that only a tool makes, on the machine of who works on the app: `class Factory :
// IDesignTimeDbContextFactory<ShopContext>`.
bool is_for_tools(const ProjectFile& file, const WordSet& types) {
  std::set<std::string_view> theirs, all;  // classes
  for (const Fact& fact : file.facts->facts()) {
    if (fact.kind == FactKind::Import || fact.context.scope.empty()) continue;
    all.insert(before_first(fact.context.scope, '.'));
    bool is_type = fact.kind == FactKind::Call && fact.context.has(context::Annotation) &&
                   types.contains(fact.name.substr(fact.name.rfind('.') + 1));
    if (is_type) theirs.insert(before_first(fact.context.scope, '.'));
  }
  return !all.empty() && all.size() == theirs.size();
}

}  // namespace

void mark_by_facts(Listing& listing) {
  const WordSet& types = listing.words().vocabulary.set("tools-type");
  mark_started_tasks(listing);
  mark_mix_environments(listing);
  const WordSet& sleepers = listing.words().vocabulary.set("sleeping-program");
  for (ProjectFile& file : listing.files) {
    if (is_pod_by_hand(file, sleepers)) file.scope |= scope::Development;
  }
  const WordSet& kits = listing.words().vocabulary.set("development-kit");
  for (ProjectFile& file : listing.files) {
    if (file.facts && file.format() == "compose" && uses_development_kit(file, kits)) file.scope |= scope::Development;
  }
  mark_others_packages(listing);
  TestImports imports(listing.words().vocabulary);
  for (ProjectFile& file : listing.files) {
    bool is_code = file.facts && file.adapter && file.adapter->kind == AdapterKind::Code;
    if (is_code && imports.is_imported_by(file)) file.scope |= scope::Test;
    if (is_code && is_for_tools(file, types)) file.scope |= scope::Development;
  }
  const WordSet& suites = listing.words().vocabulary.set("browser-test-package");
  const WordSet& products = listing.words().vocabulary.set("product-script");
  const WordSet& plugins = listing.words().vocabulary.set("test-plugin-key");
  const WordSet& runners = listing.words().vocabulary.set("test-runner-package");
  for (const Component& component : listing.components) {
    bool is_suite =
        is_browser_suite(listing, component, suites, products) || is_test_plugin(listing, component, plugins, runners);
    if (!is_suite) continue;
    for (uint32_t i : component.files) listing.files[i].scope |= scope::Test;
  }
  TestFolders folders(listing);
  for (ProjectFile& file : listing.files) {
    if (!(file.scope & scope::Test) && folders.hold(file.path)) file.scope |= scope::Test;
  }
}

}  // namespace tfcheck
