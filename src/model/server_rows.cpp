// `server`: calls that start one, in code. What starts a server is [[server-call]] of the vocabulary.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/runtime_words.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/started_files.h"

namespace tfcheck {

namespace {

constexpr std::string_view profiler_address = ":6060";  // net/http/pprof

class ServerRows {
 public:
  ServerRows(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        table_(view.table("server-call")),
        calls_(table_),
        what_(table_.column("what")),
        needs_(table_.column("needs")),
        tooling_(view.set("tooling-folder")),
        started_(view.project) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts || !owner.adapter || owner.adapter->kind != AdapterKind::Code) continue;
      std::string_view runtime = runtime_of(owner.format());
      std::span<const Fact> facts = view_.facts(owner);
      for (uint32_t i = 0; i < facts.size(); ++i) {
        if (facts[i].kind == FactKind::Call) call(runtime, {file, i}, facts[i]);
      }
    }
  }

 private:
  void call(std::string_view runtime, FactRef ref, const Fact& fact) {
    const WordTable::Row* row = calls_.find(runtime, fact.name);
    if (!row && !(runtime == "go" && listens_in_go(fact))) return;
    const Value& first = argument(fact.args(), {}, 0);
    if (names_signal(first) || (first.is_literal() && first.text.ends_with(profiler_address))) return;
    bool development = row && row->one(what_) == "development";
    if (development && argument(fact.args(), "server")) return;  // another server is chosen
    if (row && !row->one(needs_).empty() && !(is_top_level(fact) && uses(ref.file, row->one(needs_)))) return;
    const ProjectFile& owner = project_.files[ref.file];
    bool by_hand = in_folder(owner.path, tooling_) && !started_.contains(owner.path);
    DerivedRow(FactKind::Server, ref, short_name(fact.name))
        .value(first.is(ValueKind::String) ? first.text : std::string_view{})
        .column("language", runtime)
        .flag("development", development)
        .flag("by-hand", by_hand)
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
  const Project& project_;
  ModelFacts& facts_;
  const WordTable& table_;
  RuntimeWords calls_;
  size_t what_, needs_;
  const WordSet& tooling_;
  StartedFiles started_;
  std::map<std::pair<uint32_t, std::string_view>, bool> uses_;  // by component and package
};

}  // namespace

void derive_servers(const WholeProject& view, ModelFacts& facts) {
  ServerRows(view, facts).run();
}

}  // namespace tfcheck
