#include "model/opt_in.h"

#include <algorithm>

#include "base/text.h"
#include "model/scope.h"
#include "model/service_address.h"

namespace tfcheck {

namespace {

constexpr int deepest_condition = 4;
constexpr size_t farthest_branch = 64;  // facts between a condition and what it guards

// "ApplyMigrations" of "Database:ApplyMigrations", "db.ApplyMigrations", "DB__ApplyMigrations"
std::string setting_name(std::string_view name) {
  name = name.substr(name.find_last_of(".:") + 1);
  if (size_t part = name.rfind("__"); part != std::string_view::npos) name.remove_prefix(part + 2);
  if (name.ends_with('?')) name.remove_suffix(1);
  return snake_case(name);
}

bool is_development_check(const Value& value) {
  std::string_view last = value.text.substr(value.text.rfind('.') + 1);
  return icontains(last, "development") || icontains(last, "is_dev") || iequals(last, "isdev");
}

}  // namespace

OptIns::OptIns(const ProjectView& view)
    : view_(view),
      off_(view.set("off-value")),
      on_(view.set("on-value")),
      opposites_(view.set("opposite-word")),
      zero_(view.set("zero-default-call")),
      fallback_(view.set("fallback-call")) {}

bool OptIns::holds(FactRef ref) {
  const Fact& fact = view_.project.fact(ref);
  if (!fact.context.has(context::InCondition) || fact.context.has(context::Otherwise)) return false;
  std::span<const Fact> facts = view_.project.files[ref.file].facts->facts();
  for (size_t step = 1; step <= farthest_branch && step <= ref.fact; ++step) {
    const Fact& branch = facts[ref.fact - step];
    if (branch.kind != FactKind::Branch || branch.context.scope != fact.context.scope) continue;
    return branch.name == "if" && is_off(branch.value, 0);
  }
  return false;
}

bool OptIns::is_off(const Value& condition, int depth) {
  if (depth > deepest_condition) return false;
  if (condition.is(ValueKind::Env) || condition.is(ValueKind::Name)) return is_off_setting(condition);
  if (!condition.is(ValueKind::Call)) return false;
  auto items = condition.items();
  if (condition.text == "&&")
    return std::any_of(items.begin(), items.end(), [&](const Arg& side) { return is_off(side.value, depth + 1); });
  if (condition.text == "||") {
    // Development may take the branch anyway: what is asked is what deploys do.
    return !items.empty() && std::all_of(items.begin(), items.end(), [&](const Arg& side) {
      return is_development_check(side.value) || is_off(side.value, depth + 1);
    });
  }
  if (condition.text == "==" && items.size() == 2) {
    bool first = items[0].value.is_literal();
    const Value &literal = items[first ? 0 : 1].value, &other = items[first ? 1 : 0].value;
    return literal.is_literal() && on_.contains(literal.text) && is_off(other, depth + 1);
  }
  if (is_off_unless_given(condition)) return true;
  return condition.text.find_first_of("!=<>+-") == std::string_view::npos && is_off_setting(condition);
}

// `config.migrate.unwrap_or_default()`, `config.migrate.unwrap_or(false)`: off wherever no deploy turns it on.
bool OptIns::is_off_unless_given(const Value& call) {
  size_t dot = call.text.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string_view method = call.text.substr(dot + 1);
  auto items = call.items();
  bool off = zero_.contains(method) || (fallback_.contains(method) && !items.empty() && items[0].value.is_literal() &&
                                        off_.contains(items[0].value.text));
  std::string name = setting_name(call.text.substr(0, dot));
  return off && !name.empty() && !opposites_.contains(name) && delivered(name) != Delivered::On;
}

bool OptIns::is_off_setting(const Value& setting) {
  std::string name = setting_name(setting.text);
  if (name.empty() || opposites_.contains(name)) return false;
  Delivered said = delivered(name);
  if (said != Delivered::Unknown) return said == Delivered::Off;
  if (!setting.is(ValueKind::Env)) return false;
  if (!setting.item_count) return true;
  const Value& fallback = setting.items()[0].value;
  return fallback.is(ValueKind::Null) || (fallback.is_literal() && off_.contains(fallback.text));
}

bool OptIns::is_on(const Value& value) {
  const Value* setting = &value;
  auto items = value.items();
  bool compares = value.is(ValueKind::Call) && value.text.starts_with("==") && items.size() == 2;
  if (compares) {
    const Value &left = items[0].value, &right = items[1].value;
    const Value& literal = left.is_literal() ? left : right;
    if (!literal.is_literal() || !on_.contains(literal.text)) return false;
    setting = left.is_literal() ? &right : &left;
  } else if (value.is(ValueKind::Call)) {
    if (items.size() != 1 || !items[0].value.is(ValueKind::String)) return false;
    setting = &items[0].value;  // what a service of settings is asked for
  }
  bool named = setting->is(ValueKind::Env) || setting->is(ValueKind::Name) || setting != &value;
  std::string name = named ? setting_name(setting->text) : std::string();
  return !name.empty() && !opposites_.contains(name) && delivered(name) == Delivered::On;
}

OptIns::Delivered OptIns::delivered(std::string_view name) {
  if (!settings_) read_settings();
  auto found = settings_->find(name);
  return found == settings_->end() ? Delivered::Unknown : found->second;
}

void OptIns::read_settings() {
  settings_.emplace();
  for (const ProjectFile& file : view_.project.files) {
    bool config = file.adapter && file.adapter->kind == AdapterKind::Config;
    if (!config || (file.scope & scope::Outside)) continue;
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind != FactKind::Entry) continue;
      bool off = fact.value.is_literal() && off_.contains(fact.value.text);
      bool on = fact.value.is_literal() && on_.contains(fact.value.text);
      if (!off && !on) continue;
      // What only developers have says nothing of deploys.
      if (on && ((file.scope & scope::Development) || fact.context.has(context::Development))) continue;
      Delivered& known = (*settings_)[setting_name(fact.name)];
      if (on || known == Delivered::Unknown) known = on ? Delivered::On : Delivered::Off;
    }
  }
}

}  // namespace tfcheck
