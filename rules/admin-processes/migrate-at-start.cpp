// Schema changes in code that runs when the app boots and that names alone do not tell: SQL text, TypeORM's switch.
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

std::string_view last_segment(std::string_view name) {
  return name.substr(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
}

// `CREATE TABLE IF NOT EXISTS …`: text that is made to be run again and again.
bool creates_tables(const Value& value) {
  if (!value.is(ValueKind::String) && !value.is(ValueKind::Template)) return false;
  std::string text = lower(value.text.substr(0, 400));
  size_t at = text.find("create table if not exists");
  return at != std::string::npos && trim(std::string_view(text).substr(0, at)).size() < 120;
}

// put("hibernate.hbm2ddl.auto", "update") and its like.
bool sets_ddl(const Fact& fact) {
  static constexpr std::array keys = {"hibernate.hbm2ddl.auto"sv,
                                      "javax.persistence.schema-generation.database.action"sv,
                                      "jakarta.persistence.schema-generation.database.action"sv};
  static constexpr std::array values = {"update"sv, "create"sv, "create-drop"sv, "drop-and-create"sv, "create-only"sv};
  auto is_one_of = [](const auto& words, const Value& value) {
    return value.is(ValueKind::String) && std::find(words.begin(), words.end(), value.text) != words.end();
  };
  std::span<const Arg> args = fact.args();
  return args.size() >= 2 && is_one_of(keys, args[0].value) && is_one_of(values, args[1].value);
}

class MigrateRule {
 public:
  explicit MigrateRule(NativeContext& context)
      : context_(context),
        project_(context.project),
        sql_calls_(context.set("sql-call")),
        paths_(context.set("asked-for-path")),
        functions_(context.set("asked-for-function")) {}

  void run() {
    context_.for_each(FactKind::Call, [&](FactRef ref, const Fact& fact) {
      if (sets_ddl(fact))
        context_.report(ref.file, fact.span,
                        "The persistence layer changes the schema when the app starts: " +
                            std::string(fact.args()[0].value.text) + ".");
      if (!sql_calls_.contains(last_segment(fact.name))) return;
      if (std::any_of(fact.args().begin(), fact.args().end(), [](const Arg& arg) { return creates_tables(arg.value); }))
        sql(ref, fact);
    });
    context_.for_each(FactKind::Assign, [&](FactRef ref, const Fact& fact) {
      if (last_segment(fact.name) == "CommandText" && creates_tables(fact.value))
        sql(ref, fact);
      else
        synchronize(ref, fact);
    });
    context_.for_each(FactKind::Entry, [&](FactRef ref, const Fact& fact) { synchronize(ref, fact); });
  }

 private:
  void sql(FactRef ref, const Fact& fact) {
    const ProjectFile& file = project_.files[ref.file];
    bool code = file.adapter && file.adapter->kind == AdapterKind::Code && file.adapter->name != "shell";
    if (!code || fact.context.has(context::DevGuard) || is_asked_for(file.path, fact.context.scope)) return;
    // Several tables of one file are one schema.
    if (!seen_.insert(ref.file).second) return;
    Finding* finding = context_.report(
        ref.file, fact.span, "The app creates its tables when it runs: " + std::string(last_segment(fact.name)) + ".");
    if (finding) finding->confidence = Confidence::Medium;
  }

  void synchronize(FactRef ref, const Fact& fact) {
    std::string_view key = last_segment(fact.name);
    bool wanted = (key == "synchronize" || key == "migrationsRun" || key == "dropSchema") &&
                  fact.value.is(ValueKind::Bool) && fact.value.text == "true";
    if (!wanted || fact.context.has(context::DevGuard) || !uses_typeorm(ref.file)) return;
    context_.report(ref.file, fact.span, "TypeORM changes the schema when the app connects: " + std::string(key) + ".");
  }

  // Files and functions that run only when somebody asks for it.
  bool is_asked_for(std::string_view path, std::string_view function) const {
    return paths_.contains(path) || functions_.contains(last_segment(function));
  }

  bool uses_typeorm(uint32_t file) {
    if (file == asked_) return typeorm_;
    asked_ = file;
    const ProjectFile& owner = project_.files[file];
    std::span<const Fact> facts = context_.facts(owner);
    typeorm_ =
        base_name(owner.path).starts_with("ormconfig") || std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
          return fact.kind == FactKind::Import && fact.name.find("typeorm") != std::string_view::npos;
        });
    return typeorm_;
  }

  NativeContext& context_;
  const Project& project_;
  const WordSet &sql_calls_, &paths_, &functions_;
  std::set<uint32_t> seen_;
  uint32_t asked_ = no_index;  // the last file that was asked for TypeORM, and the answer
  bool typeorm_ = false;
};

}  // namespace

void rule_admin_processes_migrate_at_start(NativeContext& context) {
  MigrateRule(context).run();
}

}  // namespace tfcheck
