#include "model/asked_for.h"

#include <algorithm>

#include "base/text.h"
#include "base/words.h"
#include "model/boot_code.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr int most_hops = 2;  // calls between a branch and what it leads to
constexpr int deepest_value = 3;
constexpr uint32_t farthest_fact = 64;  // between a question and what it is asked for
constexpr size_t most_calls = 40;

bool is_code(const ProjectFile& file) {
  return file.adapter && file.adapter->kind == AdapterKind::Code;
}

// `flags.String("pidfile")`, `input.getOption("log-file")`, `getattr(settings, "LOG_FILE", None)`: what is asked for.
std::string_view asked_name(const Value& call) {
  size_t position = call.text == "getattr" ? 1 : 0;
  bool named = call.item_count > position && call.items()[position].value.is(ValueKind::String);
  return named ? call.items()[position].value.text : std::string_view{};
}

bool is_same(const Value& one, const Value& other) {
  return one.kind == other.kind && one.text == other.text && asked_name(one) == asked_name(other);
}

bool is_nothing(const Value& value) {
  return value.is(ValueKind::Null) || (value.is(ValueKind::String) && value.text.empty()) ||
         (value.is(ValueKind::Name) && icontains(value.text, "empty"));
}

std::string_view function_name(const Fact& fact) {
  return last_name(fact.context.scope);
}

}  // namespace

AskedFor::AskedFor(const ProjectView& view)
    : view_(view),
      opt_ins_(view),
      settings_(view),
      off_(view.set("off-value")),
      streams_(view.set("std-stream")),
      switches_(view.set("switch-key")),
      opposites_(view.set("opposite-switch-key")),
      presence_(view.set("presence-call")) {}

bool AskedFor::holds(FactRef ref, int hops) {
  const ProjectFile& file = view_.project.files[ref.file];
  if (ref.fact >= view_.project.own_facts(ref.file)) return false;
  const Fact& fact = view_.project.fact(ref);
  if (fact.kind == FactKind::Entry && is_switched_off_beside(ref)) return true;
  if (!is_code(file) || file.format() == "shell") return false;
  const Fact* branch = branch_before(ref);
  bool given = branch && is_given(branch->value, 0);
  if (!given && (opt_ins_.holds(ref) || (branch && is_behind_path(ref, branch->value)))) return true;
  for (const Arg& arg : fact.args()) {
    if (is_empty_path(ref, arg.value, 0)) return true;
  }
  if (is_empty_path(ref, fact.value, 0)) return true;
  return hops < most_hops && by_callers(ref, hops);
}

// 'enabled' => env('AUDIT_LOG', false), below the same key.
bool AskedFor::is_switched_off_beside(FactRef ref) const {
  const Fact& entry = view_.project.fact(ref);
  size_t dot = entry.name.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::span<const Fact> facts = view_.facts_beside(view_.project.files[ref.file], farthest_fact);
  size_t begin = ref.fact > farthest_fact ? ref.fact - farthest_fact : 0;
  size_t end = std::min<size_t>(facts.size(), ref.fact + farthest_fact);
  for (size_t i = begin; i < end; ++i) {
    const Fact& other = facts[i];
    if (other.kind != FactKind::Entry || other.name.size() <= dot + 1 ||
        !other.name.starts_with(entry.name.substr(0, dot + 1)))
      continue;
    std::string_view key = other.name.substr(dot + 1);
    if (switches_.contains(key) && is_off(other.value, 0)) return true;
    if (opposites_.contains(key) && other.value.is(ValueKind::Bool) && other.value.text == "true") return true;
  }
  return false;
}

bool AskedFor::is_off(const Value& value, int depth) const {
  if (value.is_literal()) return off_.contains(value.text);
  if (value.is(ValueKind::Env)) return !value.item_count || is_off(value.items()[0].value, depth);
  if (!value.is(ValueKind::Call) || depth == deepest_value || !value.item_count) return false;
  return value.items()[0].value.is(ValueKind::Env) && is_off(value.items()[0].value, depth + 1);
}

