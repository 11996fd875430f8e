#include "model/by_hand.h"

#include <algorithm>

#include "base/text.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

bool is_code(const ProjectFile& file) {
  return file.adapter && file.adapter->kind == AdapterKind::Code && file.format() != "shell";
}

constexpr size_t longest_folder = 200;

// "cmd/shop" of "./cmd/shop", "./cmd/shop/main.go", "example.com/shop/cmd/shop".
std::string_view folder_of(std::string_view word) {
  if (word.starts_with("./")) word.remove_prefix(2);
  if (word.ends_with(".go")) word = dir_name(word);
  while (word.ends_with('/')) word.remove_suffix(1);
  return word;
}

bool makes_program(const Fact& go) {
  std::string_view verb = argument(go.args(), {}, 0).text;
  return verb == "build" || verb == "install" || verb == "run";
}

// "cmd/shop", "cmd/...", "example.com/shop/cmd/shop"
bool names_folder(std::string_view name, std::string_view folder) {
  if (name.ends_with("...")) return folder.starts_with(name.substr(0, name.size() - 3));
  return name == folder || (name.ends_with(folder) && name.substr(0, name.size() - folder.size()).ends_with('/'));
}

}  // namespace

ByHand::ByHand(const ProjectView& view)
    : view_(view),
      tooling_(view.set("tooling-folder")),
      commands_(view.set("command-folder")),
      device_packages_(view.set("device-package")),
      tool_keys_(view.set("tool-key")),
      builds_(view.set("go-build-key")),
      started_(view.project) {}

bool ByHand::holds(FactRef ref) {
  const ProjectFile& file = view_.project.files[ref.file];
  if (!is_code(file) || ref.fact >= view_.project.own_facts(ref.file)) return false;
  if (started_.contains(file.path)) return false;
  if (in_folder(file.path, tooling_) || is_on_device(file.component)) return true;
  if (file.format() == "go") return is_other_main(ref.file);
  return view_.project.fact(ref).context.has(context::InMain) && begins_elsewhere(ref.file);
}

bool ByHand::is_own_command(uint32_t index) const {
  std::string_view path = view_.project.files[index].path;
  return commands_.contains(dir_name(path)) && !started_.contains(path);
}

// Its package makes a program for phones or desktops, which its own user runs, and nothing makes an image of it.
bool ByHand::is_on_device(uint32_t component) {
  if (component == no_index) return false;
  auto [place, fresh] = devices_.try_emplace(component, false);
  if (!fresh) return place->second;
  const Component& one = view_.project.components[component];
  bool built = std::any_of(one.files.begin(), one.files.end(), [&](uint32_t file) {
    return view_.project.words().build_files.contains(base_name(view_.project.files[file].path));
  });
  for (size_t i = 0; i < one.manifests.size() && !built && !place->second; ++i) {
    for (const Fact& fact : view_.facts(view_.project.files[one.manifests[i]]))
      place->second |= fact.kind == FactKind::Dependency && device_packages_.contains(fact.name);
  }
  return place->second;
}

// A start command runs another file of the component in this language, or its package installs a command.
bool ByHand::begins_elsewhere(uint32_t index) {
  const ProjectFile& file = view_.project.files[index];
  if (file.component == no_index) return false;
  std::string_view runtime = runtime_of(file.format());
  auto [place, fresh] = elsewhere_.try_emplace({file.component, runtime}, false);
  if (!fresh) return place->second;
  for (uint32_t other : view_.project.components[file.component].files) {
    const ProjectFile& candidate = view_.project.files[other];
    if ((candidate.scope & scope::Outside) || !is_code(candidate) || runtime_of(candidate.format()) != runtime)
      continue;
    if (started_.contains(candidate.path)) return place->second = true;
  }
  return place->second = installs_command(file.component);
}

bool ByHand::installs_command(uint32_t component) {
  for (uint32_t manifest : view_.project.components[component].manifests) {
    for (const Fact& fact : view_.facts(view_.project.files[manifest]))
      if (fact.kind == FactKind::Entry && tool_keys_.contains(fact.name)) return true;
  }
  return false;
}

// Its folder holds a program that no command builds, and one builds another of the component.
bool ByHand::is_other_main(uint32_t index) {
  if (!mains_) find_mains();
  std::string_view folder = dir_name(view_.project.files[index].path);
  return mains_->contains(folder) && !folder.empty() && !built_.empty() && !built_.contains(folder);
}

// The folders that a command makes a program of, from the top and from its own folder. A script in the program's folder
// that runs it is somebody's hand.
void ByHand::note_made(const ProjectFile& file, const Fact& go, std::set<std::string, std::less<>>& into) {
  std::string_view own = dir_name(file.path);
  for (const Arg& arg : go.args()) {
    std::string_view folder = folder_of(arg.value.text);
    bool option = !arg.name.empty() || !arg.value.is(ValueKind::String) || arg.value.text.starts_with('-');
    if (option || folder.size() > longest_folder || (folder == "." && file.format() == "shell")) continue;
    into.emplace(folder);
    if (!own.empty()) into.insert(join_path(own, folder));
  }
}

void ByHand::find_mains() {
  mains_.emplace();
  std::set<std::string, std::less<>> named;
  for (const ProjectFile& file : view_.project.files) {
    if (!file.facts || (file.scope & (scope::Outside & ~scope::Ci))) continue;
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind == FactKind::Command && fact.name == "go" && makes_program(fact)) {
        note_made(file, fact, named);
      } else if (fact.kind == FactKind::Entry && builds_.contains(fact.name)) {
        named.emplace(folder_of(fact.value.text));
      } else if (fact.context.scope == "main" && file.format() == "go") {
        mains_->insert(dir_name(file.path));
      }
    }
  }
  for (std::string_view folder : *mains_) {
    bool built =
        std::any_of(named.begin(), named.end(), [&](std::string_view name) { return names_folder(name, folder); });
    if (built) built_.emplace(folder);
  }
}

}  // namespace tfcheck
