// `schema-change`: code that changes the schema of a database, where the app's own code calls it and when that runs.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "model/boot_code.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/entry_files.h"
#include "model/opt_in.h"
#include "model/runtimes.h"
#include "model/schema_code.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t longest_command = 60, longest_word = 40, telling_name = 9;
constexpr int most_wrappers = 3;  // functions of migrations around what they call

std::string_view word_of(RunsWhen when) {
  return when == RunsWhen::Boot ? "boot" : when == RunsWhen::AskedFor ? "asked-for" : "unknown";
}

// "Flyway.migrate" of "org.flywaydb.core.Flyway.configure.load.migrate": a chain of calls is its class's; "" for
// others.
std::string shown_chain(std::string_view name) {
  std::vector<std::string_view> parts = split(name, '.');
  auto is_class = [](std::string_view part) {
    return !part.empty() && ((part[0] >= 'A' && part[0] <= 'Z') || part.ends_with('!'));
  };
  // What a chain has come by is no owner of a name that says enough alone: `pool.get()?.run_pending_migrations(…)`.
  bool telling = parts.back().size() >= telling_name;
  if (telling || parts.size() < 3 || is_class(parts.back()) || is_class(parts[parts.size() - 2])) return {};
  auto found = std::find_if(parts.rbegin() + 2, parts.rend(), is_class);
  return found == parts.rend() ? std::string() : std::string(*found).append(".").append(parts.back());
}

// "Database.Migrate" of "app.Services.GetRequiredService.Database.Migrate"; a long last name says enough alone. What is
// asked of a runner of any command stands behind it.
std::string shown_call(const Fact& call) {
  std::string_view name = call.name;
  if (std::string chain = shown_chain(name); !chain.empty()) return chain;
  size_t last = name.rfind('.');
  bool telling = last != std::string_view::npos && name.size() - last > telling_name;
  if (last != std::string_view::npos && last > 0) {
    size_t cut = telling ? last : name.find_last_of("./", last - 1);
    if (cut != std::string_view::npos) name.remove_prefix(cut + 1);
  }
  std::string shown(name);
  const Value& first = argument(call.args(), {}, 0);
  bool word = first.is(ValueKind::String) && !first.text.empty() && first.text.size() <= longest_word &&
              first.text.find(' ') == std::string_view::npos;
  bool runs_any = name.ends_with(".call") || name.ends_with("call_command");
  if (word && runs_any) shown.append("('").append(first.text).append("')");
  return shown;
}

