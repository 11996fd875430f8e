#include "model/secrets/replaced_values.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t near_by = 6;   // facts of a branch that are looked at
constexpr size_t shortest = 6;  // shorter texts are compared for many reasons

// What a setting goes by: two parts of its path, or one that is more than a word.
std::vector<std::string> ways_to_say(std::string_view name) {
  std::string_view last = telling_part(name);
  auto at = static_cast<size_t>(last.data() - name.data());
  std::string said = snake_case(last);
  std::vector<std::string> ways;
  if (at > 1 && last.data() >= name.data()) {
    std::string_view before = telling_part(name.substr(0, at - 1));
    ways.push_back(snake_case(before) + "." + said);
  }
  if (said.find('_') != std::string::npos) ways.push_back(said);
  return ways;
}

bool is_code(const ProjectFile& file) {
  return file.adapter && file.adapter->kind == AdapterKind::Code;
}

}  // namespace

bool reads_environment(const Value& value, int depth) {
  if (value.is(ValueKind::Env)) return true;
  if (depth > 2) return false;
  return std::any_of(value.items().begin(), value.items().end(),
                     [&](const Arg& item) { return reads_environment(item.value, depth + 1); });
}

ReplacedValues::ReplacedValues(const ProjectView& view, const Secrets& secrets)
    : view_(view), secrets_(secrets), refusing_(view.set("refusing-call")) {}

bool ReplacedValues::is_refused(std::string_view value) const {
  return value.size() >= shortest && found().refused.contains(value);
}

bool ReplacedValues::is_overridden(std::string_view name) const {
  std::vector<std::string> ways = ways_to_say(name);
  ways.push_back(snake_case(name));
  return std::any_of(ways.begin(), ways.end(),
                     [&](const std::string& way) { return found().overridden.contains(way); });
}

const ReplacedValues::Found& ReplacedValues::found() const {
  if (found_) return *found_;
  found_.emplace();
  for (const ProjectFile& file : view_.project.files) {
    if (is_code(file)) look_at(view_.facts(file), *found_);
    if (base_name(file.path).starts_with("custom-environment-variables.")) take_names(view_.facts(file), *found_);
  }
  return *found_;
}

// node-config's table of settings and the variables that replace them.
void ReplacedValues::take_names(std::span<const Fact> facts, Found& into) {
  for (const Fact& fact : facts) {
    if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
    for (std::string& way : ways_to_say(fact.name)) into.overridden.insert(std::move(way));
    into.overridden.insert(snake_case(fact.name));
  }
}

void ReplacedValues::look_at(std::span<const Fact> facts, Found& into) const {
  for (size_t i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts[i];
    bool set = fact.kind == FactKind::Assign || fact.kind == FactKind::Entry;
    if (set && reads_environment(fact.value)) {
      for (std::string& way : ways_to_say(fact.name)) into.overridden.insert(std::move(way));
    }
    if (fact.kind != FactKind::Branch) continue;
    std::string_view value = refused_value(fact.value);
    if (!value.empty() && refuses(facts.subspan(i + 1))) into.refused.emplace(value);
  }
}

// The text that a secret is compared with: `config.secret_key == "…"`, also as a part of a longer condition.
std::string_view ReplacedValues::refused_value(const Value& condition) const {
  std::string_view text;
  bool secret = false;
  for (const Arg& item : condition.items()) {
    const Value& side = item.value;
    if (side.is(ValueKind::String)) text = side.text;
    bool named = side.is(ValueKind::Name) || side.is(ValueKind::Call);
    if (named && secrets_.kind_of(side.text) != SecretName::None) secret = true;
  }
  if (secret && text.size() >= shortest && condition.text != "!=" && condition.text != "!==") return text;
  for (const Arg& item : condition.items()) {
    if (std::string_view inner = refused_value(item.value); !inner.empty()) return inner;
  }
  return {};
}

bool ReplacedValues::refuses(std::span<const Fact> after) const {
  for (const Fact& fact : after.subspan(0, std::min(near_by, after.size()))) {
    if (fact.kind == FactKind::Branch) return false;
    if (fact.kind == FactKind::Call && fact.context.has(context::InCondition) &&
        refusing_.contains(fact.name.substr(fact.name.rfind('.') + 1)))
      return true;
  }
  return false;
}

}  // namespace tfcheck
