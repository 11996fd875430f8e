#include "report/gaps.h"

#include <algorithm>

#include "base/text.h"
#include "engine/native.h"
#include "formats/adapters.h"
#include "model/scope.h"
#include "model/words.h"
#include "report/score.h"

namespace tfcheck {

namespace {

constexpr size_t codebase = 0;  // its rules ask for names, not for what stands in a file
constexpr uint32_t secrets = 1u << 2;
constexpr uint32_t builds = 1u << 4;                          // its rules ask for commands and images
constexpr uint32_t processes = 1u << 7 | 1u << 8 | 1u << 10;  // concurrency, disposability, logs
constexpr uint32_t all = ~0u;

bool could_hold(const FactTest& test, const RuleReach::Subject& subject) {
  if (test.formats.empty()) return true;
  return subject.adapter && std::any_of(test.formats.begin(), test.formats.end(), [&](const std::string& format) {
           return format == subject.adapter->name || find_format(*subject.adapter, format) != nullptr;
         });
}

bool is_in_reach(const Rule& rule, const RuleReach::Subject& subject) {
  if (subject.scope & scope::OnRequest & ~rule.scopes) return false;
  if (rule.development == DevelopmentPolicy::Exempt && (subject.scope & scope::Development)) return false;
  const Component* component = subject.component;
  return !component || looks_at_component(rule, *component);
}

class GapFinder {
 public:
  GapFinder(const Project& project, const RuleSet& rules, std::span<const RuleSwitch> switches)
      : project_(project), reach_(rules, switches) {
    for (uint32_t i = 0; i < project_.components.size(); ++i) roots_.emplace(project_.components[i].root, i);
  }

  std::vector<Gap> run() {
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      if (is_told(file.path, file.unread)) add_file(i);
    }
    for (const Notice& notice : project_.notices) {
      if (is_told(notice.path, notice.unread) && project_.find_file(notice.path) == no_index) add_unlisted(notice);
    }
    std::stable_sort(gaps_.begin(), gaps_.end(), [](const Gap& a, const Gap& b) {
      bool a_later = !(a.in_scope && is_refused(a.why)), b_later = !(b.in_scope && is_refused(b.why));
      return std::tie(a_later, a.path) < std::tie(b_later, b.path);
    });
    return std::move(gaps_);
  }

 private:
  // Outside of the audited folder only what refused itself is told, and is none of what was asked for.
  bool is_told(const std::string& path, Unread why) const {
    if (why == Unread::None) return false;
    return path.empty() || project_.is_audited(path) || is_refused(why);
  }

  void add_file(uint32_t index) {
    const ProjectFile& file = project_.files[index];
    RuleReach::Subject subject = subject_of(project_, adapters_, index);
    Gap& gap = gaps_.emplace_back();
    gap.path = file.path;
    gap.why = file.unread;
    gap.detail = file.unread == Unread::UnreadLanguage
                     ? std::string(project_.words().unread_languages.of(file.path)) + " is not read"
                 : file.detail.empty() ? std::string(to_string(file.unread))
                                       : file.detail;
    gap.component = file.component;
    gap.partly = file.was_read() && (file.unread == Unread::TooManyFacts || (file.facts && file.was_understood()));
    finish(gap, subject);
  }

  // A folder that could not be listed, or what a folder holds and no audit reads.
  void add_unlisted(const Notice& notice) {
    const Adapter* adapter = adapters_.of_path(notice.path);
    bool is_file = notice.unread == Unread::NotAFile;
    bool is_language = !adapter && !project_.words().unread_languages.of(notice.path).empty();
    if (is_file && !adapter && !is_language) return;
    Gap& gap = gaps_.emplace_back();
    gap.path = notice.path;
    gap.why = notice.unread;
    gap.detail = notice.message;
    gap.component = component_above(notice.path);
    RuleReach::Subject subject{gap.path, is_file ? adapter : nullptr, is_language, false, !is_file, 0, nullptr};
    const PathRoles& roles = project_.words().roles;
    subject.scope = roles.of_path(gap.path) | (is_file ? 0 : roles.of_folder(gap.path));
    if (gap.component != no_index) subject.component = &project_.components[gap.component];
    finish(gap, subject);
  }

  // The component that a path would belong to: that of the nearest root above it, else of everything.
  uint32_t component_above(std::string_view path) const {
    for (std::string_view folder = path; !path.empty(); folder = dir_name(folder)) {
      if (auto found = roots_.find(folder); found != roots_.end()) return found->second;
      if (folder.empty()) break;
    }
    return no_index;
  }

