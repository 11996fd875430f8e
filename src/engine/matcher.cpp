#include "engine/matcher.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/text.h"
#include "engine/companion_search.h"
#include "engine/fact_test.h"
#include "engine/native.h"
#include "engine/rule_findings.h"
#include "engine/seen_practices.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// Facts that only code says: what one language does about a signal says nothing of another.
bool is_of_language(FactKind kind) {
  return kind == FactKind::Call || kind == FactKind::Import || kind == FactKind::Assign || kind == FactKind::Branch ||
         kind == FactKind::EnvRead || kind == FactKind::Server || kind == FactKind::Signal || kind == FactKind::Loop ||
         kind == FactKind::SchemaChange;
}

std::string_view language_of(const ProjectFile& file) {
  return file.adapter && file.adapter->kind == AdapterKind::Code ? runtime_of(file.format()) : std::string_view{};
}

class DataRules {
 public:
  DataRules(const RuleSet& rules, const Project& project, uint32_t edition)
      : rules_(rules),
        project_(project),
        edition_(rules, edition),
        index_(rules, project.words().interpreters),
        companions_(project, result_.work),
        findings_(rules, project, edition_),
        practices_(rules, project) {}

  MatchResult run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) match_file(file);
    for (uint32_t rule = 0; rule < rules_.rules().size(); ++rule) require(rule);
    result_.findings = findings_.take();
    result_.work += findings_.work();
    result_.practices = practices_.take();
    return std::move(result_);
  }

 private:
  void match_file(uint32_t file) {
    match_path(file);
    uint32_t count = project_.fact_count(file);
    if (count == 0) return;
    result_.work.visited += count;
    companions_.next_file();
    std::map<uint32_t, bool> looks;
    auto looks_at = [&](uint32_t rule) {
      auto [place, fresh] = looks.try_emplace(rule, false);
      if (fresh) place->second = rule_looks_at(rules_.rules()[rule], project_, file);
      return place->second;
    };
    // The matches of a kind that no word leads to and that this file could meet: asked once, not for each of its facts.
    std::optional<std::vector<const MatchIndex::Open*>> open[fact_kinds];
    auto open_of = [&](FactKind kind) -> const std::vector<const MatchIndex::Open*>& {
      auto& list = open[static_cast<size_t>(kind)];
      if (list) return *list;
      list.emplace();
      for (const MatchIndex::Open& match : index_.open(kind)) {
        bool looked_at = match.ref.practice || looks_at(match.ref.rule);
        if (looked_at && fits_file(*match.test, project_.files[file])) list->push_back(&match);
      }
      return *list;
    };
    for (uint32_t i = 0; i < count; ++i) {
      const Fact& fact = project_.fact({file, i});
      bool is_once = fact.kind != FactKind::Branch;
      uint32_t reported = no_index;
      std::vector<MatchIndex::Ref> later;  // they tell what nothing in force of their rule does
      index_.candidates(fact, open_of(fact.kind), [&](MatchIndex::Ref ref) {
        if (ref.practice) return see_fact(ref, {file, i});
        if (reported == ref.rule && is_once) return;
        if (!looks_at(ref.rule)) return;
        const Rule& rule = rules_.rules()[ref.rule];
        if (widens(rule, rule.matches[ref.match].since)) return later.push_back(ref);
        if (!match_fact(ref, rule, {file, i})) return;
        reported = ref.rule;
        std::erase_if(later, [&](MatchIndex::Ref other) { return is_once && other.rule == ref.rule; });
      });
      reported = no_index;
      for (MatchIndex::Ref ref : later) {
        bool is_told = reported == ref.rule && is_once;
        if (!is_told && match_fact(ref, rules_.rules()[ref.rule], {file, i})) reported = ref.rule;
      }
    }
  }

  // A part of a rule in force that is not in force yet.
  bool widens(const Rule& rule, std::optional<uint32_t> since) const {
    return edition_.is_later(rule, since) && !edition_.is_later(rule, {});
  }

  bool match_fact(MatchIndex::Ref ref, const Rule& rule, FactRef fact) {
    const Match& match = rule.matches[ref.match];
    MessageSubject subject{fact, &match.test, {}};
    if (!companions_.passes_test(match.test, fact) || !companions_.hold(match.with, match.unless, fact, subject.with))
      return false;
    result_.fired.push_back(ref);
    findings_.at_fact(ref.rule,
                      {match.severity, match.confidence, match.since, match.message, match.line,
                       match.once ? match.once : rule.once, match.once ? ref.match : UINT32_MAX, &match.with},
                      subject);
    return true;
  }

  void see_fact(MatchIndex::Ref ref, FactRef fact) {
    if (!practices_.wants(ref, fact.file)) return;
    const Match& match = rules_.rules()[ref.rule].practices[ref.match].match;
    std::vector<FactRef> with;
    bool holds = companions_.passes_test(match.test, fact) && companions_.hold(match.with, match.unless, fact, with);
    if (holds && practices_.at_fact(ref, fact)) result_.fired.push_back(ref);
  }

  // Matches that select files by their path.
  void match_path(uint32_t file) {
    const ProjectFile& owner = project_.files[file];
    if (owner.kind != FileEntry::Kind::Regular || !owner.audited) return;
    LetterSet letters(owner.path);
    for (const auto& [ref, globs] : index_.of_files()) {
      const Rule& rule = rules_.rules()[ref.rule];
      const Match& match = ref.practice ? rule.practices[ref.match].match : rule.matches[ref.match];
      ++result_.work.comparisons;
      bool is_meant = std::any_of(globs.begin(), globs.end(), [&](const PathGlob& glob) {
        return !letters.lacks(glob.letters()) && glob.matches(owner.path);
      });
      if (!is_meant) continue;
      if (ref.practice ? !practices_.wants(ref, file) : !rule_looks_at(rule, project_, file)) continue;
      auto there = [&](const Companion& companion) {
        if (companion.reach == Reach::Same) return any_path(companion.test.paths, owner.path);
        return companions_.is_in(companion, companion.reach == Reach::Project ? no_index : owner.component);
      };
      if (!std::all_of(match.with.begin(), match.with.end(), there) ||
          std::any_of(match.unless.begin(), match.unless.end(), there))
        continue;
      if (ref.practice && !practices_.at_file(ref, file)) continue;
      result_.fired.push_back(ref);
      if (!ref.practice)
        findings_.at_file(ref.rule, {match.severity, match.confidence, match.since, match.message, match.line, {}},
                          file);
    }
  }

  // --- absence, per component, or per language of one ---

  void require(uint32_t rule_index) {
    const Rule& rule = rules_.rules()[rule_index];
    if (rule.requirements.empty()) return;
    for (const Component& component : project_.components) {
      if (std::find(rule.applies.begin(), rule.applies.end(), component.kind) == rule.applies.end()) continue;
      std::set<std::string_view> told;  // languages
      for (bool later : {false, true}) {
        for (uint32_t r = 0; r < rule.requirements.size(); ++r) {
          if (widens(rule, rule.requirements[r].since) == later) require_of(rule_index, r, component, told);
        }
      }
    }
  }

  void require_of(uint32_t rule_index, uint32_t r, const Component& component, std::set<std::string_view>& told) {
    const Rule& rule = rules_.rules()[rule_index];
    const Requirement& requirement = rule.requirements[r];
    uint32_t file = root_file(requirement, component);
    if (requirement.when.empty()) {
      if (file != no_index && !satisfied(requirement, component, {})) lacks(rule_index, r, {file, no_index}, {});
      return;
    }
    if (!requirement.when_files.empty() && file == no_index) return;
    std::map<std::string_view, std::vector<FactRef>> found = facts_of(rule, component, requirement.when);
    for (const auto& [language, facts] : found) {
      if ((rule.per_language && told.contains(language)) || satisfied(requirement, component, language)) continue;
      if (lacks(rule_index, r, facts.front(), facts)) told.insert(language);
    }
  }

  // The first file in the component's root that a requirement asks for.
  uint32_t root_file(const Requirement& requirement, const Component& component) const {
    if (requirement.when_files.empty()) return no_index;
    for (uint32_t i : component.files) {
      const ProjectFile& candidate = project_.files[i];
      if (dir_name(candidate.path) != component.root || (candidate.scope & scope::Outside)) continue;
      if (any_path(requirement.when_files, base_name(candidate.path))) return i;
    }
    return no_index;
  }

  // Reports what is not there, unless something excuses it.
  bool lacks(uint32_t rule_index, uint32_t r, FactRef first, const std::vector<FactRef>& facts) {
    const Requirement& requirement = rules_.rules()[rule_index].requirements[r];
    for (const Companion& companion : requirement.unless) {
      bool excused =
          companion.reach < Reach::Component
              ? !facts.empty() && companions_.find(companion, first).has_value()
              : companions_.is_in(companion,
                                  companion.reach == Reach::Project ? no_index : project_.files[first.file].component);
      if (excused) return false;
    }
    result_.absent.push_back({rule_index, r});
    RuleFindings::Words words{requirement.severity, requirement.confidence, requirement.since,
                              requirement.message,  requirement.line,       {}};
    if (facts.empty()) return findings_.at_file(rule_index, words, first.file), true;
    words.once = Reach::Component;
    words.match = r;
    for (FactRef fact : facts) findings_.at_fact(rule_index, words, {fact, &requirement.when[0], {}});
    return true;
  }

  static bool any_path(const Patterns& patterns, std::string_view path) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const Pattern& pattern) { return pattern.matches_path(path); });
  }

  // Facts of a component that pass one of the tests, by their language when the rule asks by it.
  std::map<std::string_view, std::vector<FactRef>> facts_of(const Rule& rule, const Component& component,
                                                            const std::vector<FactTest>& tests) {
    std::map<std::string_view, std::vector<FactRef>> found;
    for (uint32_t i : component.files) {
      uint32_t count = project_.fact_count(i);
      if (count == 0 || !rule_looks_at(rule, project_, i)) continue;
      std::string_view language = rule.per_language ? language_of(project_.files[i]) : std::string_view{};
      result_.work.visited += count;
      for (uint32_t f = 0; f < count; ++f) {
        bool passes = std::any_of(tests.begin(), tests.end(), [&](const FactTest& test) {
          return project_.fact({i, f}).kind == test.kind && companions_.passes_test(test, {i, f});
        });
        if (passes) found[language].push_back({i, f});
      }
    }
    return found;
  }

  bool satisfied(const Requirement& requirement, const Component& component, std::string_view language) {
    if (has_file(requirement.one_files, component)) return true;
    return std::any_of(requirement.one.begin(), requirement.one.end(), [&](const Companion& one) {
      if (one.reach == Reach::Project) return companions_.is_in(one, no_index);
      if (!one.files.empty()) return companions_.is_in(one, component_index(component));
      return std::any_of(component.files.begin(), component.files.end(), [&](uint32_t i) {
        const ProjectFile& file = project_.files[i];
        bool other = !language.empty() && is_of_language(one.test.kind) && language_of(file) != language;
        return !other && !(file.scope & scope::Outside) && companions_.first_in(one.test, i).has_value();
      });
    });
  }

  uint32_t component_index(const Component& component) const {
    return static_cast<uint32_t>(&component - project_.components.data());
  }

  // A file of a component's root, or above it: workspaces keep one lock at theirs.
  bool has_file(const Patterns& patterns, const Component& component) const {
    for (std::string_view folder = component.root;; folder = dir_name(folder)) {
      for (const Pattern& pattern : patterns) {
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
      if (folder.empty()) return false;
    }
  }

  const RuleSet& rules_;
  const Project& project_;
  EditionInForce edition_;
  MatchIndex index_;
  MatchResult result_;
  CompanionSearch companions_;
  RuleFindings findings_;
  SeenPractices practices_;
};

}  // namespace

MatchResult run_data_rules(const RuleSet& rules, const Project& project, uint32_t edition) {
  return DataRules(rules, project, edition).run();
}

}  // namespace tfcheck
