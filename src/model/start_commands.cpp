// Which commands run when: every Command fact gets a role from where it stands, and start commands are followed through
// the scripts that they call (`CMD ["./boot.sh"]` → boot.sh → `gunicorn app:app`), npm scripts included.
#include <algorithm>

#include "base/text.h"
#include "model/project.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr int deepest_call = 6;

CommandRole role_in_kubernetes(std::string_view path) {
  if (icontains(path, "Probe.") || icontains(path, "lifecycle")) return CommandRole::Health;
  if (path.find("initContainers") != std::string_view::npos || path.starts_with("Job.")) return CommandRole::Release;
  if (path.starts_with("CronJob.")) return CommandRole::Cron;
  return CommandRole::Start;
}

CommandRole role_in_compose(std::string_view path) {
  if (path.find(".healthcheck") != std::string_view::npos) return CommandRole::Health;
  bool start = path.find(".command") != std::string_view::npos || path.find(".entrypoint") != std::string_view::npos;
  return start ? CommandRole::Start : CommandRole::Other;
}

CommandRole role_in_dockerfile(std::string_view where, const Context& context) {
  if (where == "CMD" || where == "ENTRYPOINT")
    return context.has(context::FinalStage) ? CommandRole::Start : CommandRole::Build;
  return where == "HEALTHCHECK" ? CommandRole::Health : CommandRole::Build;
}

// Where a command's text stands decides what it is for; scripts themselves are Other until something starts them.
CommandRole own_role(const ProjectFile& file, const Fact& fact) {
  std::string_view where = fact.context.scope;
  std::string_view format = file.format();
  if (file.scope & scope::Ci) return CommandRole::Ci;
  if (format == "procfile") return where == "release" ? CommandRole::Release : CommandRole::Start;
  if (format == "dockerfile") return role_in_dockerfile(where, fact.context);
  if (format == "compose") return role_in_compose(where);
  if (format == "kubernetes" || format == "openshift" || format == "helm") return role_in_kubernetes(where);
  if (format == "crontab") return CommandRole::Cron;
  if (format == "systemd")
    return where.find("ExecStart") != std::string_view::npos ? CommandRole::Start : CommandRole::Other;
  if (format == "supervisor") return CommandRole::Start;
  if (format == "github-actions" || format == "gitlab-ci" || format == "travis" || format == "circleci")
    return CommandRole::Ci;
  return CommandRole::Other;
}

bool is_development(const ProjectFile& file, const Fact& fact) {
  return (file.scope & scope::Development) || fact.context.has(context::Development);
}

// The npm script that `npm start`, `npm run X`, `yarn X` or `pnpm run X` names, "" for other commands.
std::string_view npm_script(const Fact& command) {
  bool npm = command.name == "npm" || command.name == "yarn" || command.name == "pnpm" || command.name == "bun";
  if (!npm) return {};
  std::string_view first;
  for (const Arg& arg : command.args()) {
    if (!arg.name.empty() || !arg.value.is(ValueKind::String) || arg.value.text.starts_with('-')) continue;
    if (first == "run" || first == "run-script") return arg.value.text;
    if (!first.empty()) break;
    first = arg.value.text;
  }
  if (first == "start" || first == "test") return first;
  return command.name == "npm" || first == "run" || first == "install" || first == "add" ? std::string_view{} : first;
}

}  // namespace

