#include "model/command_places.h"

#include <algorithm>

#include "base/text.h"
#include "model/called_scripts.h"
#include "model/project.h"
#include "model/scope.h"
#include "model/started_files.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t longest_folder = 1'000;                 // a longer path is no folder of a repository
constexpr size_t most_alike = 64;                        // scripts among which those are looked for that a glob names
constexpr size_t most_folder_text = size_t{256} * 1024;  // of one file: a text of nothing but `cd` is no program

uint64_t key_of(FactRef ref) {
  return uint64_t{ref.file} << 32 | ref.fact;
}

// "services.web" of "services.web.command"; "" outside of compose files.
std::string_view service_of(const ProjectFile& file, std::string_view scope) {
  if (file.format() != "compose") return {};
  size_t last = scope.rfind('.');
  return last == std::string_view::npos ? std::string_view{} : scope.substr(0, last);
}

// True when `host` is the service's source rather than a file of config or a folder of data.
bool is_source_folder(const WordSet& names, std::string_view host, std::string_view folder, std::string_view context) {
  if (host == "${PWD}" || host == "$PWD" || host == "PWD") return true;
  if (!host.starts_with('.')) return false;
  std::string path = join_path(folder, host);
  return path == folder || path == context || names.contains(base_name(path));
}

// "services.web" of "services.web.restart".
std::string_view service_of_entry(std::string_view name) {
  constexpr std::string_view services = "services.";
  if (!name.starts_with(services)) return {};
  size_t end = name.find('.', services.size());
  return end == std::string_view::npos ? std::string_view{} : name.substr(0, end);
}

bool is_task(const WordSet& tasks, const Fact& command) {
  return tasks.contains(command.name) || std::any_of(command.args().begin(), command.args().end(), [&](const Arg& arg) {
           return arg.name.empty() && tasks.contains(arg.value.text);
         });
}

}  // namespace

void CommandPlaces::build(const Project& project) {
  for (uint32_t i = 0; i < project.files.size(); ++i) {
    const ProjectFile& file = project.files[i];
    if (!file.facts) continue;
    // An init script has the name of the program that it starts.
    if (is_shell_script(project, i) && !in_folder(file.path, project.words().init_folders)) note_script(file, i);
    note_package(file, i);
    Services services = built_services(file);
    note_folders(file, i, services);
    note_mounts(project.words().source_folders, file, i, services);
    note_one_offs(project, file, i);
    visited_ += file.facts->facts().size();
  }
}

void CommandPlaces::note_script(const ProjectFile& file, uint32_t index) {
  std::string_view name = base_name(file.path);
  for (Scripts* scripts : {&scripts_[name], &component_scripts_[{file.component, name}]}) {
    if (scripts->count < 2) scripts->files[scripts->count] = index;
    ++scripts->count;
  }
}

void CommandPlaces::note_package(const ProjectFile& file, uint32_t index) {
  constexpr std::string_view scripts = "scripts.";
  bool package = file.format() == "npm-package" || file.format() == "deno";
  if (!(package || file.format() == "composer" || holds_tasks(file)) || (file.scope & scope::Vendored)) return;
  bool named = false;
  for (const Fact& fact : file.facts->facts()) {
    if (fact.kind == FactKind::Command && fact.context.scope.starts_with(scripts))
      package_scripts_[index].insert(fact.context.scope.substr(scripts.size()));
    if (!package || fact.kind != FactKind::Entry || fact.name != "name" || named || !fact.value.is(ValueKind::String))
      continue;
    named = true;
    auto [known, fresh] = packages_.try_emplace(fact.value.text, index);
    if (!fresh) known->second = no_index;
  }
}

uint32_t CommandPlaces::package(std::string_view name) const {
  auto found = packages_.find(name);
  return found == packages_.end() ? no_index : found->second;
}

bool CommandPlaces::has_script(uint32_t manifest, std::string_view name) const {
  auto found = package_scripts_.find(manifest);
  return found != package_scripts_.end() && found->second.contains(name);
}

