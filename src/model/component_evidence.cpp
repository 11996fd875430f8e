#include "model/component_evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "model/cargo_binaries.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

void note(std::string& evidence, std::string text) {
  if (evidence.empty()) evidence = std::move(text);
}

bool waits_forever(const Fact& fact) {
  return argument(fact.args(), "worker") && !argument(fact.args(), "ends");
}

}  // namespace

ComponentEvidences::ComponentEvidences(const Project& project, const std::vector<Component>& components,
                                       const NamedPrograms& named)
    : project_(project), words_(project.words()), components_(components), named_(named), found_(components.size()) {
  for (uint32_t i = 0; i < components_.size(); ++i) by_root_.emplace(components_[i].root, i);
  for (const auto& [component, file] : named_.started) {
    start(component, fmt::format("{} starts it", project_.files[file].path), false);
    found_[component].runs_own = true;
  }
  for (uint32_t i = 0; i < components_.size(); ++i) look_at_files(i);
  for (uint32_t i = 0; i < components_.size(); ++i) look_at_uses(i);
  for (uint32_t i = 0; i < components_.size(); ++i) {
    found_[i].no_main = components_[i].languages == std::vector<std::string>{"go"} && !has_main(i);
    found_[i].go_package = found_[i].no_main && is_go_package(i);
  }
  for (uint32_t i = 0; i < project_.files.size(); ++i) look_at_facts(i);
}

bool ComponentEvidences::counts(const ProjectFile& file) {
  return (file.scope & scope::OnRequest) == 0;
}

// An image that starts nothing, made of what starts nothing: somebody builds in it.
bool ComponentEvidences::only_builds(const ProjectFile& file) const {
  if (!file.facts || file.format() != "dockerfile") return false;
  bool based = false;
  for (const Fact& fact : file.facts->facts()) {
    if (fact.context.scope == "CMD" || fact.context.scope == "ENTRYPOINT") return false;
    if (fact.kind == FactKind::Entry && (fact.name == "CMD" || fact.name == "ENTRYPOINT")) return false;
    if (fact.kind != FactKind::Image || fact.context.scope != "FROM") continue;
    if (!systems_.contains(fact.name)) return false;
    based = true;
  }
  return based;
}

// What names show.
void ComponentEvidences::look_at_files(uint32_t index) {
  const Component& component = components_[index];
  ComponentEvidence& evidence = found_[index];
  bool class_library = is_class_library(component);  // settings in it are those of tools, or of who takes it in
  for (uint32_t i : component.files) {
    const ProjectFile& file = project_.files[i];
    if (file.scope & scope::Outside) continue;
    std::string_view name = base_name(file.path), folder = dir_name(file.path);
    if (is_program(file)) {
      evidence.source |= !component.languages.empty();
      evidence.only_ci &= (file.scope & (scope::Ci | scope::Editor)) != 0;
    }
    if (!counts(file)) continue;
    bool development = (file.scope & (scope::Development | scope::Packing)) || only_builds(file);
    if (!development && words_.build_files.contains(name) && !named_.elsewhere.contains(i))
      note(evidence.deployed, fmt::format("{} {} it", file.path, name.starts_with("Procfile") ? "starts" : "builds"));
    if (!development && platform_files_.contains(name))
      note(evidence.deployed, fmt::format("{} deploys it", file.path));
    bool shows = !development && !class_library && words_.app_files.contains(name);
    bool answers = web_entries_.contains(name) && is_web_root(component, folder);
    if (shows) note_entry(index, file, "shows that it is run");
    if (answers) note_entry(index, file, "answers a web server");
    evidence.entry_file |= shows || answers;
    if (folder == component.root && workspace_files_.contains(name)) {
      note(evidence.workspace, file.path);
      evidence.of_packages |= package_workspaces_.contains(name);
    }
    if (folder == component.root && template_files_.contains(name))
      note(evidence.tool, fmt::format("{} makes projects of a template", file.path));
    evidence.is_static |= folder == component.root && static_sites_.contains(name);
    evidence.begins |= is_program(file) && start_files_.contains(name);
    if (client_files_.contains(name)) note(evidence.client, fmt::format("{} makes it a client", file.path));
    if (release_files_.contains(name)) note(evidence.released, fmt::format("{} releases it", file.path));
    if (tool_files_.contains(name)) note(evidence.command, fmt::format("{} is its command", file.path));
    if (folder == component.root && words_.library_files.contains(name))
      note(evidence.published, fmt::format("{} publishes it", file.path));
  }
  for (uint32_t i : component.manifests) {
    evidence.only_script &= base_name(project_.files[i].path) == "package.json";
    look_at_manifest(project_.files[i], index);
  }
}