bool AskedFor::is_empty_path(FactRef ref, const Value& path, int depth) {
  if (depth > deepest_value) return false;
  if (path.is(ValueKind::Env)) {
    if (path.item_count) return is_nothing(path.items()[0].value) && !settings_.is_given(path.text);
    return !settings_.is_given(path.text) && is_asked_whether_there(ref, path);
  }
  if (path.is(ValueKind::Name)) {
    if (settings_.is_given(path.text)) return false;
    if (settings_.is_empty(path.text) || is_open_field(ref, path)) return true;
    if (!is_asked_whether_there(ref, path)) return false;
    return path.text.find('.') != std::string_view::npos || !gets_literal(ref);
  }
  if (path.is(ValueKind::Map)) {
    std::span<const Arg> items = path.items();
    return std::any_of(items.begin(), items.end(),
                       [&](const Arg& item) { return is_empty_path(ref, item.value, depth + 1); });
  }
  if (!path.is(ValueKind::Call)) return false;
  if (path.text == "?") return is_stream_otherwise(path);
  if (std::string_view name = asked_name(path); !name.empty())
    return !settings_.is_given(name) && (settings_.is_empty(name) || is_asked_whether_there(ref, path));
  std::span<const Arg> items = path.items();  // `Path.of(options.pidFile)`, but no `join(options.folder, "app.log")`
  bool joins = std::any_of(items.begin(), items.end(), [](const Arg& item) {
    return item.value.is(ValueKind::Template) || (item.value.is(ValueKind::String) && !item.value.text.empty());
  });
  return !joins && !items.empty() && is_empty_path(ref, items[0].value, depth + 1);
}

// `sys.stderr if path is None else path`
bool AskedFor::is_stream_otherwise(const Value& choice) const {
  std::span<const Arg> items = choice.items();
  return std::any_of(items.begin(), items.end(), [&](const Arg& arm) {
    return !arm.value.is(ValueKind::Null) && !arm.value.text.empty() && streams_.contains(arm.value.text);
  });
}

// A field of Go, whose structs are made with the names of their fields, that nothing in the repository sets.
bool AskedFor::is_open_field(FactRef ref, const Value& path) const {
  return view_.project.files[ref.file].format() == "go" && path.text.find('.') != std::string_view::npos &&
         path.text.find('/') == std::string_view::npos && settings_.is_path_name(path.text);
}

// The condition next before it in its function, where the fact stands in a branch.
const Fact* AskedFor::branch_before(FactRef ref) const {
  std::span<const Fact> facts = view_.facts_beside(view_.project.files[ref.file], farthest_fact);
  const Fact& fact = facts[ref.fact];
  if (!fact.context.has(context::InCondition) || fact.context.has(context::Otherwise)) return nullptr;
  for (uint32_t step = 1; step <= farthest_fact && step <= ref.fact; ++step) {
    const Fact& branch = facts[ref.fact - step];
    if (branch.kind == FactKind::Branch && branch.context.scope == fact.context.scope)
      return branch.name == "if" ? &branch : nullptr;
  }
  return nullptr;
}

// A variable of the environment in it gets a path from a deploy.
bool AskedFor::is_given(const Value& condition, int depth) {
  if (condition.is(ValueKind::Env)) return settings_.is_given(condition.text);
  if (!condition.is(ValueKind::Call) || depth == deepest_value) return false;
  std::span<const Arg> items = condition.items();
  return std::any_of(items.begin(), items.end(), [&](const Arg& item) { return is_given(item.value, depth + 1); });
}

// It asks whether there is such a path, or is what its variable began with.
bool AskedFor::is_behind_path(FactRef ref, const Value& condition) {
  return condition.is(ValueKind::Null) || asks_for_path(ref, condition, 0);
}

