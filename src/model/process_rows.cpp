// `process`: the commands that processes of the repository run, each with the file behind it.
#include <unordered_set>

#include "base/text.h"
#include "model/command_port.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/entry_files.h"
#include "model/images.h"
#include "model/units.h"

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
        small_(view.set("passing-command")),
        services_(view.set("service-program")),
        workers_(view.set("worker-name")),
        clocks_(view.set("clock-name")) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts) continue;
      std::span<const Fact> facts = view_.facts(owner);
      find_functions(owner, facts);
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

  void command(FactRef ref, const Fact& fact) {
    CommandInfo info = project_.command(ref);
    bool runs = info.role == CommandRole::Start || info.role == CommandRole::Release ||
                info.role == CommandRole::Cron || info.role == CommandRole::Health;
    bool named = fact.name.find_first_of(" \n\t") == std::string_view::npos && fact.name != "$()";
    if (!runs || !named || small_.contains(fact.name) || fact.context.has(context::Substitution)) return;
    std::string unit = unit_of(project_.files[info.origin.file], project_.fact(info.origin));
    EntryFile entry = entries_.of(ref);
    DerivedRow row(FactKind::Process, ref, type_of(info, fact, unit));
    if (entry.file != no_index) row.value(project_.files[entry.file].path).flag("direct", entry.direct);
    FactRef made = row.column("program", fact.name)
                       .column("role", to_string(info.role))
                       .column("unit", unit)
                       .column("port", ports_.of(fact))
                       .column("hops", std::to_string(info.hops))
                       .flag("exec", fact.context.has(context::Exec))
                       .flag("development", info.development)
                       .flag("guessed", info.guessed)
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
  const WordSet &small_, &services_, &workers_, &clocks_;
  std::unordered_set<std::string_view> functions_;  // of the file that is looked at
};

}  // namespace

void derive_processes(const WholeProject& view, ModelFacts& facts) {
  ProcessRows(view, facts).run();
}

}  // namespace tfcheck