// What manifests of the repository call others of it.
void ComponentEvidences::look_at_uses(uint32_t index) {
  for (uint32_t i : components_[index].manifests) {
    const ProjectFile& file = project_.files[i];
    if (!file.facts) continue;
    for (const Fact& fact : file.facts->facts()) {
      bool takes = fact.kind == FactKind::Dependency && !fact.context.has(context::Development);
      if (!takes || argument(fact.args(), "group").text == "parent") continue;
      auto [begin, end] = by_name_.equal_range(fact.name.substr(fact.name.rfind(':') + 1));
      for (auto used = begin; used != end; ++used) {
        if (used->second != index) note(found_[used->second].used, file.path + " depends on it");
      }
    }
  }
}

bool ComponentEvidences::is_program(const ProjectFile& file) const {
  if (file.kind != FileEntry::Kind::Regular) return false;
  if (file.adapter && file.adapter->kind == AdapterKind::Code) return file.adapter->scan_imports != nullptr;
  if (file.adapter && words_.unread_languages.of(file.path).empty()) return false;
  return words_.unread_languages.role_of(file.path) == UnreadRole::Source;
}

// Its kit makes libraries, no key of it says otherwise, and it has no file in which a program begins.
bool ComponentEvidences::is_class_library(const Component& component) const {
  bool plain = false;
  for (uint32_t i : component.manifests) {
    const ProjectFile& file = project_.files[i];
    if (!file.facts || file.format() != "msbuild") return false;
    for (const Fact& fact : file.facts->facts()) {
      plain |= fact.name == "Project.Sdk" && fact.value.text == "Microsoft.NET.Sdk";
      if (hosted_keys_.contains(fact.name) && !iequals(fact.value.text, "Library")) return false;
    }
  }
  return plain && std::none_of(component.files.begin(), component.files.end(), [&](uint32_t i) {
           const ProjectFile& file = project_.files[i];
           return !(file.scope & scope::Outside) && is_program(file) && start_files_.contains(base_name(file.path));
         });
}

void ComponentEvidences::note_entry(uint32_t index, const ProjectFile& file, std::string_view what) {
  bool at_root = dir_name(file.path) == components_[index].root;
  note(at_root ? found_[index].framework : found_[index].deep, fmt::format("{} {}", file.path, what));
}

// The folder that a web server is pointed at: the component's own, or one of the usual names in it.
bool ComponentEvidences::is_web_root(const Component& component, std::string_view folder) const {
  return folder == component.root ||
         (dir_name(folder) == component.root && !folder.empty() && web_roots_.contains(base_name(folder)));
}

void ComponentEvidences::look_at_manifest(const ProjectFile& file, uint32_t component) {
  if (!file.facts) return;
  ComponentEvidence& evidence = found_[component];
  std::string client;
  for (const Fact& fact : file.facts->facts()) {
    if (fact.kind == FactKind::Dependency) {
      evidence.installs |= !fact.context.has(context::Development);
      evidence.serves |= server_packages_.contains(fact.name);
      if (client.empty() && (client_packages_.contains(fact.name) || device_packages_.contains(fact.name)))
        client = fact.name;
      evidence.on_device |= device_packages_.contains(fact.name);
      evidence.is_desktop |= file.format() == "cargo" && device_packages_.contains(fact.name);
      evidence.is_static |= static_packages_.contains(fact.name);
    }
    if (fact.kind == FactKind::Entry) look_at_key(file, fact, component);
    constexpr std::string_view scripts = "scripts.";
    if (fact.kind == FactKind::Command && fact.context.scope.starts_with(scripts))
      evidence.starts |= words_.start_scripts.contains(fact.context.scope.substr(scripts.size()));
  }
  if (!client.empty()) note(evidence.client, fmt::format("{} builds for {}", file.path, client));
  if (file.format() == "cargo") look_at_cargo(file, component);
}

