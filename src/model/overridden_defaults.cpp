#include "model/overridden_defaults.h"

#include <algorithm>

#include "base/text.h"
#include "model/scope.h"
#include "model/service_address.h"

namespace tfcheck {

namespace {

bool is_code(const ProjectFile& file) {
  return file.facts && file.adapter && file.adapter->kind == AdapterKind::Code;
}

std::string_view last_part(std::string_view name) {
  return name.substr(name.rfind('.') + 1);
}

// "shop/engines" of "shop.engines.${name}"; "" where no package stands before what is computed.
std::string folder_of_modules(const Value& module) {
  if (!module.is(ValueKind::Template)) return {};
  std::string_view prefix = module.text.substr(0, module.text.find("${"));
  size_t slash = prefix.rfind('/');
  bool path = slash != std::string_view::npos;  // "./engines/${name}"
  size_t end = path ? slash : prefix.rfind('.');
  if (end == std::string_view::npos || end == 0) return {};
  std::string folder(prefix.substr(0, end));
  if (!path) std::replace(folder.begin(), folder.end(), '.', '/');
  return folder;
}

constexpr size_t nearest_branch = 4;  // facts from a condition to what it sets
constexpr size_t farthest_fact = 40;  // between what a variable gets first and what it gets then

bool mentions(const Value& value, const Fact& variable, int depth) {
  bool text = value.is(ValueKind::String) || value.is(ValueKind::Template);
  if (text && value.text.find(variable.value.text) != std::string_view::npos) return true;
  if (value.text == variable.name || value.text.find("${" + std::string(variable.name)) != std::string_view::npos)
    return true;
  if (depth == 3) return false;
  std::span<const Arg> items = value.items();
  return std::any_of(items.begin(), items.end(),
                     [&](const Arg& item) { return mentions(item.value, variable, depth + 1); });
}

// "addr" is a part of the condition, as `addr` or `c.addr`.
bool names(const Value& condition, std::string_view variable, int depth) {
  bool named = condition.is(ValueKind::Name) || condition.is(ValueKind::Call);
  std::string_view text = condition.text;
  if (named && (last_part(text) == variable || before_first(text, '.') == variable)) return true;
  std::span<const Arg> items = depth == 3 ? std::span<const Arg>{} : condition.items();
  return std::any_of(items.begin(), items.end(),
                     [&](const Arg& item) { return names(item.value, variable, depth + 1); });
}

// A call or command is handed the variable.
bool uses(const Fact& fact, const Fact& variable) {
  return std::any_of(fact.args().begin(), fact.args().end(),
                     [&](const Arg& arg) { return mentions(arg.value, variable, 0); });
}

}  // namespace

OverriddenDefaults::OverriddenDefaults(const ProjectView& view)
    : view_(view),
      layers_(view),
      options_(view),
      defaults_(view.set("default-word")),
      loads_(view.set("module-loader")),
      sets_(view.set("setter-by-name")),
      merges_(view.set("merge-call")),
      later_wins_(view.set("merge-of-defaults-call")),
      asking_(view.set("emptiness-call")) {}

bool OverriddenDefaults::contains(uint32_t file, Span literal) {
  if (layers_.contains(file, literal)) return true;
  if (!is_code(view_.project.files[file]) && view_.project.files[file].format() != "shell") return false;
  auto [place, fresh] = literals_.try_emplace(file);
  if (fresh) {
    for (const Fact& fact : view_.facts(view_.project.files[file])) {
      if (fact.kind == FactKind::Call) note_merged(fact, place->second);
      bool says = (fact.kind == FactKind::Entry || fact.kind == FactKind::Assign) && fact.value.is(ValueKind::String);
      if (says && holds(file, fact)) place->second.insert(fact.value.span);
    }
  }
  return place->second.contains(literal);
}

bool OverriddenDefaults::holds(uint32_t file, const Fact& fact) {
  if (fact.kind == FactKind::Entry && is_overwritten_by_key(file, fact)) return true;
  if (fact.kind == FactKind::Assign && is_fallback(file, fact)) return true;
  if (fact.context.has(context::InFunction)) return fact.kind == FactKind::Assign && is_replaced_unused(file, fact);
  if (options_.hold(view_.project.files[file], fact)) return true;
  return fact.kind == FactKind::Entry ? is_repeated_beside(file, fact) : is_set_by_loader(file, fact);
}

// `option[key] = argv[i + 1]` in a loop behind `option = {host: …}`.
bool OverriddenDefaults::is_overwritten_by_key(uint32_t file, const Fact& fact) {
  auto [place, fresh] = overwritten_.try_emplace(file);
  if (fresh) {
    for (const Fact& other : view_.facts(view_.project.files[file])) {
      bool again = other.context.has(context::InLoop) || other.context.has(context::InCondition);
      bool by_key = other.kind == FactKind::Assign && other.name.ends_with(".*") && again;
      if (by_key) place->second.emplace(other.context.scope, other.name.substr(0, other.name.size() - 2));
    }
  }
  std::string_view map =
      fact.name.substr(0, fact.name.size() - std::min(fact.name.size(), last_part(fact.name).size() + 1));
  return !map.empty() && place->second.contains({fact.context.scope, map});
}

// `addr := c.Addr` and `if addr == "" { addr = "127.0.0.1:6379" }`: whoever made the variable may say another.
bool OverriddenDefaults::is_fallback(uint32_t file, const Fact& fact) const {
  if (!fact.context.has(context::InCondition)) return false;
  std::span<const Fact> facts = view_.facts_beside(view_.project.files[file], farthest_fact);
  auto at = static_cast<size_t>(&fact - facts.data());
  const Fact* branch = nullptr;
  for (size_t i = at; i > 0 && at - i < nearest_branch && !branch; --i) {
    if (facts[i - 1].kind == FactKind::Branch) branch = &facts[i - 1];
    if (facts[i - 1].kind == FactKind::Assign) return false;
  }
  if (!branch || branch->context.scope != fact.context.scope || !asks_emptiness(branch->value, 0)) return false;
  if (names(branch->value, last_part(fact.name), 0)) return true;
  for (size_t i = at; i > 0 && at - i < farthest_fact; --i) {
    const Fact& before = facts[i - 1];
    if (before.kind == FactKind::Assign && before.name == fact.name && before.context.scope == fact.context.scope)
      return !before.value.is_literal();
  }
  return false;
}

bool OverriddenDefaults::asks_emptiness(const Value& condition, int depth) const {
  if (!condition.is(ValueKind::Call) || depth > 3) return false;
  std::span<const Arg> items = condition.items();
  std::string_view sign = condition.text;
  if (sign == "||" || sign == "or")
    return std::all_of(items.begin(), items.end(),
                       [&](const Arg& item) { return asks_emptiness(item.value, depth + 1); });
  if (sign == "!" || sign == "not") return items.size() == 1 && !items[0].value.is(ValueKind::Call);
  bool equal = sign == "==" || sign == "===" || sign == "is" || sign == "equals";
  bool nothing = equal && std::any_of(items.begin(), items.end(), [](const Arg& item) {
                   return item.value.is(ValueKind::Null) ||
                          (item.value.is(ValueKind::String) && item.value.text.empty()) ||
                          (item.value.is(ValueKind::Number) && item.value.text == "0");
                 });
  return nothing || asking_.contains(last_part(sign));
}

// `host = "1.1.1.1"` in a function, and `host=$(…)` behind it before anything looked at it.
bool OverriddenDefaults::is_replaced_unused(uint32_t file, const Fact& fact) const {
  std::span<const Fact> facts = view_.facts_beside(view_.project.files[file], farthest_fact);
  size_t begin = static_cast<size_t>(&fact - facts.data());
  for (size_t i = begin + 1; i < facts.size() && i <= begin + farthest_fact; ++i) {
    const Fact& other = facts[i];
    if (other.context.scope != fact.context.scope) continue;
    bool again = other.kind == FactKind::Assign && other.name == fact.name;
    if (again) return !other.context.has(context::InCondition) && !other.value.is(ValueKind::Absent);
    if (uses(other, fact)) return false;
  }
  return false;
}

// A map of literals that is merged with what comes later, in whatever order the call lets win.
void OverriddenDefaults::note_merged(const Fact& call, std::set<Span>& into) const {
  std::string_view last = last_part(call.name);
  bool later = later_wins_.contains(last);
  if ((!later && !merges_.contains(last)) || call.arg_count < 2) return;
  std::span<const Arg> args = call.args();
  bool open = std::any_of(args.begin(), args.end(), [](const Arg& arg) {
    return arg.value.is(ValueKind::Name) || arg.value.is(ValueKind::Call) || arg.value.is(ValueKind::Env);
  });
  for (size_t i = 0; i < args.size() && open; ++i) {
    if (!args[i].value.is(ValueKind::Map) || (!later && i + 1 == args.size())) continue;
    for (const Arg& item : args[i].value.items()) {
      if (item.value.is(ValueKind::String)) into.insert(item.value.span);
    }
  }
}

// config/default.php beside config/admin.php, which says the same key by something that is no literal.
bool OverriddenDefaults::is_repeated_beside(uint32_t file, const Fact& fact) {
  std::string_view path = view_.project.files[file].path;
  std::vector<std::string> words = words_of(before_first(base_name(path), '.'));
  bool defaults = words.size() == 1 && (defaults_.contains(words.front()) || words.front() == "defaults");
  if (!defaults) return false;
  auto [place, fresh] = beside_.try_emplace(dir_name(path));
  if (fresh) {
    for (uint32_t other = 0; other < view_.project.files.size(); ++other) {
      const ProjectFile& owner = view_.project.files[other];
      if (other == file || dir_name(owner.path) != place->first || !is_code(owner)) continue;
      for (const Fact& said : view_.facts(owner)) {
        bool open = said.value.is(ValueKind::Name) || said.value.is(ValueKind::Env) || said.value.is(ValueKind::Call);
        if (said.kind == FactKind::Entry && open) place->second.insert(said.name);
      }
    }
  }
  return place->second.contains(fact.name);
}

bool OverriddenDefaults::is_set_by_loader(uint32_t file, const Fact& fact) {
  if (fact.kind != FactKind::Assign || fact.name.find('.') != std::string_view::npos) return false;
  if (!loaded_) find_loaders();
  std::string_view folder = dir_name(view_.project.files[file].path);
  return std::any_of(loaded_->begin(), loaded_->end(),
                     [&](const std::string& one) { return folder == one || folder.ends_with("/" + one); });
}

// setattr(importlib.import_module("shop.engines." + name), key, value)
void OverriddenDefaults::find_loaders() {
  loaded_.emplace();
  for (const ProjectFile& file : view_.project.files) {
    if (!is_code(file) || (file.scope & scope::Outside)) continue;
    for (const Fact& fact : view_.facts(file)) {
      bool sets = fact.kind == FactKind::Call && sets_.contains(last_part(fact.name)) && !fact.args().empty();
      if (!sets) continue;
      const Value& module = fact.args()[0].value;
      if (!module.is(ValueKind::Call) || !loads_.contains(last_part(module.text)) || module.items().empty()) continue;
      if (std::string folder = folder_of_modules(module.items()[0].value); !folder.empty()) loaded_->push_back(folder);
    }
  }
}

}  // namespace tfcheck
