#include "model/schema_code.h"

#include <algorithm>

#include "base/text.h"
#include "model/boot_code.h"
#include "model/runtimes.h"

namespace tfcheck {

namespace {

constexpr size_t longest_table = 64;
constexpr size_t most_hooks = 32;  // of tests in one file

// A store of the process's own that lies beside it: nobody else's schema.
bool is_local_store(std::span<const Fact> facts) {
  return std::any_of(facts.begin(), facts.end(),
                     [](const Fact& fact) { return fact.kind == FactKind::Import && icontains(fact.name, "sqlite"); });
}

// The file itself says that its database runs in the process.
bool is_in_process(std::span<const Fact> facts, const WordSet& embedded) {
  auto is_address = [&](const Value& value) {
    bool text = value.is(ValueKind::String) || value.is(ValueKind::Template);
    return text && value.text.starts_with("jdbc:") && embedded.contains(value.text);
  };
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    std::span<const Arg> args = fact.args();
    return is_address(fact.value) ||
           std::any_of(args.begin(), args.end(), [&](const Arg& arg) { return is_address(arg.value); });
  });
}

}  // namespace

std::string table_of(std::string_view sql) {
  std::string folded = lower(sql.substr(0, 400));
  size_t at = folded.find("create table");
  if (at == std::string::npos) return {};
  std::vector<std::string_view> words = split_words(sql.substr(at, 200));
  size_t next = 2;
  if (words.size() > 4 && iequals(words[2], "if")) next = 5;
  if (next >= words.size()) return {};
  std::string_view name = before_first(words[next], '(');
  std::string out;
  for (char c : name.substr(0, longest_table)) {
    if (c == '$' || c == '{') return {};
    if (c != '"' && c != '`' && c != '[' && c != ']' && c != '\'') out += c;
  }
  return out;
}

SchemaCalls::SchemaCalls(const ProjectView& view)
    : view_(view),
      table_(view.table("schema-call")),
      calls_(table_),
      what_(table_.column("what")),
      needs_(table_.column("needs")),
      package_(table_.column("package")),
      sql_(view.set("sql-call")),
      again_(view.set("create-table")),
      once_(view.set("create-table-once")),
      paths_(view.set("asked-for-path")),
      boot_paths_(view.set("boot-path")),
      functions_(view.set("asked-for-function")),
      named_(view.set("named-migration")),
      hooks_(view.set("test-hook")),
      embedded_(view.set("embedded-jdbc")) {}

bool SchemaCalls::is_asked_for(std::string_view path) const {
  std::string below = "/" + std::string(path);
  return paths_.contains(below) && !boot_paths_.contains(below);
}

bool SchemaCalls::is_needed(const WordTable::Row& row, const Fact& call) const {
  if (!is_imported(row)) return false;
  if (row.all(needs_).empty()) return true;
  return std::any_of(call.args().begin(), call.args().end(), [&](const Arg& arg) {
    std::string said =
        arg.name.empty() ? std::string(arg.value.text) : std::string(arg.name) + "=" + std::string(arg.value.text);
    return std::any_of(row.all(needs_).begin(), row.all(needs_).end(),
                       [&](const std::string& wanted) { return glob_match(wanted, said, '\0'); });
  });
}

// Some file of the repository imports a package of the row: one look at all of them, once such a call was seen.
bool SchemaCalls::is_imported(const WordTable::Row& row) const {
  std::span<const std::string> packages = row.all(package_);
  if (packages.empty()) return true;
  auto [place, fresh] = imported_.try_emplace(row.line, false);
  if (!fresh) return place->second;
  for (const ProjectFile& file : view_.project.files) {
    for (const Fact& fact : view_.facts(file)) {
      bool names = fact.kind == FactKind::Import || fact.kind == FactKind::Dependency;
      if (names && std::any_of(packages.begin(), packages.end(),
                               [&](const std::string& one) { return glob_match(one, fact.name, '\0'); }))
        return place->second = true;
    }
  }
  return false;
}

// The text that a call is handed, or that is set as a command's.
std::string_view SchemaCalls::sql_of(const Fact& fact) const {
  auto text_of = [](const Value& value) {
    bool text = value.is(ValueKind::String) || value.is(ValueKind::Template);
    return text ? value.text : std::string_view{};
  };
  if (fact.kind == FactKind::Assign)
    return last_name(fact.name) == "CommandText" ? text_of(fact.value) : std::string_view{};
  if (fact.kind != FactKind::Call || !sql_.contains(last_name(fact.name))) return {};
  for (const Arg& arg : fact.args()) {
    if (std::string_view text = text_of(arg.value); icontains(text.substr(0, 2000), "create table")) return text;
  }
  return {};
}

bool SchemaCalls::runs_sql(std::span<const Fact> facts) const {
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return fact.kind == FactKind::Call && sql_.contains(last_name(fact.name));
  });
}

// What a function does that a test framework is handed: `ParallelTesting::setUpTestDatabase(function () { … })`.
void SchemaCalls::drop_of_tests(std::vector<SchemaCode>& found, std::span<const Fact> facts) const {
  if (found.empty()) return;
  std::vector<Span> hooks;
  for (const Fact& fact : facts) {
    if (fact.kind == FactKind::Call && hooks_.contains(fact.name)) hooks.push_back(fact.span);
  }
  if (hooks.empty()) return;
  hooks.resize(std::min(hooks.size(), most_hooks));
  std::erase_if(found, [&](const SchemaCode& code) {
    Span span = facts[code.place.fact].span;
    return std::any_of(hooks.begin(), hooks.end(),
                       [&](Span hook) { return hook.begin <= span.begin && span.end <= hook.end; });
  });
}

std::vector<SchemaCode> SchemaCalls::of(uint32_t file) const {
  std::vector<SchemaCode> found;
  const ProjectFile& owner = view_.project.files[file];
  std::span<const Fact> facts = view_.facts(owner);
  std::string_view runtime = runtime_of(owner.format());
  std::optional<bool> local;
  for (uint32_t i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts[i];
    if (fact.context.flags & (context::DevGuard | context::Annotation)) continue;
    SchemaCode code;
    code.place = {file, i};
    const WordTable::Row* row = fact.kind == FactKind::Call ? calls_.find(runtime, fact.name) : nullptr;
    if (row && is_needed(*row, fact)) {
      code.what = row->one(what_);
      code.files = code.what == "files";
      if (code.files && !runs_sql(facts)) continue;
      if (code.files) code.what = "migrations", code.weak = true;
      if (code.what == "tables" && is_in_process(facts, embedded_)) continue;
    } else if (std::string_view sql = sql_of(fact); !sql.empty()) {
      bool again = again_.contains(sql);
      if (!again && !once_.contains(sql)) continue;
      if (!local) local = is_local_store(facts);
      if (*local || icontains(fact.name, "sqlite")) continue;
      code.body |= functions_.contains(last_name(fact.context.scope));
      code.what = "tables", code.table = table_of(sql), code.weak = !again;
    } else if (fact.kind == FactKind::Call && named_.contains(last_name(fact.name))) {
      code.what = "migrations", code.weak = code.named = true;
    } else {
      continue;
    }
    found.push_back(std::move(code));
  }
  drop_of_tests(found, facts);
  if (!found.empty() && is_asked_for(owner.path)) {
    for (SchemaCode& code : found) code.body = true;
  }
  return found;
}

}  // namespace tfcheck
