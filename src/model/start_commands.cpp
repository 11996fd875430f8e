// Which commands run when: every Command fact gets a role from where it stands, and start commands are followed through
// the scripts that they call (`CMD ["./boot.sh"]` → boot.sh → `gunicorn app:app`), npm scripts included.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "model/called_scripts.h"
#include "model/derive.h"
#include "model/entry_files.h"
#include "model/mounted_images.h"
#include "model/mounted_scripts.h"
#include "model/project.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr int deepest_call = 6;

bool is_development(const ProjectFile& file, const Fact& fact) {
  return (file.scope & scope::Development) || fact.context.has(context::Development);
}

// Scripts of a package.json that are made to start a release; others are chosen by who calls them.
bool is_start_script(const WordSet& names, std::string_view scope) {
  scope.remove_prefix(std::min(scope.size(), std::string_view("scripts.").size()));
  return names.contains(scope);
}

class StartResolver {
 public:
  explicit StartResolver(const Project& project)
      : project_(project),
        words_(project.words()),
        waiting_(project.words().vocabulary.set("waiting-program")),
        mounted_(mounted_images(project)) {}

  StartCommands run() {
    started_.resize(project_.components.size());
    developed_.resize(project_.components.size());
    for (uint32_t file = 0; file < project_.files.size(); ++file) assign_roles(file);
    for (uint32_t i = 0; i < project_.components.size(); ++i) start_npm_default(i);
    for (uint32_t file = 0; file < project_.files.size(); ++file) start_by_name(file);
    std::sort(found_.starts.begin(), found_.starts.end());
    if (inside_) found_.visited += inside_->visited();
    if (view_) found_.visited += view_->work().visited + view_->work().comparisons;
    return std::move(found_);
  }

