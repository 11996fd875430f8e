#include "model/named_programs.h"

#include <algorithm>

#include "base/text.h"
#include "model/cargo_binaries.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr std::string_view signs = "-_.";

// "Duplicati.Server", "duplicati-server" and "duplicati_server" are one name.
std::string plain(std::string_view name) {
  std::string letters = lower(name);
  std::erase_if(letters, [](char c) { return signs.find(c) != std::string_view::npos; });
  return letters;
}

// One word may be the name of anything.
bool is_telling(std::string_view name) {
  return name.find_first_of(signs) != std::string_view::npos;
}

// What is deployed from here by name: third parties' images run programs of their own.
bool starts_programs(const ProjectFile& file) {
  constexpr uint32_t others = scope::OnRequest | scope::Development;
  std::string_view format = file.format();
  return file.facts && (file.scope & others) == 0 &&
         (format == "dockerfile" || format == "systemd" || format == "supervisor" || format == "procfile");
}

bool runs_images(const ProjectFile& file) {
  constexpr uint32_t others = scope::OnRequest | scope::Development;
  return file.facts && (file.scope & others) == 0 && (file.format() == "compose" || file.format() == "kubernetes");
}

}  // namespace

NamedPrograms::NamedPrograms(const Project& project, const std::vector<Component>& components)
    : project_(project),
      components_(components),
      tasks_(project.words().one_off_tasks),
      task_programs_(project.words().vocabulary.set("task-program")) {
  note_names(components);
  note_built(components);
  for (uint32_t file = 0; file < project_.files.size(); ++file) {
    if (starts_programs(project_.files[file])) read(file);
    if (runs_images(project_.files[file])) read_commands(file);
  }
}

bool NamedPrograms::is_task(std::string_view program) const {
  return task_programs_.contains(program) || tasks_.contains(program);
}

bool NamedPrograms::is_task(const Fact& process, std::string_view entry) const {
  return is_task(argument(process.args(), "program").text) || tasks_.contains(before_first(base_name(entry), '.'));
}

void NamedPrograms::note_names(const std::vector<Component>& components) {
  for (uint32_t i = 0; i < components.size(); ++i) {
    std::string_view folder = base_name(components[i].root);
    if (!is_telling(folder)) continue;
    auto [place, fresh] = named_.try_emplace(plain(folder), i);
    if (!fresh) place->second = no_index;
  }
}

// What a project is built to: by its key, else by its own name.
void NamedPrograms::note_built(const std::vector<Component>& components) {
  for (uint32_t i = 0; i < components.size(); ++i) {
    for (uint32_t manifest : components[i].manifests) {
      const ProjectFile& file = project_.files[manifest];
      if (file.facts && file.format() == "cargo" && !(file.scope & scope::Outside)) note_cargo(i, file);
      if (!file.facts || file.format() != "msbuild" || (file.scope & scope::Outside)) continue;
      std::string_view name = base_name(file.path);
      name = name.substr(0, name.rfind('.'));
      bool program = false;
      for (const Fact& fact : file.facts->facts()) {
        if (fact.name == "Project.PropertyGroup.AssemblyName") name = fact.value.text;
        program |= fact.name == "Project.PropertyGroup.OutputType" && iequals(fact.value.text, "exe");
      }
      if (!program) continue;
      auto [place, fresh] = built_.try_emplace(std::string(name), i);
      if (!fresh) place->second = no_index;
    }
  }
}

void NamedPrograms::note_cargo(uint32_t component, const ProjectFile& manifest) {
  for (const std::string& name : cargo_binaries(project_, components_[component], manifest).names) {
    auto [place, fresh] = cargo_.try_emplace(name, component);
    if (!fresh && place->second != component) place->second = no_index;
  }
}

// What a workspace builds is started from its root, or from where its deploys lie.
uint32_t NamedPrograms::member_of(const ProjectFile& file, const Fact& process) const {
  std::string_view program = argument(process.args(), "program").text;
  if (process.name == "release" || process.name == "one-off" || is_task(program)) return no_index;
  auto built = cargo_.find(std::string(program));
  if (built == cargo_.end() || built->second == no_index || file.component == no_index) return no_index;
  const std::string& above = components_[file.component].root;
  const std::string& root = components_[built->second].root;
  return above.empty() || root.starts_with(above + "/") ? built->second : no_index;
}

uint32_t NamedPrograms::component_of(std::string_view program) const {
  if (program.ends_with(".exe") || program.ends_with(".dll")) program.remove_suffix(4);
  if (auto built = built_.find(std::string(program)); built != built_.end()) return built->second;
  auto named = is_telling(program) && !named_.empty() ? named_.find(plain(program)) : named_.end();
  return named == named_.end() ? no_index : named->second;
}

void NamedPrograms::read(uint32_t index) {
  const ProjectFile& file = project_.files[index];
  bool tasks_only = true, any = false;
  for (uint32_t i = project_.own_facts(index); i < project_.fact_count(index); ++i) {
    const Fact& fact = project_.fact({index, i});
    if (fact.kind != FactKind::Process || argument(fact.args(), "role").text == "health") continue;
    uint32_t entry = entry_of({index, i});
    any = true;
    tasks_only &= is_task(fact, entry == no_index ? std::string_view{} : project_.files[entry].path);
    std::string_view program = argument(fact.args(), "program").text;
    uint32_t other = component_of(program);
    if (other == no_index) other = member_of(file, fact);
    if (other == no_index || other == file.component) continue;
    started.emplace_back(other, index);
    elsewhere.insert(index);
  }
  if ((any && tasks_only) || (file.scope & scope::Packing)) elsewhere.insert(index);
  if (elsewhere.contains(index)) note_scripts(index);
}

// A container whose command is a binary of a member runs that, whatever the image is called.
void NamedPrograms::read_commands(uint32_t index) {
  const ProjectFile& file = project_.files[index];
  for (uint32_t i = project_.own_facts(index); i < project_.fact_count(index); ++i) {
    const Fact& fact = project_.fact({index, i});
    if (fact.kind != FactKind::Process || argument(fact.args(), "role").text == "health") continue;
    uint32_t other = member_of(file, fact);
    if (other != no_index && other != file.component) started.emplace_back(other, index);
  }
}

void NamedPrograms::note_scripts(uint32_t file) {
  for (uint32_t i = project_.own_facts(file); i < project_.fact_count(file); ++i) {
    uint32_t entry = entry_of({file, i});
    if (entry != no_index && project_.files[entry].format() == "shell") elsewhere.insert(entry);
  }
}

uint32_t NamedPrograms::entry_of(FactRef ref) const {
  return project_.fact(ref).kind == FactKind::Process ? project_.entry_of(ref) : no_index;
}

}  // namespace tfcheck
