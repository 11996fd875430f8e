#include "engine/matcher.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "engine/message.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t fact_kinds = 9;

bool any_name(const Patterns& patterns, std::string_view name) {
  return patterns.empty() || std::any_of(patterns.begin(), patterns.end(),
                                         [&](const Pattern& pattern) { return pattern.matches_name(name); });
}

// Words of a command that count for `run` and `option`: the positional ones.
std::string_view word_of(const Arg& arg) {
  return arg.name.empty() ? arg.value.text : std::string_view{};
}

// The program and then the words in order, others in between allowed: "manage.py migrate" in `python -u manage.py
// migrate`.
bool runs(const std::vector<Pattern>& words, const Fact& fact) {
  size_t next = 0;
  if (!words.empty() && words[0].matches_text(fact.name))
    next = 1;
  else if (words.empty() || fact.kind != FactKind::Command)
    return false;
  // An interpreter in front of a script: the script is the program.
  static constexpr std::string_view interpreters[] = {"python", "python2", "python3", "node", "ruby",  "php",
                                                      "perl",   "java",    "deno",    "bun",  "pypy3", "dotnet"};
  if (next == 0 && std::find(std::begin(interpreters), std::end(interpreters), fact.name) == std::end(interpreters))
    return false;
  for (const Arg& arg : fact.args()) {
    if (next == words.size()) break;
    std::string_view word = word_of(arg);
    if (word.empty()) continue;
    bool hit = words[next].matches_text(word) || (next == 0 && words[0].matches_text(base_name(word)));
    if (hit)
      ++next;
    else if (next == 0 && !word.starts_with('-'))
      return false;
    else if (next == 1 && words.size() > 1 && !word.starts_with('-') && words[0].matches_text(fact.name)) {
      // a subcommand must be the first word that is no option or option's value
      const bool option_value = &arg != fact.args().data() && word_of(*(&arg - 1)).starts_with('-');
      if (!option_value) return false;
    }
  }
  return next == words.size();
}

bool has_option(const Patterns& options, const Fact& fact) {
  for (const Arg& arg : fact.args()) {
    std::string_view word = word_of(arg);
    for (const Pattern& option : options) {
      if (option.matches_text(word)) return true;
      if (option.text.starts_with("--") && word.starts_with(option.text) && word.size() > option.text.size() &&
          word[option.text.size()] == '=')
        return true;
    }
  }
  return false;
}

bool redirects(const Patterns& targets, const Fact& fact) {
  for (const Arg& arg : fact.args()) {
    if (arg.name.find('>') == std::string_view::npos) continue;
    for (const Pattern& target : targets) {
      if (target.matches_text(arg.value.text)) return true;
    }
  }
  return false;
}

// The value below a dotted key of a map; Absent when there is none.
Value dig(const Value& value, std::string_view key) {
  if (key.empty()) return value;
  for (const Arg& item : value.items()) {
    if (item.name == key) return item.value;
    if (key.starts_with(item.name) && !item.name.empty() && key.size() > item.name.size() &&
        key[item.name.size()] == '.')
      return dig(item.value, key.substr(item.name.size() + 1));
  }
  return {};
}

bool argument_passes(const ArgumentTest& test, std::span<const Arg> args) {
  bool anywhere = test.names.empty() && test.positions.empty();
  auto check = [&](const Value& value) { return test.test(test.key.empty() ? value : dig(value, test.key)); };
  if (!anywhere) {
    for (const std::string& name : test.names) {
      if (const Value& value = argument(args, name)) return check(value);
    }
    for (int position : test.positions) {
      if (const Value& value = argument(args, {}, position)) return check(value);
    }
    return check({});
  }
  if (test.test.given == false) {  // no argument has the key
    return std::all_of(args.begin(), args.end(), [&](const Arg& arg) { return check(arg.value); });
  }
  return std::any_of(args.begin(), args.end(), [&](const Arg& arg) { return check(arg.value); });
}

