#include "model/secrets/fallbacks.h"

#include "base/text.h"
#include "base/words.h"

namespace tfcheck {

namespace {

constexpr int deepest_condition = 3;

// `env == "production"`, `is_prod()`, `this.#isProduction`; what asks for the opposite runs elsewhere.
bool asks_for_production(const Value& value, int depth) {
  if (depth > deepest_condition || value.text == "!" || value.text == "not" || value.text == "!=" ||
      value.text == "!==")
    return false;
  if (icontains(value.text, "production") || icontains(value.text, "isprod") || icontains(value.text, "is_prod") ||
      iequals(value.text, "prod"))
    return true;
  for (const Arg& part : value.items()) {
    if (asks_for_production(part.value, depth + 1)) return true;
  }
  return false;
}

// The branch is taken in production, and the next thing in it fails.
bool fails_in_production(std::span<const Fact> facts, uint32_t branch, const WordSet& fails) {
  constexpr uint32_t nearest = 3;
  if (facts[branch].kind != FactKind::Branch || !asks_for_production(facts[branch].value, 0)) return false;
  for (uint32_t i = branch + 1; i < facts.size() && i <= branch + nearest; ++i) {
    bool inside = facts[i].context.scope == facts[branch].context.scope && facts[i].context.has(context::InCondition);
    if (inside && facts[i].kind == FactKind::Call && fails.contains(facts[i].name)) return true;
  }
  return false;
}

// A function of the file by the last part of its name.
bool function_fails(std::span<const Fact> facts, std::string_view name, const WordSet& fails) {
  for (uint32_t i = 0; i < facts.size(); ++i) {
    bool own = facts[i].kind == FactKind::Branch && last_word(facts[i].context.scope) == name;
    if (own && fails_in_production(facts, i, fails)) return true;
  }
  return false;
}

}  // namespace

bool is_refused_in_production(std::span<const Fact> facts, uint32_t fact, Span literal, const WordSet& fails) {
  constexpr uint32_t farthest = 10;  // facts
  std::string_view scope = facts[fact].context.scope;
  uint32_t at = fact;
  while (at < facts.size() && facts[at].span.begin <= literal.begin && at < fact + farthest) ++at;
  for (uint32_t i = at; i-- > 0 && at - i <= farthest;) {
    const Fact& before = facts[i];
    if (before.context.scope != scope || before.span.begin >= literal.begin) continue;
    if (fails_in_production(facts, i, fails)) return true;
    bool calls = before.kind == FactKind::Call && before.context.has(context::InCondition);
    if (calls && function_fails(facts, last_word(before.name), fails)) return true;
  }
  return false;
}

// if (key == '') { key = '…'; }: what holds it may have another value by then.
bool is_fallback(std::span<const Fact> facts, const SecretFact& found) {
  constexpr uint32_t nearest = 3, farthest = 8;  // facts
  const Fact& fact = facts[found.fact];
  // A declared option's own value.
  bool declared = fact.kind == FactKind::Entry && fact.name.ends_with(".default");
  if (declared) return true;
  if (fact.kind != FactKind::Assign || !fact.context.has(context::InCondition)) return false;
  // What the condition shows of the value that it had.
  std::string_view before;
  for (uint32_t i = found.fact; i-- > 0 && found.fact - i <= farthest;) {
    if (facts[i].kind == FactKind::Assign && facts[i].name == fact.name && before.empty()) before = facts[i].value.text;
  }
  for (uint32_t i = found.fact; i-- > 0 && found.fact - i <= nearest;) {
    if (facts[i].kind != FactKind::Branch) continue;
    const Value& condition = facts[i].value;
    bool names = false, empty = condition.text == "!" || condition.text == "empty" || condition.text == "not";
    for (const Arg& side : condition.items()) {
      std::string_view text = side.value.text;
      names |= text == fact.name || (!before.empty() && text == before) || (empty && text == found.text);
      empty |= side.value.is(ValueKind::Null) || (side.value.is(ValueKind::String) && text.empty());
    }
    return names && empty && condition.text != "!=" && condition.text != "!==";
  }
  return false;
}

}  // namespace tfcheck