// A word of a command or the name of a function, as both are compared: "app:set-up" and "set_up" are "set_up".
std::string plain_name(std::string_view word) {
  std::string name =
      lower(word.substr(word.find_last_of(":.") == std::string_view::npos ? 0 : word.find_last_of(":.") + 1));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class SchemaRows {
 public:
  SchemaRows(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        calls_(view),
        asked_(asked_for_files()),
        boot_(view, asked_),
        opt_ins_(view),
        runners_(view.set("migrate-function")),
        consoles_(view.set("console-program")),
        runner_paths_(view.set("migration-runner-path")),
        switches_(view.set("typeorm-switch")) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts || !owner.adapter || owner.adapter->kind != AdapterKind::Code || (owner.scope & scope::Outside))
        continue;
      for (SchemaCode& code : calls_.of(file)) code_.push_back(std::move(code));
    }
    switched();
    drop_named();
    if (code_.empty()) return;
    follow();
    for (const SchemaCode& code : code_) places_.insert(code.place);
    for (const SchemaCode& code : code_) {
      if (code.body && !boot_.is_marked(boot_.function_of(code.place)))
        called_from(boot_.function_of(code.place), code, 0);
      else
        row(code);
    }
    folder_calls();
    own_commands();
  }

 private:
  // Of the files that hold facts.
  std::vector<bool> asked_for_files() const {
    std::vector<bool> asked(project_.files.size());
    for (uint32_t file = 0; file < project_.files.size(); ++file)
      asked[file] = project_.files[file].facts && calls_.is_asked_for(project_.files[file].path);
    return asked;
  }

  // A switch of TypeORM that a setting decides, and a deploy turns on.
  void switched() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts || runtime_of(owner.format()) != "node" || (owner.scope & scope::Outside)) continue;
      std::span<const Fact> facts = view_.facts(owner);
      bool typeorm = std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
        return fact.kind == FactKind::Import && icontains(fact.name, "typeorm");
      });
      for (uint32_t i = 0; typeorm && i < facts.size(); ++i) {
        const Fact& fact = facts[i];
        bool asks =
            fact.kind == FactKind::Entry && !fact.value.is_literal() && switches_.contains(last_name(fact.name));
        if (!asks || fact.context.has(context::DevGuard) || !opt_ins_.is_on(fact.value)) continue;
        SchemaCode code;
        code.place = {file, i}, code.what = "tables";
        row_at(code.place, code, RunsWhen::Boot).add_to(facts_, project_);
      }
    }
  }

  // A call whose function is seen to do it stands for nothing of its own.
  void drop_named() {
    std::set<std::string_view> seen;
    for (const SchemaCode& code : code_) {
      if (!code.named) seen.insert(last_name(project_.fact(code.place).context.scope));
    }
    std::erase_if(code_, [&](const SchemaCode& code) {
      return code.named && (code.body || seen.contains(last_name(project_.fact(code.place).name)));
    });
  }

  void follow() {
    std::vector<CodeFunction> functions;
    for (const SchemaCode& code : code_) functions.push_back(boot_.function_of(code.place));
    for (FactRef call : calls_into_migrations()) functions.push_back(boot_.function_of(call));
    boot_.follow(std::move(functions));
  }

  // Code that stands for itself, with the call that leads to it.
  void row(const SchemaCode& code) {
    CodeFunction function = boot_.function_of(code.place);
    RunsWhen when = boot_.when(code.place);
    if (code.weak && when != RunsWhen::Boot) return;
    std::optional<FactRef> from;
    bool called = false, asked_by_all = true;  // each caller only where a setting is on
    for (FactRef call : boot_.calls_of(function)) {
      RunsWhen calls = boot_.when(call);
      if (calls == RunsWhen::AskedFor) continue;
      called = true, asked_by_all &= opt_ins_.holds(call);
      if (calls != RunsWhen::Boot) continue;
      if (places_.contains(call)) return;  // told there
      if (!from) from = call;
    }
    bool opted = opt_ins_.holds(code.place) || (called && asked_by_all);
    FactRef made = row_at(code.place, code, when).flag("opt-in", opted).add_to(facts_, project_);
    if (from) facts_.add_related(made, {*from, "called here when the app starts"});
  }

  DerivedRow row_at(FactRef place, const SchemaCode& code, RunsWhen when) const {
    const Fact& fact = project_.fact(place);
    std::string_view around = fact.context.scope;
    return DerivedRow(FactKind::SchemaChange, place,
                      code.files && !around.empty() ? std::string(around) : shown_call(fact))
        .value(code.table)
        .column("what", code.what)
        .column("when", word_of(when))
        .column("language", runtime_of(project_.files[place.file].format()));
  }

  // A migration, a command or a tool counts where the app calls it as it boots.
  void called_from(const CodeFunction& function, const SchemaCode& code, int wrappers) {
    if (function.scope.empty() || !wrapped_.insert(function).second) return;
    bool is_runner = runs_all(code);
    for (FactRef call : boot_.calls_of(function)) {
      if (asked_[call.file]) {
        if (wrappers < most_wrappers) called_from(boot_.function_of(call), code, wrappers + 1);
      } else if (RunsWhen when = boot_.when(call);
                 when == RunsWhen::Boot || (is_runner && when != RunsWhen::AskedFor)) {
        own_call(call, code, when);
      }
    }
  }

  // Runs all migrations from where they lie: who calls that from elsewhere is the app.
  bool runs_all(const SchemaCode& code) const {
    std::string path = "/" + project_.files[code.place.file].path;
    return code.what == "migrations" && !code.named && !code.files && runner_paths_.contains(path);
  }

  void own_call(FactRef call, const SchemaCode& code, RunsWhen when) {
    if (project_.fact(call).context.has(context::DevGuard) || !told_.insert(call).second) return;
    DerivedRow own = row_at(call, code, when);
    FactRef made = own.flag("own").flag("opt-in", opt_ins_.holds(call)).add_to(facts_, project_);
    facts_.add_related(made, {code.place, "changes the schema"});
  }

  // --- a folder of migrations, and what runs them ---

  // The folders of migrations by their names, each with a change that stands in it.
  std::map<std::string_view, const SchemaCode*> migration_folders() const {
    std::map<std::string_view, const SchemaCode*> folders;
    for (const SchemaCode& code : code_) {
      std::string_view folder = base_name(dir_name(project_.files[code.place.file].path));
      if (!code.body || !icontains(folder, "migrat")) continue;
      // One that is no single migration says best what happens.
      auto [place, fresh] = folders.try_emplace(folder, &code);
      if (!fresh && singleness(code) < singleness(*place->second)) place->second = &code;
    }
    return folders;
  }

  // How surely code is one migration: it makes one table, or stands where a file registers it.
  int singleness(const SchemaCode& code) const { return (code.table.empty() ? 0 : 2) + (is_registered(code) ? 1 : 0); }

  // Stands where a file only registers what others run.
  bool is_registered(const SchemaCode& code) const {
    std::string_view scope = project_.fact(code.place).context.scope;
    return scope.empty() || last_name(scope) == "init";
  }

  // `migration.Migrate(db)`: what it does to each of them, no name in it says.
  std::vector<FactRef> calls_into_migrations() {
    folders_ = migration_folders();
    std::vector<FactRef> found;
    if (folders_.empty()) return found;
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (asked_[file] || !owner.adapter || owner.adapter->kind != AdapterKind::Code || (owner.scope & scope::Outside))
        continue;
      std::span<const Fact> facts = view_.facts(owner);
      for (uint32_t i = 0; i < facts.size(); ++i) {
        if (facts[i].kind == FactKind::Call && into_folder(facts[i])) found.push_back({file, i});
      }
    }
    return into_ = found;
  }

  const SchemaCode* into_folder(const Fact& call) const {
    if (!runners_.contains(last_name(call.name))) return nullptr;
    for (std::string_view part : qualifiers(call.name)) {
      if (auto folder = folders_.find(part); folder != folders_.end()) return folder->second;
    }
    return nullptr;
  }

  void folder_calls() {
    for (FactRef call : into_) {
      if (boot_.when(call) == RunsWhen::Boot) own_call(call, *into_folder(project_.fact(call)), RunsWhen::Boot);
    }
  }

  // --- the app's own commands ---

  // `node cli.js upgrade`, `manage.py set_up`: a start command that names the function or the file that does it.
  void own_commands() {
    std::map<std::string, std::vector<const SchemaCode*>> names;
    for (const SchemaCode& code : code_) {
      std::string_view scope = project_.fact(code.place).context.scope;
      std::string_view stem = before_first(base_name(project_.files[code.place.file].path), '.');
      if (!scope.empty()) names[plain_name(last_name(scope))].push_back(&code);
      if (code.body) names[plain_name(stem)].push_back(&code);
    }
    EntryFiles entries(view_);
    for (FactRef ref : project_.start_commands()) {
      const Fact& command = project_.fact(ref);
      EntryFile entry = entries.of(ref);
      bool console = consoles_.contains(command.name) || has_console(command);
      if (!console && !entry.direct) continue;
      if (const SchemaCode* code = named_by(command, names, console ? no_index : entry.file)) own_command(ref, *code);
    }
  }

  bool has_console(const Fact& command) const {
    return std::any_of(command.args().begin(), command.args().end(), [&](const Arg& arg) {
      return arg.name.empty() && consoles_.contains(base_name(arg.value.text));
    });
  }

  // What a word of the command names, in its entry or, of a console (no_index), anywhere.
  const SchemaCode* named_by(const Fact& command, const std::map<std::string, std::vector<const SchemaCode*>>& names,
                             uint32_t entry) const {
    for (const Arg& arg : command.args()) {
      if (!arg.name.empty() || arg.value.text.starts_with('-')) continue;
      auto named = names.find(plain_name(arg.value.text));
      if (named == names.end()) continue;
      for (const SchemaCode* code : named->second) {
        if (entry == no_index ? asked_[code->place.file] : code->place.file == entry) return code;
      }
    }
    return nullptr;
  }

  void own_command(FactRef ref, const SchemaCode& code) {
    const Fact& command = project_.fact(ref);
    std::string said(command.name);
    for (const Arg& arg : command.args()) {
      if (arg.name.empty() && said.size() < longest_command) said.append(" ").append(arg.value.text);
    }
    FactRef made = DerivedRow(FactKind::SchemaChange, ref, said)
                       .value(code.table)
                       .column("what", code.what)
                       .column("when", "boot")
                       .flag("command")
                       .add_to(facts_, project_);
    facts_.add_related(made, {code.place, "changes the schema"});
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  SchemaCalls calls_;
  const std::vector<bool> asked_;
  BootCode boot_;
  OptIns opt_ins_;
  const WordSet &runners_, &consoles_, &runner_paths_, &switches_;
  std::vector<SchemaCode> code_;
  std::map<std::string_view, const SchemaCode*> folders_;
  std::vector<FactRef> into_;
  std::set<FactRef> places_;        // of the code
  std::set<FactRef> told_;          // calls
  std::set<CodeFunction> wrapped_;  // functions whose callers were asked
};

}  // namespace

void derive_schema_changes(const WholeProject& view, ModelFacts& facts) {
  SchemaRows(view, facts).run();
}

}  // namespace tfcheck
