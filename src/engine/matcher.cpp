#include "engine/matcher.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "engine/companions.h"
#include "engine/fact_test.h"
#include "engine/message.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t fact_kinds = 9;

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
    return place->second.other_than(project_.fact(ref), ref.fact);
  }

  Companions companions_in(const Companion& companion, uint32_t file) {
    Companions found(companion.reach);
    const auto& facts = project_.files[file].facts->facts();
    result_.work.visited += facts.size();
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind == companion.test.kind && holds(companion.test, {file, i})) found.add(facts[i], i);
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
    result_.absent.push_back({rule_index, requirement_index});
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

MatchResult run_data_rules(const RuleSet& rules, const Project& project) {
  return DataRules(rules, project).run();
}

}  // namespace tfcheck
