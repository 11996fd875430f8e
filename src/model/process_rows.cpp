// `process`: the commands that processes of the repository run, each with the file behind it.
#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/text.h"
#include "model/checkouts.h"
#include "model/command_port.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/entry_files.h"
#include "model/images.h"
#include "model/units.h"
#include "model/words.h"

namespace tfcheck {

namespace {

class ProcessRows {
 public:
  ProcessRows(const WholeProject& view, ModelFacts& facts)
      : project_(view.project),
        facts_(facts),
        view_(view),
        entries_(view),
        ports_(view),
        checkouts_(view),
        small_(view.set("passing-command")),
        services_(view.set("service-program")),
        workers_(view.set("worker-name")),
        clocks_(view.set("clock-name")),
        servers_(view.set("server-program")),
        lasting_(view.set("lasting-program")),
        tasks_(view.set("task-program")),
        one_off_words_(view.set("one-off-word")),
        one_off_tasks_(view.set("one-off-task")) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts) continue;
      std::span<const Fact> facts = view_.facts(owner);
      find_functions(owner, facts);
      find_last(facts);
      for (uint32_t i = 0; i < facts.size(); ++i) {
        if (facts[i].kind == FactKind::Command && !functions_.contains(facts[i].name)) command({file, i}, facts[i]);
      }
    }
  }

 private:
  // A script's functions: what calls one runs the commands in it.
  void find_functions(const ProjectFile& owner, std::span<const Fact> facts) {
    functions_.clear();
    if (owner.format() != "shell") return;
    for (const Fact& fact : facts) {
      if (fact.context.has(context::InFunction)) functions_.insert(fact.context.scope);
    }
  }

  // Of the commands of one text the last is what stays; those before it make it ready.
  void find_last(std::span<const Fact> facts) {
    last_.clear();
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      if (fact.kind != FactKind::Command || fact.context.has(context::Substitution)) continue;
      if (!small_.contains(fact.name) && !is_one_off(fact)) last_[fact.context.scope] = i;
    }
  }

  // `manage.py migrate`, `bundle install`, `prisma db push`: it ends when it is done.
  bool is_one_off(const Fact& command) const {
    bool builds = project_.words().compilers.contains(command.name);
    if (builds || tasks_.contains(command.name)) return true;
    std::span<const Arg> args = command.args();
    return std::any_of(args.begin(), args.end(), [&](const Arg& arg) {
      return arg.name.empty() && !arg.value.text.starts_with('-') &&
             (one_off_words_.contains(arg.value.text) || one_off_tasks_.contains(arg.value.text));
    });
  }

  // By its place or its name; what only running it would name is nothing to list.
  bool lasts(FactRef ref, const Fact& fact) const {
    bool named = !fact.name.starts_with('$') && fact.name.find_first_of("{}") == std::string_view::npos;
    if (!named || is_one_off(fact)) return false;
    bool apart = fact.context.has(context::Exec) || fact.context.has(context::Background);
    auto last = last_.find(fact.context.scope);
    return apart || (last != last_.end() && last->second == ref.fact) || servers_.contains(fact.name) ||
           lasting_.contains(fact.name);
  }

  void command(FactRef ref, const Fact& fact) {
    CommandInfo info = project_.command(ref);
    bool runs = info.role == CommandRole::Start || info.role == CommandRole::Release ||
                info.role == CommandRole::Cron || info.role == CommandRole::Health;
    bool named = fact.name.find_first_of(" \n\t") == std::string_view::npos && fact.name != "$()";
    if (!runs || !named || small_.contains(fact.name) || fact.context.has(context::Substitution)) return;
    std::string unit = unit_of(project_.files[info.origin.file], project_.fact(info.origin));
    EntryFile entry = entries_.of(ref);
    bool task = info.role == CommandRole::Cron || info.role == CommandRole::Release;
    DerivedRow row(FactKind::Process, ref, type_of(info, fact, unit));
    if (entry.file != no_index) row.value(project_.files[entry.file].path).flag("direct", entry.direct);
    FactRef made = row.column("program", fact.name)
                       .column("role", to_string(info.role))
                       .column("unit", unit)
                       .column("port", ports_.of(fact))
                       .column("hops", std::to_string(info.hops))
                       .column("elsewhere", task ? checkouts_.other_folder(ref) : "")
                       .column("leaves", checkouts_.left_environment(ref))
                       .flag("exec", fact.context.has(context::Exec))
                       .flag("development", info.development)
                       .flag("guessed", info.guessed)
                       .flag("passing", !lasts(ref, fact))
                       .flag("replaceable", project_.files[ref.file].tells(tells::OthersStart))
                       .add_to(facts_, project_);
    if (entry.file != no_index && made.fact != no_index) facts_.add_entry(made, entry.file);
  }

  std::string_view type_of(const CommandInfo& info, const Fact& fact, std::string_view unit) const {
    if (info.role == CommandRole::Health) return "health";
    if (info.role == CommandRole::Release) return "release";
    std::string_view name = unit.substr(unit.rfind('.') + 1);
    if (info.role == CommandRole::Cron || clocks_.contains(name)) return "clock";
    if (services_.contains(fact.name)) return "service";
    if (workers_.contains(name) || workers_.contains(fact.name)) return "worker";
    for (const Arg& arg : fact.args()) {
      bool word = arg.name.empty() && !arg.value.text.starts_with('-');
      if (word && workers_.contains(base_name(arg.value.text))) return "worker";
    }
    return "web";
  }

  const Project& project_;
  ModelFacts& facts_;
  const WholeProject& view_;
  EntryFiles entries_;
  CommandPorts ports_;
  Checkouts checkouts_;
  const WordSet &small_, &services_, &workers_, &clocks_;
  const WordSet &servers_, &lasting_, &tasks_, &one_off_words_, &one_off_tasks_;
  std::map<std::string_view, uint32_t> last_;       // of the file that is looked at: scope → command
  std::unordered_set<std::string_view> functions_;  // of the file that is looked at
};

}  // namespace

void derive_processes(const WholeProject& view, ModelFacts& facts) {
  ProcessRows(view, facts).run();
}

}  // namespace tfcheck
