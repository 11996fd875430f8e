// `server`: calls that start one, in code. What starts a server is [[server-call]] of the vocabulary.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "model/boot_code.h"
#include "model/by_hand.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/file_functions.h"
#include "model/runtime_words.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/signals.h"
#include "model/started_files.h"

namespace tfcheck {

namespace {

constexpr std::string_view profiler_address = ":6060";  // net/http/pprof

class ServerRows {
 public:
  ServerRows(const WholeProject& view, const TermHandling& handling, const ImportedFiles& imported, ModelFacts& facts)
      : view_(view),
        handling_(handling),
        imported_(imported),
        project_(view.project),
        facts_(facts),
        table_(view.table("server-call")),
        calls_(table_),
        what_(table_.column("what")),
        needs_(table_.column("needs")),
        packages_(view.set("node-server-package")),
        threads_(view.set("thread-call")),
        by_hand_(view),
        started_(view.project) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts || !owner.adapter || owner.adapter->kind != AdapterKind::Code) continue;
      std::string_view runtime = runtime_of(owner.format());
      std::span<const Fact> facts = view_.facts(owner);
      functions_.reset();
      for (uint32_t i = 0; i < facts.size(); ++i) {
        if (facts[i].kind == FactKind::Call) call(runtime, {file, i}, facts[i]);
      }
    }
    behind_functions();
  }

 private:
  // A development server in a function of the project stands where a file calls that as it is run, too.
  void behind_functions() {
    if (developed_.empty()) return;
    const std::vector<bool> asked_for(project_.files.size());
    BootCode code(view_, asked_for);
    std::vector<CodeFunction> functions;
    for (FactRef ref : developed_) functions.push_back(code.function_of(ref));
    code.follow(std::move(functions));
    std::set<FactRef> told;
    for (FactRef ref : developed_) {
      for (FactRef call : code.calls_of(code.function_of(ref))) {
        bool own = call.file == ref.file || !code.function_of(call).scope.empty() || !told.insert(call).second;
        if (own || project_.fact(call).context.has(context::DevGuard)) continue;
        DerivedRow(FactKind::Server, call, short_name(project_.fact(ref).name))
            .column("language", runtime_of(project_.files[call.file].format()))
            .flag("development")
            .flag("by-hand")
            .add_to(facts_, project_);
      }
    }
  }

  void call(std::string_view runtime, FactRef ref, const Fact& fact) {
    const WordTable::Row* row = calls_.find(runtime, fact.name);
    if (!row && !(runtime == "go" && listens_in_go(fact))) return;
    const Value& first = argument(fact.args(), {}, 0);
    if (names_signal(first) || (first.is_literal() && first.text.ends_with(profiler_address))) return;
    bool development = row && row->one(what_) == "development";
    if (development && argument(fact.args(), "server")) return;  // another server is chosen
    if (row && !row->one(needs_).empty() && !(is_top_level(fact) && uses(ref.file, row->one(needs_)))) return;
    if (row && row->one(what_) == "own" && (is_event(fact) || !makes_server(ref.file, fact.name))) return;
    if (development && !fact.context.has(context::DevGuard) && fact.context.has(context::InFunction))
      developed_.push_back(ref);
    DerivedRow(FactKind::Server, ref, short_name(fact.name))
        .value(first.is(ValueKind::String) ? first.text : std::string_view{})
        .column("language", runtime)
        .flag("development", development)
        .flag("by-hand", by_hand_.holds(ref) || by_hand_.is_own_command(ref.file))
        .flag("beside", is_beside(runtime, ref, fact))
        .flag("handled", handling_.reaches(ref.file))
        .add_to(facts_, project_);
  }

  // "Flask.run" of "flask.Flask.run"
  static std::string_view short_name(std::string_view name) {
    size_t last = name.rfind('.');
    if (last == std::string_view::npos || last == 0) return name;
    size_t dot = name.rfind('.', last - 1);
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
  }

  static bool names_signal(const Value& value) {
    return value.text == "TERM" || value.text.ends_with("SIGTERM") || value.text.ends_with("SIGINT");
  }

  // A router of any library that is told ":8080".
  static bool listens_in_go(const Fact& fact) {
    std::string_view last = fact.name.substr(fact.name.rfind('.') + 1);
    bool verb = last == "Run" || last == "Start" || last == "Listen";
    const Value& address = argument(fact.args(), {}, 0);
    bool text = address.is(ValueKind::String) || address.is(ValueKind::Template);
    return verb && text && address.text.starts_with(':') && fact.name.find("net.") == std::string_view::npos;
  }

  // `listen("resize", …)`, `store.listen(() => …)`
  static bool is_event(const Fact& fact) {
    const Value& first = argument(fact.args(), {}, 0);
    bool word = first.is(ValueKind::String) && first.text.find_first_of("0123456789/:") == std::string_view::npos;
    return word || first.is(ValueKind::Function);
  }

  // "./app.listen": the module, or one that it loads, uses a library that serves; of a bare name like "app" that is not
  // known.
  bool makes_server(uint32_t file, std::string_view call) {
    if (!call.starts_with('.')) return true;
    std::string_view module = call.substr(0, call.find('.', call.rfind('/') + 1));
    std::vector<uint32_t> loaded = imported_.of(file, module);
    return std::any_of(loaded.begin(), loaded.end(), [&](uint32_t other) { return loads_server(other, 1); });
  }

  bool loads_server(uint32_t file, int hops) {
    if (auto known = servers_.find(file); known != servers_.end()) return known->second;
    bool found = false;
    for (const Fact& fact : view_.facts(project_.files[file])) {
      if (fact.kind != FactKind::Import || found) continue;
      found = packages_.contains(fact.name);
      if (found || hops == 0) continue;
      for (uint32_t next : imported_.of(file, fact.name)) found |= loads_server(next, hops - 1);
    }
    if (found || hops > 0) servers_[file] = found;
    return found;
  }

  bool is_beside(std::string_view runtime, FactRef ref, const Fact& fact) {
    if (runtime != "python" && runtime != "ruby") return false;
    const ProjectFile& owner = project_.files[ref.file];
    if (!functions_) functions_.emplace(view_.facts(owner), runtime, threads_);
    return started_.contains(owner.path) ? functions_->in_daemon_thread(fact) : functions_->in_thread(fact);
  }

  // Runs when its file does, not only when somebody calls a function.
  static bool is_top_level(const Fact& fact) {
    return fact.context.has(context::InMain) || !fact.context.has(context::InFunction);
  }

  // The component imports or declares a package.
  bool uses(uint32_t file, std::string_view package) {
    uint32_t component = project_.files[file].component;
    if (component == no_index) return false;
    auto [place, fresh] = uses_.try_emplace({component, package}, false);
    if (!fresh) return place->second;
    for (uint32_t other : project_.components[component].files) {
      const ProjectFile& candidate = project_.files[other];
      if (!candidate.facts || (candidate.scope & scope::Outside)) continue;
      std::span<const Fact> facts = view_.facts(candidate);
      place->second |= std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
        return (fact.kind == FactKind::Import || fact.kind == FactKind::Dependency) &&
               iequals(before_first(fact.name, '.'), package);
      });
    }
    return place->second;
  }

  const WholeProject& view_;
  const TermHandling& handling_;
  const ImportedFiles& imported_;
  const Project& project_;
  ModelFacts& facts_;
  const WordTable& table_;
  RuntimeWords calls_;
  size_t what_, needs_;
  const WordSet &packages_, &threads_;
  ByHand by_hand_;
  StartedFiles started_;
  std::optional<FileFunctions> functions_;                      // of the present file
  std::map<uint32_t, bool> servers_;                            // files that load a library that serves, or not
  std::vector<FactRef> developed_;                              // development servers in functions
  std::map<std::pair<uint32_t, std::string_view>, bool> uses_;  // by component and package
};

}  // namespace

void derive_servers(const WholeProject& view, const TermHandling& handling, const ImportedFiles& imported,
                    ModelFacts& facts) {
  ServerRows(view, handling, imported, facts).run();
}

}  // namespace tfcheck
