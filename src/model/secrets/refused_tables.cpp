#include "model/secrets/refused_tables.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/words.h"
#include "formats/shared/references.h"
#include "model/secrets/facts_beside.h"

namespace tfcheck {

namespace {

constexpr size_t farthest = 12;  // facts between a look at the environment and what comes of it
constexpr int deepest = 3;
constexpr size_t most_tables = 8;  // of variables, in one file
constexpr size_t most_lists = 64;  // that conditions of one file ask

bool is_constant(const Fact& fact, ValueKind kind) {
  return fact.kind == FactKind::Assign && !fact.context.has(context::InFunction) && fact.value.is(kind) &&
         fact.value.item_count > 0;
}

// { SESSION_SECRET: "…", JWT_SECRET: "…" }: variables, and texts that they must not have.
bool is_of_variables(const Value& map) {
  return std::all_of(map.items().begin(), map.items().end(),
                     [](const Arg& item) { return env_like(item.name) && item.value.is(ValueKind::String); });
}

// A variable whose name only the run knows.
bool is_dynamic_read(const Value& value) {
  return value.is(ValueKind::Env) && value.text.empty() && value.items().empty();
}

// `process.env[name] === value`, also as a part of a longer condition.
bool compares_dynamic(const Value& condition, int depth) {
  bool equal = condition.is(ValueKind::Call) && condition.text == "==" && condition.item_count == 2;
  if (equal) {
    const Value &left = condition.items()[0].value, &right = condition.items()[1].value;
    auto open = [](const Value& side) { return side.is(ValueKind::Name) || side.is(ValueKind::Call); };
    return (is_dynamic_read(left) && open(right)) || (is_dynamic_read(right) && open(left));
  }
  if (depth == deepest) return false;
  return std::any_of(condition.items().begin(), condition.items().end(),
                     [&](const Arg& item) { return compares_dynamic(item.value, depth + 1); });
}

// `key in [..]`, `KNOWN.includes(key)`, `in_array(key, [..])`: the list that is asked, or the name of the constant.
void note_lists(const Value& condition, const WordSet& holding, int depth, std::vector<const Value*>& lists,
                std::vector<std::string_view>& names) {
  if (depth > deepest || !condition.is(ValueKind::Call)) return;
  size_t dot = condition.text.rfind('.');
  bool asks = holding.contains(last_word(condition.text));
  if (asks && dot != std::string_view::npos) names.push_back(condition.text.substr(0, dot));
  for (const Arg& item : condition.items()) {
    if (asks && item.value.is(ValueKind::List)) lists.push_back(&item.value);
    note_lists(item.value, holding, depth + 1, lists, names);
  }
}

void take_texts(const Value& table, std::vector<std::string_view>& into) {
  for (const Arg& item : table.items()) {
    if (item.value.is(ValueKind::String)) into.push_back(item.value.text);
  }
}

}  // namespace

RefusedTables::RefusedTables(const ProjectView& view)
    : refusing_(view.set("refusing-call")), fails_(view.set("failing-call")), holding_(view.set("holding-call")) {}

bool RefusedTables::refuses(std::span<const Fact> facts, size_t from) const {
  for (size_t i = from + 1; i < facts.size() && i <= from + farthest; ++i) {
    if (facts[i].context.scope != facts[from].context.scope) return false;
    bool stops = facts[i].kind == FactKind::Call && facts[i].context.has(context::InCondition) &&
                 (refusing_.contains(last_word(facts[i].name)) || fails_.contains(facts[i].name));
    if (stops) return true;
  }
  return false;
}

// Object.entries(TABLE).filter(…), TABLE.items(): in a function that asks the environment for each, and stops.
bool RefusedTables::is_walked(std::span<const Fact> facts, const Fact& table) const {
  std::string_view text = table.value.items()[0].value.text;
  for (size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].kind != FactKind::Call) continue;
    bool takes = std::any_of(facts[i].args().begin(), facts[i].args().end(), [&](const Arg& arg) {
      return arg.value.is(ValueKind::Map) && arg.value.item_count == table.value.item_count &&
             arg.value.items()[0].value.text == text;
    });
    if (!takes && parent_of(facts[i].name) != table.name) continue;
    for (size_t j = i + 1; j < facts.size() && j <= i + farthest; ++j) {
      bool asks = facts[j].kind == FactKind::EnvRead && facts[j].name.empty() && !facts[j].value;
      if (asks && facts[j].context.scope == facts[i].context.scope && refuses(facts, j)) return true;
    }
  }
  return false;
}

std::vector<std::string_view> RefusedTables::of(std::span<const Fact> facts) const {
  std::vector<std::string_view> refused;
  bool compared = false;
  std::vector<const Value*> lists;
  std::vector<std::string_view> names;
  for (size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].kind != FactKind::Branch) continue;
    bool dynamic = compares_dynamic(facts[i].value, 0);
    std::vector<const Value*> asked;
    std::vector<std::string_view> named;
    note_lists(facts[i].value, holding_, 0, asked, named);
    if (lists.size() + names.size() > most_lists || (!dynamic && asked.empty() && named.empty()) || !refuses(facts, i))
      continue;
    compared |= dynamic;
    lists.insert(lists.end(), asked.begin(), asked.end());
    names.insert(names.end(), named.begin(), named.end());
  }
  for (const Value* list : lists) take_texts(*list, refused);
  size_t looked = 0;
  std::set<std::string_view> asked_names(names.begin(), names.end());
  for (const Fact& fact : facts) {
    bool list = is_constant(fact, ValueKind::List) && asked_names.contains(fact.name);
    bool map = is_constant(fact, ValueKind::Map) && is_of_variables(fact.value) && looked++ < most_tables;
    if (list || (map && (compared || is_walked(facts, fact)))) take_texts(fact.value, refused);
  }
  return refused;
}

}  // namespace tfcheck
