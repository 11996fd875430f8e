// disposability/signal-not-forwarded: first processes that keep SIGTERM to themselves.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "engine/native.h"
#include "model/called_scripts.h"
#include "model/container_programs.h"
#include "model/launchers.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr int deepest_script = 4;

class SignalRule {
 public:
  explicit SignalRule(NativeContext& context)
      : context_(context),
        project_(context.project),
        programs_(context),
        launchers_(context),
        targets_(targeted_stages(context)) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      if (!context_.looks_at(file) || !project_.files[file].facts) continue;
      std::string_view format = project_.files[file].format();
      if (format == "dockerfile" && !(project_.files[file].scope & scope::Packing)) dockerfile(file);
      if (format == "compose" || format == "kubernetes" || format == "openshift") manifest(file);
    }
  }

 private:
  const std::vector<Fact>& facts(uint32_t file) const { return project_.files[file].facts->facts(); }

  // --- images ---

  void dockerfile(uint32_t file) {
    stage(file, {});
    auto asked = targets_.find(file);
    if (asked == targets_.end()) return;
    for (const Fact& fact : context_.facts(project_.files[file])) {
      bool from = (fact.kind == FactKind::Image && fact.context.scope == "FROM") ||
                  (fact.kind == FactKind::Entry && fact.name == "FROM");
      bool begins = from && !fact.context.has(context::FinalStage);
      if (begins && asked->second.contains(argument(fact.args(), "as").text)) stage(file, fact.context.index);
    }
  }

  // The last stage of an image, or the one of an index.
  void stage(uint32_t file, std::optional<uint32_t> index) {
    uint32_t entrypoint = no_index, cmd = no_index;
    exposes_ = false;
    std::span<const Fact> all = context_.facts(project_.files[file]);
    for (uint32_t i = 0; i < all.size(); ++i) {
      const Fact& fact = all[i];
      if (index ? fact.context.index != *index : !fact.context.has(context::FinalStage)) continue;
      if (fact.kind == FactKind::Image && fact.context.scope == "FROM" && is_windows(fact.name)) return;
      if (fact.kind != FactKind::Entry) continue;
      exposes_ |= fact.name.starts_with("EXPOSE");
      if (fact.name == "ENTRYPOINT") entrypoint = i;
      if (fact.name == "CMD") cmd = i;
    }
    if (entrypoint == no_index) return cmd == no_index ? void() : instruction(file, cmd, true);
    const Fact& first = facts(file)[entrypoint];
    if (first.context.has(context::ShellForm)) return instruction(file, entrypoint, true);
    if (first.value.text == "[]") return cmd == no_index ? void() : instruction(file, cmd, true);
    if (programs_.forwards_to_all(first.value.text)) return;
    instruction(file, entrypoint, true);
    bool init = first.value.text.find("tini") != std::string_view::npos ||
                first.value.text.find("docker-init") != std::string_view::npos;
    if (cmd != no_index) instruction(file, cmd, !init);
  }

  static bool is_windows(std::string_view image) {
    return image.find("windows") != std::string_view::npos || image.find("nanoserver") != std::string_view::npos;
  }

  // Commands of one instruction, in order; those of the last stage that has it.
  std::vector<uint32_t> commands_of(uint32_t file, uint32_t entry) const {
    std::vector<uint32_t> found;
    const Fact& instruction = facts(file)[entry];
    std::span<const Fact> all = context_.facts(project_.files[file]);
    for (uint32_t i = 0; i < all.size(); ++i) {
      const Fact& fact = all[i];
      bool inside = fact.span.begin >= instruction.span.begin && fact.span.end <= instruction.span.end;
      if (fact.kind == FactKind::Command && inside && !fact.context.has(context::Substitution)) found.push_back(i);
    }
    return found;
  }

  void instruction(uint32_t file, uint32_t entry, bool first_process) {
    const Fact& fact = facts(file)[entry];
    std::vector<uint32_t> commands = commands_of(file, entry);
    if (commands.empty()) return;
    development_ = fact.context.has(context::Development);
    const Fact& first = facts(file)[commands.front()];
    if (!fact.context.has(context::ShellForm) && programs_.begins_forwarding(fact.value.text)) return;
    if (fact.context.has(context::ShellForm)) return shell_form(file, entry, commands);
    if (programs_.shells.contains(first.name) && commands.size() > 1)
      return shell_text(file, fact.span, inner_of(file, commands), fact.name);
    FactRef ref{file, commands.front()};
    if (uint32_t script = called_shell_script(project_, ref); script != no_index)
      return script_runs(script, {file, entry}, 0);
    if (first_process && programs_.runs_package_manager(first)) {
      std::string runner = programs_.runner_name(first);
      report(file, fact.span,
             std::string(fact.name) + " runs the app below " + runner + ", which does not reliably pass SIGTERM on.",
             Confidence::Medium, "Let " + std::string(fact.name) + " start the program itself, in place of " + runner);
    } else {
      launcher(ref);
    }
  }

  // A program that starts the servers and does not hand SIGTERM to them, though it may come to it.
  void launcher(FactRef command) {
    std::optional<Launcher> found = launchers_.of(command);
    if (!found || !reported_.insert({found->file, found->place.begin}).second) return;
    std::string what = found->interrupt ? " handles SIGINT only: SIGTERM" : " handles no signal: SIGTERM";
    Finding* finding =
        report(found->file, found->place, "The first process starts others and" + what + " reaches none of them.",
               Confidence::Medium, "Hand SIGTERM on to every process that it starts, or start each on its own");
    if (finding) finding->related.push_back({command.file, project_.fact(command).span, "started from here"});
  }

  void shell_form(uint32_t file, uint32_t entry, const std::vector<uint32_t>& commands) {
    const Fact &fact = facts(file)[entry], *last = last_of(file, commands);
    if (!last || last->context.has(context::Exec) || (programs_.shells.contains(last->name) && last->args().empty()))
      return;
    if (programs_.services.contains(last->name) || (last->name == "make" && programs_.is_one_off(*last))) return;
    bool broken = fact.value.text.starts_with('[');
    std::string what = broken ? std::string(fact.name) + " is no valid JSON, so a shell runs it"
                              : std::string(fact.name) + " is in shell form";
    report(file, fact.span, what + ": /bin/sh gets SIGTERM and " + std::string(last->name) + " does not.",
           Confidence::High, "Write " + std::string(fact.name) + " as a JSON list of the program and its arguments");
  }

  // The last command that stays; null when the text only does small things.
  const Fact* last_of(uint32_t file, const std::vector<uint32_t>& commands) const {
    for (size_t i = commands.size(); i-- > 0;) {
      const Fact& fact = facts(file)[commands[i]];
      if (!programs_.passing.contains(fact.name)) return &fact;
    }
    return nullptr;
  }

  // The commands of ["sh", "-c", "…"] without the shell itself.
  struct Inner {
    std::string_view shell;
    size_t count = 0;
    const Fact* last = nullptr;  // that stays; null when the text only does small things
    bool traps = false;
    bool ends = false;  // nothing stands behind the last, and it runs in no branch or loop
  };

  Inner inner_of(uint32_t file, const std::vector<uint32_t>& commands) const {
    std::vector<uint32_t> inner(commands.begin() + 1, commands.end());
    bool traps = std::any_of(inner.begin(), inner.end(),
                             [&](uint32_t i) { return facts(file)[i].name == "trap" && hears_term(facts(file)[i]); });
    return {facts(file)[commands.front()].name, inner.size(), last_of(file, inner), traps,
            last_of(file, inner) == &facts(file)[commands.back()] && ends(file, inner)};
  }

  // True where the last of the commands is the last thing to be done: in no branch, but for what `&&` leads to.
  bool ends(uint32_t file, std::span<const uint32_t> commands) const {
    constexpr uint32_t parts =
        context::InLoop | context::InFunction | context::PipeOut | context::PipeIn | context::Background;
    if (commands.empty() || (facts(file)[commands.back()].context.flags & parts)) return false;
    size_t at = commands.size() - 1;
    while (at > 0 && facts(file)[commands[at]].context.has(context::InCondition) &&
           facts(file)[commands[at - 1]].context.has(context::AndNext))
      --at;
    return !facts(file)[commands[at]].context.has(context::InCondition);
  }

  // bash puts the last command of its text in its own place, if nothing is left to do behind it (since 5.1).
  bool is_replaced(const Inner& inner) const { return inner.shell == "bash" && inner.ends; }

  void shell_text(uint32_t file, Span span, const Inner& inner, std::string_view where) {
    const Fact* last = inner.last;
    if (!last || last->context.has(context::Exec) || is_replaced(inner) || programs_.shells.contains(last->name) ||
        inner.traps)
      return;
    report(file, span,
           std::string(where) + " runs a shell as the first process, and " +
               std::string(ContainerPrograms::shown_name(*last)) +
               " without exec below it: SIGTERM stops at the shell.",
           Confidence::High, exec_in_front_of(*last));
  }

  // --- compose and Kubernetes ---

  void manifest(uint32_t file) {
    run_ = {};
    exposes_ = false;
    std::span<const Fact> all = context_.facts(project_.files[file]);
    for (uint32_t i = 0; i < all.size(); ++i) {
      const Fact& fact = all[i];
      if (fact.kind != FactKind::Command || fact.context.has(context::Substitution)) continue;
      CommandInfo info = project_.command({file, i});
      if (info.role != CommandRole::Start) continue;
      development_ = info.development;
      if (programs_.shells.contains(fact.name))
        nested(file, i);
      else if (uint32_t script = called_shell_script(project_, {file, i}); script != no_index && !is_nested(file, i))
        script_runs(script, {file, i}, 0);
      development_ = false;
    }
  }

  bool is_nested(uint32_t file, uint32_t i) const {
    return i > 0 && facts(file)[i - 1].kind == FactKind::Command &&
           facts(file)[i - 1].context.scope == facts(file)[i].context.scope;
  }

  // The commands of one text, in order; a shell among them runs those behind it.
  struct Run {
    uint32_t end = 0;                     // fact at which another text begins
    std::vector<uint32_t> commands;       // facts
    uint32_t last = no_index;             // the last that stays
    bool sleeps = false, serves = false;  // it ends in a sleep without an end; something stays beside it
    // A container that people look around in.
    bool only_sleeps() const { return sleeps && !serves; }
    uint32_t last_trap = no_index;
  };

  // The run that goes on behind a command; shells come in order, so one walk serves all of a text.
  const Run& run_from(uint32_t file, uint32_t shell) {
    if (shell < run_.end) return run_;
    run_ = {};
    const std::vector<Fact>& all = facts(file);
    run_.end = shell;
    for (; run_.end < all.size(); ++run_.end) {
      const Fact& fact = all[run_.end];
      context_.count(1);
      if (fact.kind != FactKind::Command) continue;
      if (fact.context.scope != all[shell].context.scope) break;
      if (fact.context.has(context::Substitution)) continue;
      run_.commands.push_back(run_.end);
      std::string_view first = argument(fact.args(), {}, 0).text;
      run_.sleeps = fact.name == "sleep" && (first == "infinity" || first == "inf");
      run_.serves |= fact.context.has(context::Background);
      if (!programs_.passing.contains(fact.name)) run_.last = run_.end;
      if (fact.name == "trap" && hears_term(fact)) run_.last_trap = run_.end;
    }
    return run_;
  }

  void nested(uint32_t file, uint32_t shell) {
    const Fact& outer = facts(file)[shell];
    const Run& run = run_from(file, shell);
    auto behind = std::upper_bound(run.commands.begin(), run.commands.end(), shell);
    Inner inner{outer.name, static_cast<size_t>(run.commands.end() - behind)};
    if (inner.count == 0) {
      uint32_t script = called_shell_script(project_, {file, shell});
      if (script != no_index) script_runs(script, {file, shell}, 0);
      return;
    }
    if (run.last != no_index && run.last > shell && !run.only_sleeps()) inner.last = &facts(file)[run.last];
    inner.traps = run.last_trap != no_index && run.last_trap > shell;
    inner.ends = inner.last && run.last == run.commands.back() && ends(file, std::span(run.commands).last(inner.count));
    if (!inner.last || programs_.services.contains(inner.last->name) || programs_.is_one_off(*inner.last)) return;
    shell_text(file, outer.span, inner, "The command");
  }

  // --- scripts ---

  // A script as the first process: what it runs last and keeps must replace it.
  void script_runs(uint32_t file, FactRef from, int depth) {
    if (depth > deepest_script || !context_.looks_at(file)) return;
    // What it runs was told already, unless that came from farther away.
    auto [place, fresh] = depths_.try_emplace(file, depth);
    if (!fresh && place->second <= depth) return;
    place->second = depth;
    std::vector<uint32_t> commands;
    std::span<const Fact> all = context_.facts(project_.files[file]);
    for (uint32_t i = 0; i < all.size(); ++i) {
      const Fact& fact = all[i];
      if (fact.kind != FactKind::Command) continue;
      if (fact.name == "trap" && hears_term(fact)) return;  // handles signals itself
      constexpr uint32_t elsewhere = context::Substitution | context::InFunction | context::PipeIn | context::DevGuard;
      if (!(fact.context.flags & elsewhere)) commands.push_back(i);
    }
    for (uint32_t i : commands) {
      uint32_t target = facts(file)[i].context.has(context::Exec) ? called_shell_script(project_, {file, i}) : no_index;
      if (target != no_index) script_runs(target, from, depth + 1);
    }
    for (uint32_t i : commands) {
      // A branch of its own for each kind of process.
      const Fact& command = facts(file)[i];
      if (command.context.has(context::InCondition) && programs_.lasts(command)) keeps_signal(file, i, from);
    }
    if (const Fact* last = last_of(file, commands))
      keeps_signal(file, static_cast<uint32_t>(last - facts(file).data()), from);
  }

  // Reports a command of a script that keeps running below the shell.
  void keeps_signal(uint32_t file, uint32_t index, FactRef from) {
    const Fact& command = facts(file)[index];
    bool away = command.context.has(context::Exec) || command.context.has(context::Background) ||
                command.context.has(context::Sourced);
    uint32_t called = called_shell_script(project_, {file, index});
    if (away || (!stays(command, called) && !keeps_open(file, command, called))) return;
    if (!reported_.insert({file, index}).second) return;
    std::string_view name =
        command.name == "$@" ? std::string_view("the given command") : ContainerPrograms::shown_name(command);
    Finding* finding = report(file, command.span,
                              "The entrypoint runs " + std::string(name) +
                                  " without exec: the shell stays the first process and keeps SIGTERM to itself.",
                              Confidence::High, exec_in_front_of(command));
    if (finding) finding->related.push_back({from.file, project_.fact(from).span, "started from here"});
  }

  // True for a command that serves until it is stopped.
  bool stays(const Fact& command, uint32_t called) const {
    if (programs_.is_one_off(command)) return false;
    bool small = programs_.passing.contains(command.name) || programs_.services.contains(command.name);
    bool says = programs_.says_it_lasts(command) || programs_.runs_server(command);
    if (!small && called == no_index && says) return true;
    if (command.name == "$@") return !command.context.has(context::InCondition);
    if (programs_.is_package_runner(command) || programs_.servers.contains(command.name)) return true;
    if (programs_.interpreters.contains(command.name)) return !command.args().empty();
    const Value& path = argument(command.args(), "path");
    return path.is(ValueKind::String) && called == no_index &&
           (path.text.starts_with("./") || path.text.starts_with("/app/") || path.text.starts_with("/srv/") ||
            path.text.starts_with("/usr/local/bin/"));
  }

  static std::string exec_in_front_of(const Fact& command) {
    return command.name == "$@" ? "Write `exec \"$@\"`"
                                : "Write `exec` in front of " + printable(ContainerPrograms::shown_name(command));
  }

  // Whatever it is, the image listens as long as this runs: the last command of its script.
  bool keeps_open(uint32_t file, const Fact& command, uint32_t called) const {
    constexpr uint32_t parts = context::InCondition | context::InLoop | context::PipeOut | context::AndNext;
    if (!exposes_ || called != no_index || (command.context.flags & parts) || programs_.is_one_off(command))
      return false;
    if (programs_.passing.contains(command.name) || programs_.services.contains(command.name)) return false;
    std::span<const Fact> all = context_.facts(project_.files[file]);
    bool function =
        std::any_of(all.begin(), all.end(), [&](const Fact& fact) { return fact.context.scope == command.name; });
    return !function && command.name.find_first_of("$={") == std::string_view::npos;
  }

  Finding* report(uint32_t file, Span span, std::string message, Confidence confidence, std::string fix) {
    Finding* finding = context_.report(file, span, std::move(message));
    if (!finding) return nullptr;
    finding->fix = std::move(fix);
    finding->confidence = confidence;
    if (development_) finding->severity = Severity::Note;
    return finding;
  }

  NativeContext& context_;
  const Project& project_;
  ContainerPrograms programs_;
  Launchers launchers_;
  std::map<uint32_t, std::set<std::string, std::less<>>> targets_;  // stages by image
  std::set<FactRef> reported_;
  std::map<uint32_t, int> depths_;  // script → calls between it and a first process
  Run run_;                         // of the present manifest
  bool development_ = false;
  bool exposes_ = false;  // the present image listens
};

}  // namespace

void rule_disposability_signal_not_forwarded(NativeContext& context) {
  SignalRule(context).run();
}

}  // namespace tfcheck