class StartResolver {
 public:
  explicit StartResolver(Project& project) : project_(project) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) assign_roles(file);
    for (uint32_t i = 0; i < project_.components.size(); ++i) start_npm_default(i);
    std::sort(project_.starts_.begin(), project_.starts_.end());
  }

 private:
  void assign_roles(uint32_t file) {
    const ProjectFile& owner = project_.files[file];
    if (!owner.facts || (owner.scope & scope::Outside)) return;
    const auto& facts = owner.facts->facts();
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind != FactKind::Command) continue;
      CommandRole role = own_role(owner, facts[i]);
      if (role == CommandRole::Other) continue;
      FactRef here{file, i};
      CommandInfo info{role, is_development(owner, facts[i]), true, here};
      if (role == CommandRole::Start && !info.development) note_start(file);
      mark(here, info, 0);
    }
  }

  void note_start(uint32_t file) {
    uint32_t component = project_.files[file].component;
    if (component == no_index) return;
    started_.resize(project_.components.size());
    started_[component] = true;
  }

  // Platforms start a Node app that declares nothing else by its `start` script.
  void start_npm_default(uint32_t component) {
    started_.resize(project_.components.size());
    if (started_[component]) return;
    for (uint32_t manifest : project_.components[component].manifests) {
      if (base_name(project_.files[manifest].path) == "package.json")
        follow_script(manifest, "start", {CommandRole::Start, false, true, {}}, 0);
    }
  }

  void mark(FactRef ref, CommandInfo info, int depth) {
    uint64_t key = uint64_t{ref.file} << 32 | ref.fact;
    auto [place, fresh] = project_.commands_.try_emplace(key, info);
    // What production starts counts as started by production, whoever else starts it.
    bool better = !fresh && info.role == CommandRole::Start &&
                  (place->second.role != CommandRole::Start || (place->second.development && !info.development));
    if (!fresh && !better) return;
    if (info.role == CommandRole::Start && (fresh || place->second.role != CommandRole::Start))
      project_.starts_.push_back(ref);
    place->second = info;
    if (depth < deepest_call) follow(ref, info, depth + 1);
  }

  void follow(FactRef ref, CommandInfo info, int depth) {
    const Fact& command = project_.fact(ref);
    info.main = false;
    if (std::string_view script = npm_script(command); !script.empty()) return follow_npm(ref, script, info, depth);
    if (uint32_t target = script_of(ref, command); target != no_index) follow_file(target, info, depth);
  }

  void follow_npm(FactRef ref, std::string_view script, CommandInfo info, int depth) {
    // The nearest package.json at or above the file, or the only one below a Dockerfile's folder.
    for (std::string_view folder = dir_name(project_.files[ref.file].path);; folder = dir_name(folder)) {
      uint32_t manifest =
          project_.find_file(folder.empty() ? std::string("package.json") : std::string(folder) + "/package.json");
      if (manifest != no_index) return follow_script(manifest, script, info, depth);
      if (folder.empty()) return;
    }
  }

  void follow_script(uint32_t manifest, std::string_view script, CommandInfo info, int depth) {
    const ProjectFile& owner = project_.files[manifest];
    if (!owner.facts) return;
    const auto& facts = owner.facts->facts();
    std::string names[] = {"scripts." + std::string(script), "scripts.pre" + std::string(script)};
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind != FactKind::Command ||
          (facts[i].context.scope != names[0] && facts[i].context.scope != names[1]))
        continue;
      CommandInfo found = info;
      if (found.origin == FactRef{}) found.origin = {manifest, i};
      mark({manifest, i}, found, depth);
    }
  }

  void follow_file(uint32_t file, CommandInfo info, int depth) {
    const auto& facts = project_.files[file].facts->facts();
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind == FactKind::Command) mark({file, i}, info, depth);
    }
  }

  // The repository's shell script that a command runs: `./boot.sh`, `sh /app/boot.sh`, `. ./env.sh`,
  // `docker-entrypoint.sh`.
  uint32_t script_of(FactRef ref, const Fact& command) {
    std::string_view word = raw_program(command);
    uint32_t found = find_script(ref.file, word);
    if (found != no_index) return found;
    static constexpr std::string_view shells[] = {"sh", "bash", "ash", "dash", "zsh", "source", ".", "ksh"};
    if (std::find(std::begin(shells), std::end(shells), command.name) == std::end(shells)) return no_index;
    for (const Arg& arg : command.args()) {
      if (!arg.name.empty() || !arg.value.is(ValueKind::String) || arg.value.text.starts_with('-')) continue;
      return find_script(ref.file, arg.value.text);
    }
    return no_index;
  }

  static std::string_view raw_program(const Fact& command) {
    const Value& spelled = argument(command.args(), "path");
    return spelled.is(ValueKind::String) ? spelled.text : command.name;
  }

  bool is_script(uint32_t file) const {
    return file != no_index && project_.files[file].facts && project_.files[file].format() == "shell" &&
           !(project_.files[file].scope & scope::Vendored);
  }

  uint32_t find_script(uint32_t from, std::string_view word) const {
    while (word.starts_with("./")) word.remove_prefix(2);
    std::string_view name = base_name(word);
    if (name.empty() || name.find('$') != std::string_view::npos) return no_index;
    // A bare word is a program of the PATH unless it looks like a script.
    if (word.find('/') == std::string_view::npos && name.find(".sh") == std::string_view::npos &&
        name.find("entrypoint") == std::string_view::npos) {
      uint32_t here = project_.find_file(join_path(dir_name(project_.files[from].path), word));
      return is_script(here) && here != from ? here : no_index;
    }
    const Component* component = project_.component_of(from);
    for (std::string base : {std::string(dir_name(project_.files[from].path)),
                             component ? component->root : std::string(), std::string()}) {
      uint32_t file = project_.find_file(join_path(base, word));
      if (is_script(file) && file != from) return file;
    }
    return only_script_named(name, from);
  }

  // Images copy scripts to other places: a script of that name that is the only one in the component, or at all.
  uint32_t only_script_named(std::string_view name, uint32_t from) const {
    uint32_t in_component = no_index, anywhere = no_index;
    int count_component = 0, count_anywhere = 0;
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      if (base_name(project_.files[i].path) != name || !is_script(i) || i == from) continue;
      ++count_anywhere, anywhere = i;
      if (project_.files[i].component == project_.files[from].component) ++count_component, in_component = i;
    }
    if (count_component == 1) return in_component;
    return count_component == 0 && count_anywhere == 1 ? anywhere : no_index;
  }

  Project& project_;
  std::vector<bool> started_;
};

void Project::build_commands() {
  StartResolver(*this).run();
}

}  // namespace tfcheck
