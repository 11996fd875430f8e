#include "model/secrets/replaced_values.h"

#include <algorithm>

#include "base/text.h"
#include "base/words.h"

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

// "signing_key" of DEFAULT_SIGNING_KEY, SigningKeyDefault and isDefaultSigningKey.
std::string without_default(std::string_view name) {
  constexpr Words idle = {"default", "is", "has", "uses", "using", "the", "have"};
  std::string snake = snake_case(name), rest;
  for (std::string_view word : split(snake, '_')) {
    if (!idle.contains(word)) rest.append(rest.empty() ? "" : "_").append(word);
  }
  return rest;
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
    : view_(view), secrets_(secrets), refusing_(view.set("refusing-call")), tables_(view) {}

bool ReplacedValues::is_refused(std::string_view value) const {
  return found().listed.contains(value.data()) || (value.size() >= shortest && found().refused.contains(value));
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
    if (is_code(file)) {
      look_at(view_.facts(file), *found_);
      for (std::string_view text : tables_.of(view_.facts(file))) found_->listed.insert(text.data());
    }
    if (base_name(file.path).starts_with("custom-environment-variables.")) take_names(view_.facts(file), *found_);
  }
  refuse_asked(*found_);
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
    if (set) note_default(fact, into);
    if (fact.kind != FactKind::Branch) continue;
    if (refuses(facts.subspan(i + 1)) || replaces(facts.subspan(i + 1))) note_asked(fact.value, into, 0);
    std::string_view value = refused_value(fact.value);
    if (!value.empty() && refuses(facts.subspan(i + 1))) into.refused.emplace(value);
  }
}

// String DEFAULT_SIGNING_KEY = "…"
void ReplacedValues::note_default(const Fact& fact, Found& into) const {
  bool constant = fact.value.is(ValueKind::String) && fact.value.text.size() >= shortest &&
                  !fact.context.has(context::InFunction) && icontains(fact.name, "default");
  if (!constant) return;
  std::string name = without_default(last_word(fact.name));
  if (secrets_.kind_of(name) != SecretName::None) into.defaults.emplace(std::move(name), fact.value.text);
}

// `key == DEFAULT_SIGNING_KEY`, `isSigningKeyDefault(settings)`
void ReplacedValues::note_asked(const Value& condition, Found& into, int depth) const {
  constexpr int deepest = 4;
  if (depth > deepest || condition.text == "!=" || condition.text == "!==") return;
  bool named = condition.is(ValueKind::Name) || condition.is(ValueKind::Call);
  if (named && icontains(condition.text, "default")) {
    std::string name = without_default(last_word(condition.text));
    if (secrets_.kind_of(name) != SecretName::None) into.asked.insert(std::move(name));
  }
  for (const Arg& item : condition.items()) note_asked(item.value, into, depth + 1);
}

// "token_signing_key" is what "signing_key" asks for.
void ReplacedValues::refuse_asked(Found& found) {
  for (const auto& given : found.defaults) {
    const std::string& name = given.first;
    bool asked = std::any_of(found.asked.begin(), found.asked.end(),
                             [&](const std::string& one) { return name == one || name.ends_with("_" + one); });
    if (asked) found.refused.emplace(given.second);
  }
}

// A branch gives a secret another value.
bool ReplacedValues::replaces(std::span<const Fact> after) const {
  for (const Fact& fact : after.subspan(0, std::min(near_by, after.size()))) {
    if (fact.kind == FactKind::Branch) return false;
    if (!fact.context.has(context::InCondition)) continue;
    std::string_view last = last_word(fact.name);
    bool sets = fact.kind == FactKind::Call && (last.starts_with("set") || last.starts_with("Set"));
    std::string_view name = sets ? last.substr(3) : fact.kind == FactKind::Assign ? last : std::string_view{};
    if (!name.empty() && secrets_.kind_of(name) != SecretName::None && !fact.value.is(ValueKind::String)) return true;
  }
  return false;
}

// The text that a secret is compared with: `config.secret_key == "…"`, also as a part of a longer condition.
std::string_view ReplacedValues::refused_value(const Value& condition) const {
  std::string_view text;
  bool secret = false;
  for (const Arg& item : condition.items()) {
    const Value& side = item.value;
    if (side.is(ValueKind::String)) text = side.text;
    bool named = side.is(ValueKind::Name) || side.is(ValueKind::Call) || side.is(ValueKind::Env);
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