std::vector<std::string_view> CommandPlaces::scripts_like(uint32_t manifest, std::string_view glob) const {
  std::vector<std::string_view> alike;
  auto found = package_scripts_.find(manifest);
  if (found == package_scripts_.end()) return alike;
  std::string_view begin = before_first(glob, '*');
  size_t looked_at = 0;
  for (auto name = found->second.lower_bound(begin);
       name != found->second.end() && name->starts_with(begin) && looked_at < most_alike; ++name, ++looked_at) {
    if (glob_match(glob, *name, ':')) alike.push_back(*name);
  }
  return alike;
}

// What the services of a compose file are built from. The first entry of a name counts, as everywhere.
CommandPlaces::Services CommandPlaces::built_services(const ProjectFile& file) {
  Services services;
  if (file.format() != "compose") return services;
  for (std::string_view ending : {".build.context", ".build"}) {
    std::unordered_set<std::string_view> seen;
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind != FactKind::Entry || !fact.name.ends_with(ending)) continue;
      std::string_view name = fact.name.substr(0, fact.name.size() - ending.size());
      if (!seen.insert(name).second || !fact.value.is(ValueKind::String)) continue;
      services.try_emplace(name, Service{join_path(dir_name(file.path), fact.value.text), true});
    }
  }
  return services;
}

void CommandPlaces::note_folders(const ProjectFile& file, uint32_t index, const Services& services) {
  std::unordered_map<std::string_view, uint32_t> current;  // text → its folder by now
  const uint32_t own = no_index;
  size_t room = most_folder_text;
  auto keep = [&](std::string folder) {
    room -= std::min(room, folder.size());
    folders_.push_back(std::move(folder));
    return static_cast<uint32_t>(folders_.size() - 1);
  };
  const std::vector<Fact>& facts = file.facts->facts();
  for (uint32_t i = 0; i < facts.size(); ++i) {
    if (facts[i].kind != FactKind::Command) continue;
    std::string_view scope = facts[i].context.scope;
    auto [place, fresh] = current.try_emplace(scope, own);
    auto built = fresh ? services.find(service_of(file, scope)) : services.end();
    if (built != services.end() && built->second.folder != dir_name(file.path))
      place->second = keep(built->second.folder);
    if (place->second != own) folder_of_.emplace(key_of({index, i}), place->second);
    if (facts[i].name != "cd" || facts[i].args().empty() || room == 0) continue;
    const Arg& first = facts[i].args()[0];
    std::string_view where = first.value.text;
    bool known = first.name.empty() && first.value.is(ValueKind::String) && where.size() < longest_folder &&
                 !where.starts_with('/') && where.find('$') == std::string_view::npos;
    std::string_view from = place->second == own ? dir_name(file.path) : std::string_view(folders_[place->second]);
    std::string inner = known ? join_path(from, where) : std::string();
    if (!inner.empty() && inner.size() < longest_folder) place->second = keep(std::move(inner));
  }
}

void CommandPlaces::note_mounts(const WordSet& sources, const ProjectFile& file, uint32_t index,
                                const Services& services) {
  if (file.format() != "compose") return;
  constexpr std::string_view middle = ".volumes.";
  std::string_view folder = dir_name(file.path);
  for (const Fact& fact : file.facts->facts()) {
    size_t at = fact.kind == FactKind::Entry ? fact.name.find(middle) : std::string_view::npos;
    if (at == std::string_view::npos) continue;
    std::string_view service = fact.name.substr(0, at);
    auto built = services.find(service);
    std::string_view context = built == services.end() ? folder : std::string_view(built->second.folder);
    bool whole = fact.name.find('.', at + middle.size()) == std::string_view::npos;
    bool source = (whole && is_source_folder(sources, before_first(fact.value.text, ':'), folder, context)) ||
                  (fact.name.ends_with(".source") && is_source_folder(sources, fact.value.text, folder, context));
    if (source) mounted_[index].insert(service);
  }
}