 private:
  void assign_roles(uint32_t file) {
    const ProjectFile& owner = project_.files[file];
    if (!owner.facts || (owner.scope & scope::Outside)) return;
    const auto& facts = facts_of(file);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind != FactKind::Command) continue;
      CommandRole role = owner.scope & scope::Ci ? CommandRole::Ci : facts[i].role;
      if (role == CommandRole::Other) continue;
      FactRef here{file, i};
      CommandInfo info;
      bool packs = owner.scope & scope::Packing;
      bool once = role == CommandRole::Start && (packs || project_.places().runs_to_completion(project_, here));
      info.role = once ? CommandRole::Release : role;
      info.development =
          is_development(owner, facts[i]) || project_.places().mounts_source(project_, here) || mounted_.contains(file);
      info.main = true;
      info.origin = info.place = here;
      if (info.role == CommandRole::Start) note_start(file, info.development);
      // What a task runs counts for whoever asks for the task.
      mark(here, info, holds_tasks(owner) ? deepest_call : 0);
    }
  }

  void note_start(uint32_t file, bool development) {
    uint32_t component = project_.files[file].component;
    if (component != no_index) (development ? developed_ : started_)[component] = true;
  }

  // Platforms start a Node app that declares nothing else by its `start` script. A front end is built instead: the
  // `start` of its bundler is for developers.
  void start_npm_default(uint32_t component) {
    if (started_[component] || developed_[component]) return;
    CommandInfo info;
    info.role = CommandRole::Start;
    info.main = true;
    for (uint32_t manifest : project_.components[component].manifests) {
      const ProjectFile& file = project_.files[manifest];
      if (base_name(file.path) != "package.json" || !file.facts) continue;
      if (std::string script = default_script(manifest); !script.empty()) follow_script(manifest, script, info, 0);
    }
  }

  // `start`, or what stands beside it for production; "" where that starts no app.
  std::string default_script(uint32_t manifest) {
    for (const std::string& name : words_.production_scripts.patterns()) {
      if (scripts_of(manifest).contains("scripts." + name) && !only_builds(manifest, name)) return name;
    }
    return only_builds(manifest, "start") ? "" : "start";
  }

  // What a script comes down to, through those of the same package.json that it runs.
  struct Builds {
    bool starts = false;   // something is run that makes no program or front end
    bool watches = false;  // a compiler waits for what a developer saves
  };

  bool only_builds(uint32_t manifest, const std::string& script) {
    Builds builds;
    std::set<std::string> seen;
    look_at_script(manifest, script, 0, seen, builds);
    return builds.watches || (!seen.empty() && !builds.starts);
  }

  void look_at_script(uint32_t manifest, const std::string& script, int depth, std::set<std::string>& seen,
                      Builds& builds) {
    auto found = scripts_of(manifest).find("scripts." + script);
    if (found == scripts_of(manifest).end() || depth > deepest_call || !seen.insert(script).second) return;
    for (uint32_t i : found->second) {
      const Fact& command = project_.fact({manifest, i});
      ++found_.visited;
      bool bundles = words_.bundlers.contains(program_of(command));
      builds.watches |= watches(command) || (bundles && depth == 0);
      std::vector<PackageScript> called = called_package_scripts(project_, {manifest, i});
      for (const PackageScript& other : called) {
        if (other.manifest == manifest) look_at_script(manifest, other.name, depth + 1, seen, builds);
        builds.starts |= other.manifest != manifest;
      }
      bool small = bundles || words_.compilers.contains(command.name) || words_.passing_commands.contains(command.name);
      builds.starts |= called.empty() && !small;
    }
  }

  // "ng" of `node --max-old-space-size=8000 ./node_modules/@angular/cli/bin/ng serve`, too.
  static std::string_view program_of(const Fact& command) {
    if (command.name != "node") return command.name;
    for (const Arg& arg : command.args()) {
      if (arg.name.empty() && !arg.value.text.starts_with('-'))
        return arg.value.text.find("node_modules/") == std::string_view::npos ? command.name
                                                                              : base_name(arg.value.text);
    }
    return command.name;
  }

  // `tsc --watch`: compiles whatever a developer saves.
  bool watches(const Fact& command) const {
    return words_.compilers.contains(command.name) &&
           std::any_of(command.args().begin(), command.args().end(), [&](const Arg& arg) {
             return words_.watch_options.contains(arg.name.empty() ? arg.value.text : arg.name);
           });
  }

  void mark(FactRef ref, CommandInfo info, int depth) {
    const ProjectFile& owner = project_.files[ref.file];
    const Fact& command = project_.fact(ref);
    std::string_view scope = command.context.scope;
    info.development |= command.context.has(context::DevGuard);
    bool named =
        holds_tasks(owner) || (owner.format() == "npm-package" && !is_start_script(words_.start_scripts, scope));
    bool chosen = named && depth > 0;
    if (!chosen || info.place == FactRef{}) info.place = ref;
    uint64_t key = uint64_t{ref.file} << 32 | ref.fact;
    auto [place, fresh] = found_.known.try_emplace(key, info);
    // What production starts counts as started by production, whoever else starts it.
    const CommandInfo& known = place->second;
    bool better = !fresh && info.role == CommandRole::Start &&
                  (known.role != CommandRole::Start || (known.development && !info.development));
    better = better || (!fresh && known.role == CommandRole::Ci && holds_tasks(owner) && is_process(info.role));
    if (!fresh && !better) return;
    if (info.role == CommandRole::Start && (fresh || known.role != CommandRole::Start)) found_.starts.push_back(ref);
    place->second = info;
    if (depth < deepest_call) follow(ref, info, depth + 1);
  }

  static bool is_process(CommandRole role) {
    return role == CommandRole::Start || role == CommandRole::Release || role == CommandRole::Cron;
  }

  void follow(FactRef ref, CommandInfo info, int depth) {
    // How it waits is its own business, and it ends.
    if (waiting_.contains(project_.fact(ref).name)) return;
    info.main = false;
    ++info.hops;
    std::vector<PackageScript> scripts = called_package_scripts(project_, ref);
    for (const PackageScript& script : scripts) {
      // `make` in an image may be of whatever lies in it; $(make version) only gives a text.
      bool text = project_.fact(ref).context.has(context::Substitution);
      bool unknown = holds_tasks(project_.files[script.manifest]) && (text || !is_process(info.role));
      if (!unknown) follow_script(script.manifest, script.name, info, depth);
    }
    if (!scripts.empty()) return;
    uint32_t target = called_shell_script(project_, ref);
    if (target != no_index) return follow_file(target, info, depth);
    if (!inside_) inside_.emplace(project_);
    if (std::optional<MountedScripts::Range> script = inside_->called_by(ref))
      return follow_facts(script->file, script->first, script->end, info, depth);
    if (info.role == CommandRole::Start) follow_program(ref, info, depth);
  }

  // The commands that a program runs itself, `execSync('prisma migrate deploy')`: those of the file that it is.
  void follow_program(FactRef ref, const CommandInfo& info, int depth) {
    if (!entries_) entries_.emplace(view_.emplace(project_));
    EntryFile entry = entries_->of(ref);
    if (!entry.direct || entry.file == no_index || entry.file == ref.file) return;
    const ProjectFile& program = project_.files[entry.file];
    bool code = program.facts && program.adapter && program.adapter->kind == AdapterKind::Code;
    if (code && !(program.scope & (scope::Outside | scope::Development))) follow_file(entry.file, info, depth);
  }

  void follow_script(uint32_t manifest, std::string_view script, CommandInfo info, int depth) {
    if (!project_.files[manifest].facts) return;
    Followed& followed = followed_scripts_[{manifest, std::string(script)}];
    if (followed.by(info)) return;
    std::vector<uint32_t> commands;
    const Scripts& scripts = scripts_of(manifest);
    for (std::string_view prefix : {"scripts.", "scripts.pre"}) {
      auto found = scripts.find(std::string(prefix) + std::string(script));
      if (found != scripts.end()) commands.insert(commands.end(), found->second.begin(), found->second.end());
    }
    std::sort(commands.begin(), commands.end());
    for (uint32_t i : commands) {
      CommandInfo found = info;
      if (found.origin == FactRef{}) found.origin = {manifest, i};
      mark({manifest, i}, found, depth);
    }
    found_.visited += commands.size();
    followed.add(info);
    follow_needs(manifest, script, info, depth);
  }

  // The tasks that have to be done before another: "needs.run" = "build migrate".
  void follow_needs(uint32_t manifest, std::string_view task, const CommandInfo& info, int depth) {
    if (depth >= deepest_call || !holds_tasks(project_.files[manifest])) return;
    const Scripts& scripts = scripts_of(manifest);
    auto needs = scripts.find("needs." + std::string(task));
    if (needs == scripts.end()) return;
    for (uint32_t i : needs->second) {
      for (std::string_view name : split_words(project_.fact({manifest, i}).value.text))
        follow_script(manifest, name, info, depth + 1);
    }
  }

  // The commands of a package.json or a task file by where they stand, and what its tasks need.
  using Scripts = std::unordered_map<std::string, std::vector<uint32_t>>;
  const Scripts& scripts_of(uint32_t manifest) {
    auto [place, fresh] = scripts_.try_emplace(manifest);
    if (!fresh) return place->second;
    const auto& facts = facts_of(manifest);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind == FactKind::Command) place->second[std::string(facts[i].context.scope)].push_back(i);
      bool needs = facts[i].kind == FactKind::Entry && facts[i].name.starts_with("needs.");
      if (needs && holds_tasks(project_.files[manifest])) place->second[std::string(facts[i].name)].push_back(i);
    }
    return place->second;
  }

  // Whoever calls a script again as the same kind of process changes nothing: its commands are marked.
  class Followed {
   public:
    bool by(const CommandInfo& info) const {
      size_t kind = kind_of(info);
      return done_[kind] || (kind == 1 && done_[0]);
    }
    void add(const CommandInfo& info) { done_[kind_of(info)] = true; }

   private:
    static size_t kind_of(const CommandInfo& info) {
      return info.role != CommandRole::Start ? 2 : info.development ? 1 : 0;
    }
    bool done_[3] = {};
  };

  // All facts of a file, which its caller goes through.
  const std::vector<Fact>& facts_of(uint32_t file) {
    const std::vector<Fact>& facts = project_.files[file].facts->facts();
    found_.visited += facts.size();
    return facts;
  }

  void follow_file(uint32_t file, CommandInfo info, int depth) {
    follow_facts(file, 0, project_.own_facts(file), info, depth);
  }

  // Those from `first` up to `end`: a file's, or of one that stands in it.
  void follow_facts(uint32_t file, uint32_t first, uint32_t end, CommandInfo info, int depth) {
    Followed& followed = followed_files_[{file, first}];
    if (followed.by(info)) return;
    const auto& all = facts_of(file);
    std::span<const Fact> facts(all.data(), end);
    std::vector<Span> tasks = info.role == CommandRole::Start ? admin_arms(facts.subspan(first)) : std::vector<Span>{};
    for (uint32_t i = first; i < end; ++i) {
      if (facts[i].kind != FactKind::Command) continue;
      bool task = lies_within(tasks, facts[i].span);
      if (info.guessed && depth == 1) info.origin = {file, i};
      if (!task) mark({file, i}, info, depth);
    }
    followed.add(info);
  }

  // True when one of the arms holds the span. The arms are sorted, and each ends where the longest up to it does.
  static bool lies_within(const std::vector<Span>& arms, Span span) {
    auto behind = std::upper_bound(arms.begin(), arms.end(), span.begin,
                                   [](uint32_t begin, Span arm) { return begin < arm.begin; });
    return behind != arms.begin() && span.end <= std::prev(behind)->end;
  }

  // Arms of `case "$1" in` that only an explicit command reaches: `migrate) …`, `shell) …`, `test) …`.
  std::vector<Span> admin_arms(std::span<const Fact> facts) const {
    const std::vector<std::string>& words = words_.admin_task_words.patterns();
    std::vector<Span> arms;
    for (const Fact& fact : facts) {
      bool by_argument = fact.kind == FactKind::Branch && fact.name == "case" &&
                         fact.value.text.find('$') != std::string_view::npos &&
                         (fact.value.text.find('1') != std::string_view::npos ||
                          fact.value.text.find('@') != std::string_view::npos || icontains(fact.value.text, "cmd") ||
                          icontains(fact.value.text, "command") || icontains(fact.value.text, "action"));
      if (!by_argument) continue;
      std::span<const Arg> args = fact.args();
      for (size_t i = 1; i < args.size(); ++i) {
        std::string name = lower(args[i].value.text);
        bool admin = std::any_of(std::begin(words), std::end(words),
                                 [&](const std::string& word) { return name.find(word) != std::string::npos; });
        if (admin)
          arms.push_back(
              {args[i].value.span.begin, i + 1 < args.size() ? args[i + 1].value.span.begin : fact.span.end});
      }
    }
    std::sort(arms.begin(), arms.end());
    for (size_t i = 1; i < arms.size(); ++i) arms[i].end = std::max(arms[i].end, arms[i - 1].end);
    return arms;
  }

  // Entrypoints by name, for repositories whose image or platform is defined elsewhere.
  void start_by_name(uint32_t file) {
    const ProjectFile& script = project_.files[file];
    constexpr uint32_t elsewhere = scope::Outside | scope::Ci | scope::Development;
    if (!is_shell_script(project_, file) || (script.scope & elsewhere)) return;
    const Component* component = project_.component_of(file);
    ScriptName name = words_.entrypoints.of(script.path, component ? component->root : std::string());
    if (name == ScriptName::Other ||
        (name == ScriptName::PerhapsStart && script.component != no_index && started_[script.component]))
      return;
    const auto& facts = facts_of(file);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (found_.known.contains(uint64_t{file} << 32 | i)) return;
    }
    CommandInfo info;
    info.role = CommandRole::Start;
    info.guessed = true;
    follow_file(file, info, 1);
  }

  const Project& project_;
  const ModelWords& words_;
  const WordSet& waiting_;
  const std::set<uint32_t> mounted_;  // images that only developers run
  StartCommands found_;
  std::optional<WholeProject> view_;
  std::optional<EntryFiles> entries_;  // once asked for
  std::vector<bool> started_;          // by component: something deploys it
  std::vector<bool> developed_;        // … something starts it for developers
  std::unordered_map<uint32_t, Scripts> scripts_;
  std::map<std::pair<uint32_t, uint32_t>, Followed> followed_files_;  // by the file and the first of its facts
  std::optional<MountedScripts> inside_;                              // once asked for
  std::map<std::pair<uint32_t, std::string>, Followed> followed_scripts_;
};

}  // namespace

StartCommands follow_start_commands(const Project& project) {
  return StartResolver(project).run();
}

}  // namespace tfcheck
