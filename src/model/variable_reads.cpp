#include "model/variable_reads.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr int deepest_value = 8;
constexpr size_t shortest_known = 4;  // letters of a computed name that stand in the file

bool is_capital(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// "*_HOST" of "#{service}_HOST" and "${X}_HOST"; "" where too little of the name is known.
std::string computed_name(std::string_view name) {
  std::string shown;
  size_t known = 0;
  for (size_t at = 0; at < name.size();) {
    bool opens = (name[at] == '#' || name[at] == '$') && at + 1 < name.size() && name[at + 1] == '{';
    size_t end = opens ? name.find('}', at) : std::string_view::npos;
    if (end != std::string_view::npos) {
      shown += '*';
      at = end + 1;
      continue;
    }
    shown += name[at++];
    ++known;
  }
  bool plain = std::all_of(shown.begin(), shown.end(), [](char c) { return is_capital(c) || c == '*'; });
  return plain && known >= shortest_known && known < name.size() ? shown : std::string();
}

class Reads {
 public:
  Reads(const ProjectView& view, VariableMap& into)
      : view_(view),
        project_(view.project),
        into_(into),
        passing_(view.set("passing-format")),
        interpolating_(view.set("interpolating-format")),
        perhaps_(view.set("perhaps-interpolating-format")),
        settings_(view.set("settings-place")),
        setters_(view.set("variable-setter")),
        failing_(view.set("failing-call")),
        failing_defaults_(view.set("failing-default")) {}

  void run() {
    note_assigned();
    for (file_ = 0; file_ < project_.files.size(); ++file_) {
      const ProjectFile& file = project_.files[file_];
      bool outside = file.scope & (scope::Outside | scope::Ci | scope::Editor);
      if (!file.facts || outside || !view_.looks_at(file_) || file.tells(tells::Ci)) continue;
      look_at(file);
    }
  }

 private:
  // What a script of the repository sets is no matter of the environment where only scripts read it.
  void note_assigned() {
    for (const ProjectFile& file : project_.files) {
      if (!file.facts || file.format() != "shell") continue;
      for (const Fact& fact : view_.facts(file)) {
        if (fact.kind == FactKind::Assign) assigned_.emplace(fact.name);
        if (fact.kind != FactKind::Command || !setters_.contains(fact.name)) continue;
        for (const Arg& word : fact.args()) assigned_.emplace(word.value.text);
      }
    }
  }

  void look_at(const ProjectFile& file) {
    std::string_view format = file.format();
    bool code = file.adapter && file.adapter->kind == AdapterKind::Code;
    shell_ = format == "shell";
    development_ = file.scope & (scope::Development | scope::Seed | scope::Packing);
    roles_.clear();
    std::span<const Fact> facts = view_.facts(file);
    if (!code) note_roles(facts);
    // Deploy files write references for what their tool resolves; of some that is the environment of whoever runs it.
    bool deploy = file.tells(tells::Deploy | tells::Environment), passes = passing_.contains(format);
    bool perhaps = perhaps_.contains(format) &&
                   std::any_of(settings_.patterns().begin(), settings_.patterns().end(),
                               [&](const std::string& place) { return path_match(place, file.path); });
    bool interpolates = perhaps || interpolating_.contains(format);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      if (file.facts->embedded_of(i)) continue;  // it reads what its container gets beside it
      if (fact.kind == FactKind::EnvRead) {
        if (std::optional<VariableReader> by = reader_of(code, passes, fact)) add_read(fact, i, *by);
      } else if (fact.kind == FactKind::Entry && (deploy ? passes : interpolates)) {
        add_values(fact.value, fact, i, deploy ? VariableReader::Deploy : VariableReader::Settings, 0);
      }
    }
  }

  // What the commands of a configuration file are for, by where they stand.
  void note_roles(std::span<const Fact> facts) {
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind != FactKind::Command) continue;
      CommandRole role = project_.command({file_, i}).role;
      if (role == CommandRole::Other) role = facts[i].role;
      CommandRole& known = roles_.try_emplace({facts[i].context.scope, facts[i].context.index}, role).first->second;
      if (known == CommandRole::Other) known = role;
    }
  }

  std::optional<VariableReader> reader_of(bool code, bool passes, const Fact& read) const {
    if (shell_) return VariableReader::Script;
    if (code) return VariableReader::Code;
    if (passes) return VariableReader::Deploy;
    auto role = roles_.find({read.context.scope, read.context.index});
    if (role == roles_.end()) return VariableReader::Settings;
    switch (role->second) {
      case CommandRole::Start:
      case CommandRole::Release:
      case CommandRole::Cron:
      case CommandRole::Health:
        return VariableReader::Start;
      default:
        return std::nullopt;
    }
  }

  void add_read(const Fact& fact, uint32_t index, VariableReader by) {
    std::span<const Arg> args = fact.args();
    if (argument(args, "option")) return;
    const Value& named = argument(args, "variable");
    std::string_view name = named ? named.text : fact.name;
    bool of_script = by == VariableReader::Script && !fact.value && assigned_.contains(name);
    if (!is_variable_name(name) || of_script) return;
    add(std::string(name), fact, index, fact.span, fact.value, by, argument(args, "required").is(ValueKind::Bool));
  }

  // The references inside a value of a configuration file.
  void add_values(const Value& value, const Fact& fact, uint32_t index, VariableReader by, int depth) {
    if (depth > deepest_value) return;
    if (value.is(ValueKind::Env)) {
      Value fallback = value.item_count ? value.items()[0].value : Value{};
      std::string name = is_variable_name(value.text) ? std::string(value.text) : computed_name(value.text);
      if (!name.empty()) add(std::move(name), fact, index, value.span, fallback, by, false);
    }
    for (const Arg& item : value.items()) add_values(item.value, fact, index, by, depth + 1);
    if (value.is(ValueKind::Template)) add_parts(value, fact, index, by);
  }

  // "postgres://${DB_USER}:${DB_PASSWORD:-x}@db/shop"
  void add_parts(const Value& value, const Fact& fact, uint32_t index, VariableReader by) {
    std::string_view text = value.text;
    for (size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
      size_t end = at + 2;
      while (end < text.size() && is_capital(text[end])) ++end;
      std::string_view name = text.substr(at + 2, end - at - 2);
      if (end >= text.size() || !is_variable_name(name)) continue;
      std::string_view rest = text.substr(end, text.find('}', end) - end);
      Value fallback;
      if (!rest.empty() && rest[0] == ':' && !rest.starts_with(":?")) {
        fallback.kind = ValueKind::String;
        fallback.text = rest.substr(rest.starts_with(":-") || rest.starts_with(":=") ? 2 : 1);
        fallback.span = value.span;
      }
      add(std::string(name), fact, index, value.span, fallback, by, false);
    }
  }

  void add(std::string name, const Fact& fact, uint32_t index, Span span, const Value& fallback, VariableReader by,
           bool required) {
    // `?: error("…")`, `|| raise("…")` stands in for nothing.
    bool fails =
        fallback.is(ValueKind::Call) && (failing_.contains(fallback.text) || failing_defaults_.contains(fallback.text));
    bool nothing =
        fails || fallback.is(ValueKind::Null) || (fallback.is(ValueKind::Name) && fallback.text == "undefined");
    VariableRead read{file_, index, span, by, nothing ? Value{} : fallback, required || fails, false, false};
    constexpr uint32_t conditions = context::InCondition | context::InTry | context::CliGuard | context::Otherwise;
    read.conditional = (fact.context.flags & conditions) || (fallback.is(ValueKind::Null) && !fails);
    read.development = development_ || (fact.context.flags & (context::DevGuard | context::Development));
    Variable& variable = into_[std::move(name)];
    // One place that says it twice reads it once.
    bool again = !variable.reads.empty() && variable.reads.back().file == file_ &&
                 variable.reads.back().span.begin == span.begin;
    if (again && variable.reads.back().fallback) return;
    if (again) variable.reads.pop_back();
    variable.reads.push_back(read);
  }

  const ProjectView& view_;
  const Project& project_;
  VariableMap& into_;
  const WordSet &passing_, &interpolating_, &perhaps_, &settings_, &setters_, &failing_, &failing_defaults_;
  std::set<std::string, std::less<>> assigned_;
  // Of the present file.
  uint32_t file_ = 0;
  bool shell_ = false, development_ = false;
  std::map<std::pair<std::string_view, uint32_t>, CommandRole> roles_;
};

}  // namespace

void collect_reads(const ProjectView& view, VariableMap& into) {
  Reads(view, into).run();
}

}  // namespace tfcheck