bool command_passes(const FactTest& test, const Project& project, FactRef ref, const Fact& fact) {
  if (!test.runs.empty() &&
      std::none_of(test.runs.begin(), test.runs.end(), [&](const auto& words) { return runs(words, fact); }))
    return false;
  if (!test.options.empty() && !has_option(test.options, fact)) return false;
  if (!test.not_options.empty() && has_option(test.not_options, fact)) return false;
  if (!test.redirect.empty() && !redirects(test.redirect, fact)) return false;
  if (test.roles.empty() && !test.development) return true;
  CommandInfo info = project.command(ref);
  if (test.development && *test.development != info.development) return false;
  return test.roles.empty() || std::find(test.roles.begin(), test.roles.end(), info.role) != test.roles.end();
}

bool has_format(const FactTest& test, const ProjectFile& file) {
  return std::any_of(test.formats.begin(), test.formats.end(), [&](const std::string& format) {
    return file.format() == format || (file.adapter && file.adapter->name == format);
  });
}

// Facts that a companion is looked for among: those of a function, those below one parent, or all of a file.
struct Group {
  std::string_view text;
  uint32_t index = 0;
  friend bool operator==(const Group&, const Group&) = default;
};

struct GroupHash {
  size_t operator()(const Group& group) const { return std::hash<std::string_view>{}(group.text) * 31 + group.index; }
};

// Keys below the same parent of the same document: in code by the dotted name, in formats by scope and index.
Group group_of(Reach reach, const Fact& fact) {
  if (reach == Reach::Function) return {fact.context.scope, 0};
  if (reach == Reach::File) return {};
  size_t dot = fact.name.rfind('.');
  return {fact.name.substr(0, dot == std::string_view::npos ? 0 : dot), fact.context.index};
}

// The facts of each group that pass a companion's test: one that is not the match itself is wanted, so two will do.
class Companions {
 public:
  void add(const Group& group, uint32_t fact) {
    auto [place, fresh] = found_.try_emplace(group, fact, no_index);
    if (!fresh && place->second.second == no_index) place->second.second = fact;
  }
  bool other_than(const Group& group, uint32_t fact) const {
    auto found = found_.find(group);
    return found != found_.end() && (found->second.first != fact || found->second.second != no_index);
  }

 private:
  std::unordered_map<Group, std::pair<uint32_t, uint32_t>, GroupHash> found_;
};

class DataRules {
 public:
  DataRules(const RuleSet& rules, const Project& project) : rules_(rules), project_(project), index_(rules) {}