// A package of Cargo without a binary cannot be started; one with others' manifests beside it may be a part of theirs.
void ComponentEvidences::look_at_cargo(const ProjectFile& file, uint32_t component) {
  ComponentEvidence& evidence = found_[component];
  CargoBinaries binaries = cargo_binaries(project_, components_[component], file);
  evidence.names_binary |= binaries.named;
  bool alone = components_[component].manifests.size() == 1 &&
               components_[component].languages == std::vector<std::string>{"rust"};
  if (!alone || binaries.package.empty() || !binaries.names.empty()) return;
  evidence.no_program = evidence.cargo_package = true;
}

void ComponentEvidences::look_at_key(const ProjectFile& file, const Fact& fact, uint32_t component) {
  ComponentEvidence& evidence = found_[component];
  bool builds_app = app_sdks_.contains(fact.value.text) && fact.name.find("pluginManagement") == std::string_view::npos;
  bool plugin = file.format() == "maven";
  bool packs = fact.name.ends_with(".packaging") || fact.name.ends_with(".goal");
  bool runs = program_keys_.contains(fact.name);
  evidence.begins |= runs || (packs && program_kinds_.contains(fact.value.text));
  if (runs && file.format() == "gradle") note(evidence.program, fmt::format("{} builds a program", file.path));
  if (builds_app)
    note(plugin ? evidence.kit : evidence.framework, fmt::format("{} is built with {}", file.path, fact.value.text));
  if (file.format() == "msbuild") look_at_project(file, fact, component);
  if (client_sdks_.contains(fact.value.text))
    note(evidence.client, fmt::format("{} is built with {}", file.path, fact.value.text));
  if (name_keys_.contains(fact.name)) by_name_.emplace(fact.value.text, component);
  if (plugin_keys_.contains(fact.name)) note(evidence.used, file.path + " hands it to an app");
  if (tool_keys_.contains(fact.name)) note(evidence.tool, fmt::format("{} names a command", file.path));
  if (claim_keys_.contains(fact.name) && claims_.contains(fact.value.text))
    note(evidence.claim, fmt::format("{} calls it a library", file.path));
  bool npm = file.format() == "npm-package";
  if (npm && publish_keys_.contains(fact.name)) note(evidence.handed_out, file.path + " hands it to a registry");
  if (npm && browser_keys_.contains(fact.name) && fact.value.is(ValueKind::String))
    note(evidence.taken_in, file.path + " names what pages take in");
  if (hex_keys_.contains(fact.name) && file.format() == "mix")
    note(evidence.published, file.path + " hands it to a registry");
  if (workspace_keys_.contains(fact.name)) {
    note(evidence.workspace, file.path);
    evidence.of_packages |= npm;
  }
}

// A project of .NET says whether it becomes a program, and which others it takes in.
void ComponentEvidences::look_at_project(const ProjectFile& file, const Fact& fact, uint32_t component) {
  ComponentEvidence& evidence = found_[component];
  std::string_view value = fact.value.text;
  if (fact.name == "Project.PropertyGroup.OutputType") {
    evidence.no_program |= iequals(value, "Library");
    if (iequals(value, "Exe") || iequals(value, "WinExe"))
      note(evidence.program, fmt::format("{} builds a program", file.path));
  }
  bool windows = fact.name == "Project.PropertyGroup.UseWPF" || fact.name == "Project.PropertyGroup.UseWindowsForms";
  if (windows && iequals(value, "true")) note(evidence.client, fmt::format("{} makes windows", file.path));
  if (fact.name != "Project.ItemGroup.ProjectReference.Include") return;
  std::string path(value);
  std::replace(path.begin(), path.end(), '\\', '/');
  uint32_t other = project_.find_file(join_path(dir_name(file.path), path));
  if (other != no_index && project_.files[other].component != no_index)
    evidence.parts.push_back(project_.files[other].component);
}

// What deploys and servers show.
void ComponentEvidences::look_at_facts(uint32_t index) {
  const ProjectFile& file = project_.files[index];
  if (!file.facts || !counts(file)) return;
  look_at_builds(file);
  for (uint32_t i = 0; i < project_.fact_count(index); ++i) {
    FactRef ref{index, i};
    const Fact& fact = project_.fact(ref);
    if (fact.kind == FactKind::Process)
      look_at_process(ref, fact);
    else if (fact.kind == FactKind::Server)
      note_running(file, "listens"), note_listening(file, fact);
    else if (fact.kind == FactKind::Loop && waits_forever(fact))
      note_running(file, "runs until it is stopped");
    else if (fact.kind == FactKind::Call && file.component != no_index && app_calls_.contains(fact.name))
      found_[file.component].begins = true;
  }
}