bool AskedFor::asks_for_path(FactRef ref, const Value& condition, int depth) {
  bool compares = condition.is(ValueKind::Call) && condition.item_count == 2 &&
                  (is_nothing(condition.items()[0].value) || is_nothing(condition.items()[1].value)) &&
                  condition.text != "==" && condition.text != "is" && condition.text != "===";
  if (depth < deepest_value && condition.is(ValueKind::Call) && (condition.text == "&&" || compares)) {
    std::span<const Arg> items = condition.items();
    return std::any_of(items.begin(), items.end(),
                       [&](const Arg& item) { return asks_for_path(ref, item.value, depth + 1); });
  }
  std::string_view name = condition.is(ValueKind::Call) ? asked_name(condition) : condition.text;
  bool setting = condition.is(ValueKind::Name) || condition.is(ValueKind::Env) || !asked_name(condition).empty();
  if (!setting || !settings_.is_path_name(name) || settings_.is_given(name)) return false;
  bool bare = condition.is(ValueKind::Name) && name.find('.') == std::string_view::npos;
  return !bare || !gets_literal(ref);
}

// A branch of the same function, before it, asks whether the path is there at all.
bool AskedFor::is_asked_whether_there(FactRef ref, const Value& path) const {
  std::span<const Fact> facts = view_.facts_beside(view_.project.files[ref.file], farthest_fact);
  const Fact& fact = facts[ref.fact];
  for (uint32_t step = 1; step <= farthest_fact && step <= ref.fact; ++step) {
    const Fact& branch = facts[ref.fact - step];
    bool asks = branch.kind == FactKind::Branch && branch.name == "if" && branch.context.scope == fact.context.scope;
    if (asks && asks_whether_there(branch.value, path, 0)) return true;
  }
  return false;
}

bool AskedFor::asks_whether_there(const Value& condition, const Value& path, int depth) const {
  if (is_same(condition, path)) return true;
  if (!condition.is(ValueKind::Call) || depth == deepest_value) return false;
  std::span<const Arg> items = condition.items();
  bool word = condition.text == "!" || condition.text == "&&" || condition.text == "||" || condition.text == "and" ||
              condition.text == "or" || condition.text == "not";
  bool compares = items.size() == 2 && (is_nothing(items[0].value) || is_nothing(items[1].value));
  if (!word && !compares && !presence_.contains(last_word(condition.text))) return false;
  return std::any_of(items.begin(), items.end(),
                     [&](const Arg& item) { return asks_whether_there(item.value, path, depth + 1); });
}

bool AskedFor::by_callers(FactRef ref, int hops) {
  const Fact& fact = view_.project.fact(ref);
  if (!fact.context.has(context::InFunction)) return false;
  const std::vector<FactRef>& calls = calls_of(function_name(fact));
  if (calls.empty() || calls.size() > most_calls) return false;
  return std::all_of(calls.begin(), calls.end(), [&](FactRef call) {
    bool inside = call.file == ref.file && view_.project.fact(call).context.scope == fact.context.scope;
    return !inside && holds(call, hops + 1);
  });
}

// A call of the function that the fact stands in hands it a path as text.
bool AskedFor::gets_literal(FactRef ref) {
  const Fact& fact = view_.project.fact(ref);
  for (FactRef call : calls_of(function_name(fact))) {
    for (const Arg& arg : view_.project.fact(call).args()) {
      const Value& value = arg.value;
      bool text = value.is(ValueKind::String) && value.text.find_first_of("./") != std::string_view::npos;
      if (text || value.is(ValueKind::Template) || (value.is(ValueKind::Call) && value.item_count > 1)) return true;
    }
  }
  return false;
}

const std::vector<FactRef>& AskedFor::calls_of(std::string_view function) {
  static const std::vector<FactRef> none;
  if (!calls_) {
    calls_.emplace();
    for (uint32_t file = 0; file < view_.project.files.size(); ++file) {
      const ProjectFile& owner = view_.project.files[file];
      if ((owner.scope & scope::Outside) || !is_code(owner)) continue;
      std::span<const Fact> facts = view_.facts(owner);
      for (uint32_t i = 0; i < facts.size(); ++i) {
        bool call = facts[i].kind == FactKind::Call && !facts[i].context.has(context::Annotation);
        if (call) (*calls_)[called_name(facts[i].name)].push_back({file, i});
      }
    }
  }
  auto found = calls_->find(function);
  return found == calls_->end() ? none : found->second;
}

}  // namespace tfcheck