  MatchResult run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) match_file(file);
    for (uint32_t rule = 0; rule < rules_.rules().size(); ++rule) require(rule);
    return std::move(result_);
  }

 private:
  void match_file(uint32_t file) {
    const ProjectFile& owner = project_.files[file];
    if (!owner.facts) return;
    const auto& facts = owner.facts->facts();
    result_.work.visited += facts.size();
    beside_.clear();
    std::map<uint32_t, bool> looks;
    for (uint32_t i = 0; i < facts.size(); ++i) {
      uint32_t reported = no_index;
      index_.candidates(facts[i], [&](MatchIndex::Ref ref) {
        if (reported == ref.rule && facts[i].kind != FactKind::Branch) return;
        const Rule& rule = rules_.rules()[ref.rule];
        auto [place, fresh] = looks.try_emplace(ref.rule, false);
        if (fresh) place->second = rule_looks_at(rule, project_, file);
        if (!place->second) return;
        const Match& match = rule.matches[ref.match];
        if (!holds(match.test, {file, i}) || !companions_hold(match.with, match.unless, {file, i})) return;
        result_.fired.push_back(ref);
        reported = ref.rule;
        if (match.once && !first_of(ref, *match.once, {file, i})) return;
        report(ref.rule, match.severity, match.confidence, match.message, {file, i}, &match.test);
      });
    }
  }

  // True for the first finding of a match within its `once`.
  bool first_of(MatchIndex::Ref ref, Reach once, FactRef fact) {
    const ProjectFile& file = project_.files[fact.file];
    std::string place = once == Reach::Component ? std::to_string(file.component) : file.path;
    if (once == Reach::Function) place += " " + std::string(project_.fact(fact).context.scope);
    return once_.insert({ref.rule, ref.match, std::move(place)}).second;
  }

  void report(uint32_t rule_index, std::optional<Severity> severity, std::optional<Confidence> confidence,
              const std::string& message, FactRef ref, const FactTest* test) {
    const Rule& rule = rules_.rules()[rule_index];
    const Fact& fact = project_.fact(ref);
    NativeContext context(project_, rule, rule_index, rules_.vocabulary(), result_.findings);
    CommandInfo info = fact.kind == FactKind::Command ? project_.command(ref) : CommandInfo{};
    bool started = info.role == CommandRole::Start;
    FactRef place = started ? info.place : ref;
    Finding* finding =
        context.report(place.file, project_.fact(place).span, fill_message(message, project_, ref, test));
    if (!finding) return;
    bool lowered = finding->severity == Severity::Note && rule.severity != Severity::Note;
    if (severity && !lowered) finding->severity = *severity;
    if (confidence) finding->confidence = *confidence;
    if (info.guessed && finding->confidence == Confidence::High) finding->confidence = Confidence::Medium;
    if (info.development && rule.development == DevelopmentPolicy::Exempt && is_development(info.origin))
      return result_.findings.pop_back();
    if (info.development && rule.development != DevelopmentPolicy::Same) finding->severity = Severity::Note;
    if (!started) return;
    if (place != ref) finding->related.push_back({ref.file, fact.span, "which runs this"});
    if (!info.main && info.origin != place)
      finding->related.push_back({info.origin.file, project_.fact(info.origin).span, "started from here"});
  }

  // The whole file or section is the developers', not only a service that mounts its source.
  bool is_development(FactRef ref) const {
    return (project_.files[ref.file].scope & scope::Development) ||
           project_.fact(ref).context.has(context::Development);
  }

  bool companions_hold(const std::vector<Companion>& with, const std::vector<Companion>& unless, FactRef ref) {
    for (const Companion& companion : with) {
      if (!present(companion, ref)) return false;
    }
    for (const Companion& companion : unless) {
      if (present(companion, ref)) return false;
    }
    return true;
  }

  bool present(const Companion& companion, FactRef ref) {
    switch (companion.reach) {
      case Reach::Same:
        return holds(companion.test, ref);
      case Reach::Siblings:
      case Reach::Function:
      case Reach::File:
        return beside(companion, ref);
      case Reach::Component:
      case Reach::Project:
        return in_component(companion, ref.file);
    }
    return false;
  }

  bool holds(const FactTest& test, FactRef ref) {
    ++result_.work.comparisons;
    return passes(test, project_, ref);
  }

  // A fact near another one. Every companion goes through a file once, however many matches ask for it there.
  bool beside(const Companion& companion, FactRef ref) {
    auto [place, fresh] = beside_.try_emplace({&companion, ref.file});
    if (fresh) place->second = companions_in(companion, ref.file);
    return place->second.other_than(group_of(companion.reach, project_.fact(ref)), ref.fact);
  }

  Companions companions_in(const Companion& companion, uint32_t file) {
    Companions found;
    const auto& facts = project_.files[file].facts->facts();
    result_.work.visited += facts.size();
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind == companion.test.kind && holds(companion.test, {file, i}))
        found.add(group_of(companion.reach, facts[i]), i);
    }
    return found;
  }

  bool any_in_file(const FactTest& test, uint32_t file) {
    if (!project_.files[file].facts) return false;
    const auto& facts = project_.files[file].facts->facts();
    for (uint32_t i = 0; i < facts.size(); ++i) {
      ++result_.work.visited;
      if (facts[i].kind == test.kind && holds(test, {file, i})) return true;
    }
    return false;
  }

  bool in_component(const Companion& companion, uint32_t file) {
    uint32_t component = companion.reach == Reach::Project ? no_index : project_.files[file].component;
    auto [place, fresh] = cache_.try_emplace({&companion, component}, false);
    if (!fresh) return place->second;
    bool found = false;
    if (component != no_index) {
      const std::vector<uint32_t>& files = project_.components[component].files;
      found = std::any_of(files.begin(), files.end(), [&](uint32_t i) { return is_companion(companion, i); });
    } else {
      for (uint32_t i = 0; i < project_.files.size() && !found; ++i) found = is_companion(companion, i);
    }
    return place->second = found;
  }

  bool is_companion(const Companion& companion, uint32_t file) {
    const ProjectFile& other = project_.files[file];
    ++result_.work.visited;
    if (companion.files.empty()) return !(other.scope & scope::Outside) && any_in_file(companion.test, file);
    return std::any_of(companion.files.begin(), companion.files.end(),
                       [&](const Pattern& pattern) { return pattern.matches_path(other.path); });
  }

  // --- absence, per component ---

  void require(uint32_t rule_index) {
    const Rule& rule = rules_.rules()[rule_index];
    for (uint32_t r = 0; r < rule.requirements.size(); ++r) {
      for (const Component& component : project_.components) {
        if (std::find(rule.applies.begin(), rule.applies.end(), component.kind) == rule.applies.end()) continue;
        require_of(rule_index, r, component);
      }
    }
  }

  void require_of(uint32_t rule_index, uint32_t requirement_index, const Component& component) {
    const Requirement& requirement = rules_.rules()[rule_index].requirements[requirement_index];
    std::vector<FactRef> facts =
        requirement.when ? facts_of(rule_index, component, *requirement.when) : std::vector<FactRef>{};
    uint32_t file = no_index;
    for (uint32_t i : component.files) {
      const ProjectFile& candidate = project_.files[i];
      if (requirement.when_files.empty() || dir_name(candidate.path) != component.root ||
          (candidate.scope & scope::Outside))
        continue;
      if (file == no_index && any_path(requirement.when_files, base_name(candidate.path))) file = i;
    }
    bool holds =
        requirement.when ? !facts.empty() && (requirement.when_files.empty() || file != no_index) : file != no_index;
    if (!holds || satisfied(requirement, component)) return;
    FactRef first = facts.empty() ? FactRef{file, 0} : facts.front();
    for (const Companion& companion : requirement.unless) {
      if (companion.reach <= Reach::File ? !facts.empty() && present(companion, first)
                                         : in_component(companion, first.file))
        return;
    }
    result_.fired.push_back({rule_index, requirement_index + 1000});
    if (!facts.empty())
      return report(rule_index, requirement.severity, requirement.confidence, requirement.message, first,
                    &*requirement.when);
    NativeContext context(project_, rules_.rules()[rule_index], rule_index, rules_.vocabulary(), result_.findings);
    Finding* finding = context.report(file, {}, fill_message(requirement.message, project_, file));
    if (finding && requirement.severity) finding->severity = std::min(finding->severity, *requirement.severity);
    if (finding && requirement.confidence) finding->confidence = *requirement.confidence;
  }

  static bool any_path(const Patterns& patterns, std::string_view path) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const Pattern& pattern) { return pattern.matches_path(path); });
  }

  std::vector<FactRef> facts_of(uint32_t rule_index, const Component& component, const FactTest& test) {
    std::vector<FactRef> found;
    for (uint32_t i : component.files) {
      if (!project_.files[i].facts || !rule_looks_at(rules_.rules()[rule_index], project_, i)) continue;
      const auto& facts = project_.files[i].facts->facts();
      result_.work.visited += facts.size();
      for (uint32_t f = 0; f < facts.size(); ++f) {
        if (facts[f].kind == test.kind && holds(test, {i, f})) found.push_back({i, f});
      }
    }
    return found;
  }

  bool satisfied(const Requirement& requirement, const Component& component) {
    // A lock file may lie above: workspaces keep one at their root.
    for (std::string_view folder = component.root;; folder = dir_name(folder)) {
      for (const Pattern& pattern : requirement.one_files) {
        if (!pattern.glob && !pattern.set) {
          if (project_.find_file(folder.empty() ? pattern.text : std::string(folder) + "/" + pattern.text) != no_index)
            return true;
          continue;
        }
        for (uint32_t i : component.files) {
          if (dir_name(project_.files[i].path) == folder && pattern.matches_path(base_name(project_.files[i].path)))
            return true;
        }
      }
      if (folder.empty()) break;
    }
    for (const FactTest& test : requirement.one) {
      for (uint32_t i : component.files) {
        if (!project_.files[i].facts || (project_.files[i].scope & scope::Outside)) continue;
        if (any_in_file(test, i)) return true;
      }
    }
    return false;
  }

  const RuleSet& rules_;
  const Project& project_;
  MatchIndex index_;
  MatchResult result_;
  std::set<std::tuple<uint32_t, uint32_t, std::string>> once_;
  std::map<std::pair<const Companion*, uint32_t>, bool> cache_;         // by component
  std::map<std::pair<const Companion*, uint32_t>, Companions> beside_;  // of the file that is matched
};

