// `loop`: loops without an end, and whether one is what a process does.
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "base/words.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/file_functions.h"
#include "model/runtimes.h"
#include "model/signals.h"
#include "model/started_files.h"

namespace tfcheck {

namespace {

bool is_endless(const Fact& fact) {
  return fact.kind == FactKind::Branch && (fact.name == "while" || fact.name == "for") &&
         fact.value.is(ValueKind::Bool) && fact.value.text == "true";
}

// `while self.running`, `while (!stopped)`: until somebody else says so.
bool asks_flag(const Fact& fact, const WordSet& running, const WordSet& stopped) {
  if (fact.kind != FactKind::Branch || fact.name != "while") return false;
  const Value& test = fact.value;
  if (test.is(ValueKind::Name)) return running.contains(last_word(test.text));
  if (!test.is(ValueKind::Call) || test.text != "!" || test.item_count != 1) return false;
  const Value& operand = test.items()[0].value;
  bool named = operand.is(ValueKind::Name) || operand.is(ValueKind::Call);
  return operand.is(ValueKind::Bool) ? operand.text == "false" : named && stopped.contains(last_word(operand.text));
}

// What stands in a loop behind a fact of the same function, up to the next loop that is not inside it.
struct Inside {
  bool condition = false, waits = false, asks = false, ends = false;
  bool generated = false;  // `while (1) switch (_context.prev = _context.next)`: a function that a compiler cut up
};

class LoopRows {
 public:
  LoopRows(const WholeProject& view, const TermHandling& handling, ModelFacts& facts)
      : view_(view),
        handling_(handling),
        project_(view.project),
        facts_(facts),
        started_(view.project),
        blocking_(view.set("blocking-call")),
        asking_(view.set("asking-call")),
        ending_(view.set("ending-command")),
        entries_(view.set("entry-function")),
        folders_(view.set("worker-folder")),
        tooling_(view.set("tooling-folder")),
        threads_(view.set("thread-call")),
        browsers_(view.set("browser-module")),
        running_(view.set("running-flag")),
        stopped_(view.set("stopped-flag")) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts || !is_program(owner)) continue;
      std::string_view runtime = runtime_of(owner.format());
      if (runtime == "browser") continue;
      std::span<const Fact> facts = view_.facts(owner);
      auto endless = [&](const Fact& fact) { return is_endless(fact) || asks_flag(fact, running_, stopped_); };
      auto of_browser = [&](const Fact& fact) {
        return fact.kind == FactKind::Import && browsers_.contains(fact.name);
      };
      if (std::none_of(facts.begin(), facts.end(), endless) || std::any_of(facts.begin(), facts.end(), of_browser))
        continue;
      read(facts);
      functions_.emplace(facts, runtime, threads_);
      started_script_ = runtime == "shell" && is_started_script(file);
      for (uint32_t i = 0; i < facts.size(); ++i) {
        if (endless(facts[i])) row(runtime, {file, i}, facts[i]);
      }
    }
  }

 private:
  void row(std::string_view runtime, FactRef ref, const Fact& loop) {
    const Inside inside = is_endless(loop) ? inside_[ref.fact] : Inside{};
    if (inside.generated) return;
    DerivedRow(FactKind::Loop, ref, "forever")
        .column("language", runtime)
        .flag("worker", stands_in_worker(runtime, ref, loop))
        .flag("waits", inside.waits || !inside.condition)
        .flag("ends", inside.asks || inside.ends)
        .flag("handled", handling_.reaches(ref.file))
        .add_to(facts_, project_);
  }

  // One walk from the end tells it for all facts of a file.
  void read(std::span<const Fact> facts) {
    inside_.assign(facts.size(), {});
    std::unordered_map<std::string_view, Inside> behind;  // by function
    for (size_t i = facts.size(); i-- > 0;) {
      const Fact& fact = facts[i];
      Inside& inside = behind[fact.context.scope];
      inside_[i] = inside;
      if (!fact.context.has(context::LoopForever)) {
        if (fact.kind == FactKind::Branch && fact.value.is(ValueKind::Bool)) inside = {};
        continue;
      }
      if (fact.kind == FactKind::Branch && fact.name == "if") inside.condition = true;
      inside.ends |= fact.kind == FactKind::Branch && fact.name == "leave";
      inside.generated |= fact.kind == FactKind::Assign && fact.name.ends_with(".prev") &&
                          fact.value.is(ValueKind::Name) && fact.value.text.ends_with(".next");
      inside.ends |= fact.kind == FactKind::Command && ending_.contains(fact.name);
      if (fact.kind != FactKind::Call) continue;
      inside.waits |= blocking_.contains(fact.name);
      inside.asks |= asking_.contains(fact.name);
    }
  }

  bool stands_in_worker(std::string_view runtime, FactRef ref, const Fact& loop) const {
    const ProjectFile& owner = project_.files[ref.file];
    std::string_view scope = loop.context.scope;
    std::string_view last = scope.substr(scope.rfind('.') + 1);
    if (runtime == "shell") return !loop.context.has(context::InFunction) && started_script_;
    if (functions_->in_daemon_thread(loop)) return false;
    bool started = started_.contains(owner.path), at_start = functions_->run_at_start(scope);
    if (runtime == "python") {
      if (last == "handle" && owner.path.find("management/commands/") != std::string::npos) return true;
      return started && (scope.empty() || loop.context.has(context::InMain) || entries_.contains(last) || at_start);
    }
    if (runtime == "ruby")
      return scope.empty() ? started || in_folder(owner.path, folders_)
                           : started && (entries_.contains(last) || at_start);
    if (runtime == "php") {
      if (last == "handle" || last == "execute" || last == "fire")
        return owner.path.find("Command") != std::string::npos;
      return scope.empty() ? started || in_folder(owner.path, folders_) || icontains(base_name(owner.path), "worker")
                           : started && at_start;
    }
    if (runtime == "go" || runtime == "rust" || runtime == "c")
      return (scope == "main" || at_start) && (started || !in_folder(owner.path, tooling_));
    if (runtime == "java") return scope.ends_with(".main") || scope == "main" || at_start;
    if (runtime == "csharp")
      return scope.ends_with(".Main") || scope == "Main" || at_start ||
             (scope.empty() && base_name(owner.path) == "Program.cs");
    return runtime == "node" && (scope.empty() || (started && (entries_.contains(last) || at_start)));
  }

  // A process of the deploy runs the script.
  bool is_started_script(uint32_t file) const {
    std::span<const Fact> facts = view_.facts(project_.files[file]);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind != FactKind::Command) continue;
      CommandInfo info = project_.command({file, i});
      if (info.role == CommandRole::Start && !info.development) return true;
    }
    return false;
  }

  const WholeProject& view_;
  const TermHandling& handling_;
  const Project& project_;
  ModelFacts& facts_;
  StartedFiles started_;
  const WordSet &blocking_, &asking_, &ending_, &entries_, &folders_, &tooling_, &threads_, &browsers_, &running_,
      &stopped_;
  // Of the present file.
  std::vector<Inside> inside_;  // by fact
  std::optional<FileFunctions> functions_;
  bool started_script_ = false;
};

}  // namespace

void derive_loops(const WholeProject& view, const TermHandling& handling, ModelFacts& facts) {
  LoopRows(view, handling, facts).run();
}

}  // namespace tfcheck