void CommandPlaces::note_one_offs(const Project& project, const ProjectFile& file, uint32_t index) {
  if (file.format() != "compose") return;
  const ModelWords& words = project.words();
  std::unordered_set<std::string_view> awaited, lasting, by_hand, tasks;
  for (const Fact& fact : file.facts->facts()) {
    std::string_view service = fact.kind == FactKind::Command ? service_of(file, fact.context.scope)
                               : fact.kind == FactKind::Entry ? service_of_entry(fact.name)
                                                              : std::string_view{};
    if (service.empty()) continue;
    std::string_view key = fact.kind == FactKind::Entry ? fact.name.substr(service.size() + 1) : std::string_view{};
    if (fact.kind == FactKind::Command) {
      bool small = fact.context.has(context::Substitution) || words.passing_commands.contains(fact.name) ||
                   words.shells.contains(fact.name);
      if (!small) (is_task(words.one_off_tasks, fact) ? tasks : lasting).insert(service);
    } else if (key == "restart" || key == "deploy.restart_policy.condition") {
      if (fact.value.text != "no" && !fact.value.text.starts_with("on-failure") && fact.value.text != "none" &&
          fact.value.text != "false")
        lasting.insert(service);
    } else if (key == "ports" || key.starts_with("ports.")) {
      lasting.insert(service);
    } else if (key.starts_with("profiles.") && words.one_off_profiles.contains(fact.value.text)) {
      by_hand.insert(service);
    } else if (key.starts_with("depends_on.") && fact.value.text == "service_completed_successfully") {
      std::string_view other = key.substr(std::string_view("depends_on.").size());
      awaited.insert(before_first(other, '.'));
    }
  }
  std::unordered_set<std::string_view> found = std::move(by_hand);
  for (const auto* services : {&tasks, &lasting}) {
    for (std::string_view service : *services) {
      bool ends = services == &tasks && !lasting.contains(service);
      if (ends || awaited.contains(service.substr(service.rfind('.') + 1))) found.insert(service);
    }
  }
  if (!found.empty()) one_off_.emplace(index, std::move(found));
}

bool CommandPlaces::runs_to_completion(const Project& project, FactRef command) const {
  auto found = one_off_.find(command.file);
  if (found == one_off_.end()) return false;
  std::string_view service = service_of(project.files[command.file], project.fact(command).context.scope);
  return !service.empty() && found->second.contains(service);
}

std::string_view CommandPlaces::folder(const Project& project, FactRef command) const {
  auto found = folder_of_.find(key_of(command));
  return found == folder_of_.end() ? dir_name(project.files[command.file].path)
                                   : std::string_view(folders_[found->second]);
}

bool CommandPlaces::mounts_source(const Project& project, FactRef command) const {
  auto found = mounted_.find(command.file);
  if (found == mounted_.end()) return false;
  std::string_view service = service_of(project.files[command.file], project.fact(command).context.scope);
  return !service.empty() && found->second.contains(service);
}

void CommandPlaces::leave_out(Scripts& scripts, uint32_t from) {
  if (scripts.files[0] == from) std::swap(scripts.files[0], scripts.files[1]);
  --scripts.count;
}

uint32_t CommandPlaces::only_script(const Project& project, std::string_view name, uint32_t from) const {
  auto all = scripts_.find(name);
  if (all == scripts_.end()) return no_index;
  auto near = component_scripts_.find({project.files[from].component, name});
  Scripts anywhere = all->second, own = near == component_scripts_.end() ? Scripts{} : near->second;
  if (is_shell_script(project, from) && base_name(project.files[from].path) == name)
    leave_out(anywhere, from), leave_out(own, from);
  if (own.count == 1) return own.files[0];
  return own.count == 0 && anywhere.count == 1 ? anywhere.files[0] : no_index;
}

}  // namespace tfcheck
