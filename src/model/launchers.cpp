#include "model/launchers.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

Launchers::Launchers(const ProjectView& view)
    : view_(view), entries_(view), spawns_(view.set("background-spawn-call")), modules_(view.set("launcher-module")) {}

std::optional<Launcher> Launchers::of(FactRef command) const {
  uint32_t file = file_of(command);
  if (file == no_index || file == command.file) return {};
  const Project& project = view_.project;
  const ProjectFile& program = project.files[file];
  bool code = program.facts && program.adapter && program.adapter->kind == AdapterKind::Code;
  if (!code || program.format() == "shell" || (program.scope & (scope::Outside | scope::Development))) return {};
  Launcher found{file, {}, false};
  bool spawns = false;
  for (uint32_t i = 0; i < project.fact_count(file); ++i) {
    const Fact& fact = project.fact({file, i});
    // What else it loads may do the work itself, and hear the signal.
    if (fact.kind == FactKind::Import && !modules_.contains(fact.name)) return {};
    if (fact.kind == FactKind::Server) return {};
    if (fact.kind == FactKind::Signal && fact.name != "INT") return {};
    if (fact.kind == FactKind::Signal) found.place = fact.span, found.interrupt = true;
    if (fact.kind != FactKind::Call || !spawns_.contains(fact.name)) continue;
    if (!spawns && !found.interrupt) found.place = fact.span;
    spawns = true;
  }
  view_.count(project.fact_count(file));
  return spawns ? std::optional(found) : std::nullopt;
}

uint32_t Launchers::file_of(FactRef command) const {
  EntryFile entry = entries_.of(command);
  if (entry.file != no_index) return entry.direct ? entry.file : no_index;
  for (const Arg& arg : view_.project.fact(command).args()) {
    if (arg.name.empty() && !arg.value.text.starts_with('-')) return copied(command, base_name(arg.value.text));
  }
  return no_index;
}

// `COPY --from=build /src/api/run.mjs /app` says which of several files of a name it is.
uint32_t Launchers::copied(FactRef command, std::string_view name) const {
  const ProjectFile& image = view_.project.files[command.file];
  if (name.find('.') == std::string_view::npos || image.format() != "dockerfile") return no_index;
  const Value& stage = argument(view_.project.fact(command).args(), "stage");
  for (const Fact& fact : view_.facts(image)) {
    if (fact.kind != FactKind::Entry || fact.name != "COPY" || std::to_string(fact.context.index) != stage.text)
      continue;
    for (std::string_view word : split_words(fact.value.text)) {
      if (base_name(word) != name) continue;
      for (std::string_view path = word;;) {
        if (uint32_t file = view_.project.find_file(path); file != no_index && path.find('/') != std::string_view::npos)
          return file;
        size_t slash = path.find('/');
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
      }
    }
  }
  return no_index;
}

bool hears_term(const Fact& trap) {
  std::span<const Arg> args = trap.args();
  if (args.size() < 2) return true;
  return std::any_of(args.begin() + 1, args.end(), [](const Arg& arg) {
    std::string_view signal = arg.value.text;
    return !arg.value.is(ValueKind::String) || signal.ends_with("TERM") || signal == "15" || signal == "-";
  });
}

namespace {

struct Build {
  std::string_view folder, image, stage;
  bool overridden = false;  // the service says itself what starts
};

}  // namespace

std::map<uint32_t, std::set<std::string, std::less<>>> targeted_stages(const ProjectView& view) {
  std::map<uint32_t, std::set<std::string, std::less<>>> found;
  for (const ProjectFile& file : view.project.files) {
    if (file.format() != "compose" || !file.facts || (file.scope & scope::OnRequest)) continue;
    // The developers' one by its name asks for stages of theirs.
    bool plain = view.project.words().plain_compose_files.contains(base_name(file.path));
    if ((file.scope & scope::Development) && !plain) continue;
    std::map<std::string_view, Build> builds;
    for (const Fact& fact : view.facts(file)) {
      if (fact.kind != FactKind::Entry || !fact.name.starts_with("services.")) continue;
      size_t end = fact.name.find('.', std::string_view("services.").size());
      if (end == std::string_view::npos) continue;
      std::string_view key = fact.name.substr(end + 1);
      Build& build = builds[fact.name.substr(0, end)];
      if (key == "build.context") build.folder = fact.value.text;
      if (key == "build.dockerfile") build.image = fact.value.text;
      if (key == "build.target") build.stage = fact.value.text;
      build.overridden |= key.starts_with("command") || key.starts_with("entrypoint");
    }
    for (const auto& [service, build] : builds) {
      if (build.stage.empty() || build.overridden) continue;
      std::string folder = join_path(dir_name(file.path), build.folder.empty() ? "." : build.folder);
      uint32_t image = view.project.find_file(join_path(folder, build.image.empty() ? "Dockerfile" : build.image));
      if (image != no_index) found[image].emplace(build.stage);
    }
  }
  return found;
}

}  // namespace tfcheck
