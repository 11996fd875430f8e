#include "model/secrets/fallbacks.h"

namespace tfcheck {

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