// The last segment of a name pattern if it is plain text; "" otherwise.
std::string_view last_word(const Pattern& pattern) {
  if (pattern.set) return {};
  std::string_view text = pattern.text;
  std::string_view last = text.substr(text.rfind('.') + 1);
  return last.find_first_of("*?") == std::string_view::npos ? last : std::string_view{};
}

}  // namespace

MatchIndex::MatchIndex(const RuleSet& rules) {
  static_assert(sizeof kinds_ / sizeof kinds_[0] == fact_kinds);
  for (uint32_t r = 0; r < rules.rules().size(); ++r) {
    const Rule& rule = rules.rules()[r];
    for (uint32_t m = 0; m < rule.matches.size(); ++m) {
      const FactTest& test = rule.matches[m].test;
      Kind& kind = kinds_[static_cast<size_t>(test.kind)];
      std::vector<std::string_view> words;
      for (const Pattern& pattern : test.name) words.push_back(last_word(pattern));
      bool open = words.empty() || std::find(words.begin(), words.end(), std::string_view{}) != words.end();
      std::sort(words.begin(), words.end());
      words.erase(std::unique(words.begin(), words.end()), words.end());
      if (open) kind.any.push_back({r, m});
      for (std::string_view word : open ? std::vector<std::string_view>{} : words) kind.by_word[word].push_back({r, m});
    }
  }
}

bool passes(const FactTest& test, const Project& project, FactRef ref) {
  const ProjectFile& file = project.files[ref.file];
  const Fact& fact = project.fact(ref);
  if (fact.kind != test.kind || !any_name(test.name, fact.name)) return false;
  if ((fact.context.flags & test.flags) != test.flags || (fact.context.flags & test.not_flags)) return false;
  if (!test.formats.empty() && !has_format(test, file)) return false;
  if (!test.paths.empty() &&
      std::none_of(test.paths.begin(), test.paths.end(), [&](const Pattern& p) { return p.matches_path(file.path); }))
    return false;
  if (!test.scope.empty() && !any_name(test.scope, fact.context.scope)) return false;
  if (!test.value(fact.value)) return false;
  for (const ArgumentTest& argument : test.arguments) {
    if (!argument_passes(argument, fact.args())) return false;
  }
  if (test.kind == FactKind::Command) return command_passes(test, project, ref, fact);
  return !test.development || *test.development == fact.context.has(context::Development);
}

MatchResult run_data_rules(const RuleSet& rules, const Project& project) {
  return DataRules(rules, project).run();
}

}  // namespace tfcheck