void ComponentEvidences::look_at_process(FactRef ref, const Fact& fact) {
  if (argument(fact.args(), "role").text == "health") return;
  uint32_t entry = project_.entry_of(ref);
  const ProjectFile& file = project_.files[ref.file];
  std::string text = fmt::format("{} starts it", file.path);
  bool own = file.format() == "npm-package";
  // What others do once with a package, or what starts another component, says nothing of this one.
  bool task = named_.is_task(fact, entry == no_index ? std::string_view{} : project_.files[entry].path);
  if ((task && (own || file.adapter->kind == AdapterKind::Code)) || is_handed_on(ref, entry)) return;
  if (entry != no_index && project_.files[entry].component != no_index && !own)
    found_[project_.files[entry].component].runs_own |= is_program(project_.files[entry]);
  bool developed = (file.scope & scope::Development) && entry != no_index && !is_program(project_.files[entry]);
  if (entry != no_index && !developed) return start(project_.files[entry].component, std::move(text), own);
  // What only developers start is no deploy.
  if (file.scope & scope::Development) return;
  if (file.format() == "systemd" && file.component != no_index) note(found_[file.component].released, text);
  // A third party's image runs its own program; what an image of ours runs belongs to what it is built from.
  if (fact.name == "service" || file.format() == "compose" || file.format() == "kubernetes") return;
  start(file.component, std::move(text), own);
}

bool ComponentEvidences::is_handed_on(FactRef process, uint32_t entry) const {
  if (!named_.elsewhere.contains(process.file)) return false;
  return entry == no_index || project_.files[entry].component == project_.files[process.file].component;
}

// Go says where a program begins: a module without a `main` hands out what listens.
void ComponentEvidences::note_running(const ProjectFile& file, std::string_view what) {
  if (file.component == no_index || (file.scope & scope::Development)) return;
  if (file.format() == "go" && !has_main(file.component)) return;
  note_entry(file.component, file, what);
}

// A binary that its manifest names may be a tool with a command that serves; one that serves in the file in which it
// begins, unasked, is a server.
void ComponentEvidences::note_listening(const ProjectFile& file, const Fact& fact) {
  if (file.component == no_index || file.format() != "rust" || (file.scope & scope::Development)) return;
  bool asked = fact.context.flags & (context::InCondition | context::Development | context::DevGuard);
  if (!asked && base_name(file.path) == "main.rs" && found_[file.component].names_binary)
    note(found_[file.component].listens, fmt::format("{} listens", file.path));
}

bool ComponentEvidences::has_main(uint32_t component) {
  auto [place, fresh] = mains_.try_emplace(component, false);
  for (size_t i = 0; fresh && !place->second && i < components_[component].files.size(); ++i) {
    const ProjectFile& file = project_.files[components_[component].files[i]];
    if (counts(file) && base_name(file.path) == "main.go") place->second = true;
    if (!file.facts || file.format() != "go" || !counts(file)) continue;
    std::span<const Fact> facts = file.facts->facts();
    place->second |=
        std::any_of(facts.begin(), facts.end(), [](const Fact& fact) { return fact.context.scope == "main"; });
  }
  return place->second;
}

// github.com/acme/queue with queue.go or doc.go in its root: whoever takes the module in imports that.
bool ComponentEvidences::is_go_package(uint32_t component) const {
  const Component& one = components_[component];
  for (uint32_t manifest : one.manifests) {
    if (!project_.files[manifest].facts) continue;
    for (const Fact& fact : project_.files[manifest].facts->facts()) {
      if (fact.kind != FactKind::Entry || fact.name != "module") continue;
      std::string name(base_name(fact.value.text));
      return project_.find_file(join_path(one.root, name + ".go")) != no_index ||
             project_.find_file(join_path(one.root, "doc.go")) != no_index;
    }
  }
  return false;
}

void ComponentEvidences::look_at_builds(const ProjectFile& file) {
  for (const std::string& folder : built_folders(file)) {
    if (auto built = by_root_.find(folder); built != by_root_.end())
      start(built->second, fmt::format("{} builds it", file.path), false);
  }
}

void ComponentEvidences::start(uint32_t component, std::string text, bool own) {
  if (component == no_index) return;
  note(own ? found_[component].started : found_[component].deployed, std::move(text));
}

}  // namespace tfcheck