  void finish(Gap& gap, const RuleReach::Subject& subject) {
    const UnreadLanguages& unread = project_.words().unread_languages;
    gap.is_source = !subject.adapter || subject.adapter->kind == AdapterKind::Code;
    gap.in_scope = (subject.scope & scope::Outside) == 0 && (gap.path.empty() || project_.is_audited(gap.path));
    if (gap.why == Unread::UnreadLanguage) {
      gap.is_source = unread.role_of(gap.path) == UnreadRole::Source && !unread.is_tool(gap.path);
      gap.in_scope = gap.in_scope && !unread.is_contributed(gap.path);
    }
    if (gap.in_scope) gap.factors = reach_.factors(subject) & of_kind(gap, subject);
  }

  // The factors to which a file of this kind, at this place, could matter.
  uint32_t of_kind(const Gap& gap, const RuleReach::Subject& subject) const {
    const UnreadLanguages& unread = project_.words().unread_languages;
    if (gap.why == Unread::UnreadLanguage) {
      switch (unread.role_of(gap.path)) {
        case UnreadRole::Template:
          return secrets;
        case UnreadRole::Build:
          return unread.is_tool(gap.path) ? secrets : secrets | builds;
        case UnreadRole::Process:
          return secrets | builds | processes;
        case UnreadRole::Source:
          return unread.is_tool(gap.path) ? secrets : all & ~builds;
      }
    }
    bool is_data = gap.why == Unread::TooLarge || gap.why == Unread::LongLines;
    if (!is_data || subject.hides_names) return all;
    if (!subject.adapter) return subject.is_unread_language ? all : secrets;
    if (subject.adapter->kind != AdapterKind::Config || is_named_format(*subject.adapter, gap.path)) return all;
    // Nobody writes configuration of this size as JSON; manifests of a platform are written so as YAML.
    return subject.adapter->name == "json" || unread.is_data(gap.path) ? secrets : all;
  }

  const Project& project_;
  AdapterIndex adapters_;
  RuleReach reach_;
  std::map<std::string_view, uint32_t> roots_;  // of components
  std::vector<Gap> gaps_;
};

}  // namespace

RuleReach::Subject subject_of(const Project& project, const AdapterIndex& adapters, uint32_t index) {
  const ProjectFile& file = project.files[index];
  const Adapter* adapter = file.adapter ? file.adapter : adapters.of_path(file.path);
  bool is_language = !adapter && !project.words().unread_languages.of(file.path).empty();
  return {file.path, adapter, is_language, !adapter && !is_language, false, file.scope, project.component_of(index)};
}

uint32_t RuleReach::factors(const Subject& subject) {
  int kind = subject.component ? static_cast<int>(subject.component->kind) : -1;
  Key key{subject.adapter, subject.is_unread_language, subject.is_anything, subject.hides_names, subject.scope, kind};
  auto [place, is_new] = known_.try_emplace(key);
  if (is_new) place->second = look(subject);
  uint32_t found = place->second.factors;
  for (const auto& [factor, paths] : place->second.by_path) {
    if (found & (1u << factor)) continue;
    bool matches = std::any_of(paths->begin(), paths->end(),
                               [&](const Pattern& pattern) { return pattern.matches_path(subject.path); });
    if (matches) found |= 1u << factor;
  }
  return found;
}

RuleReach::Reached RuleReach::look(const Subject& subject) const {
  Reached reached;
  auto ask = [&](size_t factor, const FactTest& test) {
    if (!could_hold(test, subject)) return;
    if (test.paths.empty())
      reached.factors |= 1u << factor;
    else
      reached.by_path.emplace_back(factor, &test.paths);
  };
  for (size_t i = 0; i < rules_.rules().size(); ++i) {
    const Rule& rule = rules_.rules()[i];
    size_t factor = factor_index(rule.id);
    bool is_on = i >= switches_.size() || switches_[i] == RuleSwitch::On;
    if (!is_on || factor >= factor_ids.size() || !is_in_reach(rule, subject)) continue;
    if (factor == codebase && !subject.hides_names) continue;
    if (rule.native || subject.is_anything || subject.hides_names) reached.factors |= 1u << factor;
    for (const Match& match : rule.matches) {
      if (match.files.empty()) ask(factor, match.test);
    }
    for (const Requirement& requirement : rule.requirements) {
      for (const FactTest& test : requirement.when) ask(factor, test);
      for (const Companion& one : requirement.one) {
        if (one.files.empty()) ask(factor, one.test);
      }
    }
  }
  return reached;
}

std::vector<Gap> find_gaps(const Project& project, const RuleSet& rules, std::span<const RuleSwitch> switches) {
  return GapFinder(project, rules, switches).run();
}

}  // namespace tfcheck
