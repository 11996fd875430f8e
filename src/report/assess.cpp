#include "report/assess.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "formats/adapters.h"
#include "model/repository_state.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// What a component gives an audit to look at.
struct Evidence {
  bool files = false;     // anything of ours that was read
  bool source = false;    // program code
  bool config = false;    // configuration files with facts
  bool start = false;     // a command that starts a process
  bool served = false;    // something that says how requests reach it
  bool deploy = false;    // images, compose, manifests of a platform
  bool versions = false;  // something that pins a runtime or service
  bool manifest = false;
  size_t source_files = 0;

  // What a file elsewhere says of the component.
  void add_deployed(const Evidence& told) {
    start = start || told.start;
    deploy = deploy || told.deploy;
    versions = versions || told.versions;
  }
};

// `deployed`: what deploy files elsewhere say of it.
Evidence evidence_of(const Project& project, const Component& component, const Evidence& deployed) {
  Evidence evidence = deployed;
  evidence.manifest = !component.manifests.empty();
  evidence.served = evidence.start || component.started;
  for (uint32_t i : component.files) {
    const ProjectFile& file = project.files[i];
    if (!file.was_read() || (file.scope & scope::Outside)) continue;
    evidence.files = true;
    bool is_code = file.adapter && file.adapter->kind == AdapterKind::Code && file.adapter->scan_imports;
    evidence.source_files += is_code && file.was_understood();
    if (!file.facts || !file.adapter) continue;
    evidence.config |= file.adapter->kind == AdapterKind::Config && file.was_understood();
    evidence.deploy |= file.tells(tells::Deploy);
    evidence.versions |= file.tells(tells::Version) || (file.scope & scope::Ci);
  }
  evidence.source = evidence.source_files > 0;
  return evidence;
}

struct EvidenceWord {
  bool Evidence::*has;
  std::string_view word;
};
constexpr EvidenceWord by_source{&Evidence::source, "source"};
constexpr EvidenceWord by_config{&Evidence::config, "configuration"};
constexpr EvidenceWord by_start{&Evidence::start, "start commands"};
constexpr EvidenceWord by_deploy{&Evidence::deploy, "deploy files"};

// What a factor is judged by: one of these is enough.
struct Ground {
  std::vector<EvidenceWord> looks_at;
  std::string_view why_not;  // where there is none
};

const Ground& ground_of(size_t factor) {
  static const std::array<Ground, 12> grounds = {{
      {{{&Evidence::files, "the repository"}}, "nothing that was read"},
      {{{&Evidence::manifest, "manifests"}, by_source}, "no source and no manifest"},
      {{by_source, by_config, by_deploy, {&Evidence::files, "texts"}}, "no source and no configuration"},
      {{by_source, by_config}, "no source and no configuration"},
      {{by_start, by_deploy}, "no build or start command is declared"},
      {{by_source}, "no source"},
      {{{&Evidence::served, "what serves it"}}, "nothing serves and nothing is started"},
      {{by_start}, "no start command is declared"},
      {{by_start}, "no start command is declared"},
      {{{&Evidence::versions, "versions"}, by_config}, "nothing names a version or an environment"},
      {{by_source}, "no source"},
      {{by_source}, "no source"},
  }};
  return grounds[factor];
}

FactorStatus factor_status(size_t factor, const Evidence& evidence) {
  const Ground& ground = ground_of(factor);
  std::string seen;
  for (const EvidenceWord& one : ground.looks_at) {
    if (evidence.*one.has) seen += (seen.empty() ? "" : ", ") + std::string(one.word);
  }
  if (!seen.empty()) return {Assessment::Assessed, "", false, false, seen};
  return {Assessment::NotAssessed, std::string(ground.why_not), false, false, ""};
}

// Factors about what code does when it runs: deploy files alone say nothing of them.
constexpr bool needs_source(size_t factor) {
  return factor == 3 || factor >= 5;
}

// Factors that say nothing about code which is not deployed by itself.
bool applies(size_t factor, ComponentKind kind) {
  if (kind == ComponentKind::App) return true;
  bool general = factor == 0 || factor == 1 || factor == 2;
  if (kind == ComponentKind::Infrastructure) return factor != 1;
  return general;
}

// What keeps a factor of a component from being assessed as a whole.
struct Missed {
  std::string shown;  // the first two
  size_t count = 0;
  std::string last;  // what was said last, so that a language is named once

  void add(std::string what) {
    if (what == last) return;
    if (++count <= 2) shown += (shown.empty() ? "" : "; ") + what;
    last = std::move(what);
  }
  std::string text() const { return count > 2 ? fmt::format("{} and {} more", shown, count - 2) : shown; }
};

// Program code of a component in languages that are not read.
struct UnreadSources {
  size_t files = 0;
  Missed languages;
};

class Assessor {
 public:
  explicit Assessor(const AssessInput& input)
      : input_(input),
        project_(input.project),
        missed_(project_.components.size()),
        source_missed_(missed_.size()),
        unread_sources_(missed_.size()) {}

  std::vector<ScoreComponent> run() {
    collect_gaps();
    collect_rules();
    std::vector<Evidence> deployed = deployed_evidence();
    std::vector<ScoreComponent> out;
    for (uint32_t i = 0; i < project_.components.size(); ++i) out.push_back(assess(i, deployed[i]));
    believe_findings(out);
    return out;
  }

 private:
  using ByFactor = std::array<Missed, factor_ids.size()>;

  // What start commands and deploy files say of each component, its own ones and those that lie elsewhere.
  std::vector<Evidence> deployed_evidence() const {
    std::vector<Evidence> of_files(project_.files.size());  // owners are asked once a file, not once a command
    for (FactRef start : project_.start_commands()) of_files[start.file].start = true;
    std::vector<Evidence> deployed(project_.components.size());
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      Evidence& told = of_files[i];
      if (file.was_read() && file.facts && !(file.scope & scope::OnRequest)) {
        told.deploy = file.tells(tells::Deploy);
        told.versions = file.tells(tells::Version);
      }
      if (!told.start && !told.deploy && !told.versions) continue;
      if (file.component != no_index) deployed[file.component].add_deployed(told);
      for (uint32_t owner : project_.owners_of(i)) deployed[owner].add_deployed(told);
    }
    return deployed;
  }

  void collect_gaps() {
    std::set<std::tuple<uint32_t, std::string_view, uint32_t>> languages;  // told once in each component
    for (const Gap& gap : input_.gaps) {
      bool is_language = gap.why == Unread::UnreadLanguage;
      if (is_language && gap.is_source && gap.in_scope && gap.component != no_index) {
        ++unread_sources_[gap.component].files;
        unread_sources_[gap.component].languages.add(gap.detail);
      }
      if (is_language && !languages.emplace(gap.component, gap.detail, gap.factors).second) continue;
      std::string what = is_language || gap.path.empty() ? gap.detail : gap.path + ": " + gap.detail;
      bool everywhere = gap.component == no_index;
      uint32_t end = everywhere ? static_cast<uint32_t>(missed_.size()) : gap.component + 1;
      for (uint32_t i = everywhere ? 0 : gap.component; i < end; ++i) {
        source_missed_[i] = source_missed_[i] || (gap.in_scope && gap.is_source);
        for (size_t factor = 0; factor < factor_ids.size(); ++factor) {
          if (gap.factors & 1u << factor) missed_[i][factor].add(what);
        }
      }
    }
    for (const LeftOut& left : input_.left_out) {
      size_t factor = input_.rules.factor(left.rule);
      if (factor < factor_ids.size() && left.component != no_index) missed_[left.component][factor].add(left.reason);
    }
  }

  // How many rules of each factor there are, and how many of them ran.
  void collect_rules() {
    for (uint32_t i = 0; i < input_.rules.rules().rules().size(); ++i) {
      size_t factor = input_.rules.factor(i);
      if (factor >= factor_ids.size()) continue;
      ++rules_[factor];
      RuleSwitch rule = i < input_.switches.size() ? input_.switches[i] : RuleSwitch::On;
      by_configuration_[factor] += rule == RuleSwitch::OffByConfiguration;
      by_flags_[factor] += rule == RuleSwitch::OffByFlags;
    }
  }

  // Why not all rules of a factor ran, "" when they did.
  std::string rules_off(size_t factor) const {
    size_t off = by_configuration_[factor] + by_flags_[factor];
    if (off == 0) return {};
    std::string_view who = by_flags_[factor] == 0           ? "switched off by the configuration"
                           : by_configuration_[factor] == 0 ? "not selected"
                                                            : "switched off or not selected";
    if (off == rules_[factor]) return fmt::format("its rules are {}", who);
    return fmt::format("{} of {} rules {} {}", off, rules_[factor], off == 1 ? "is" : "are", who);
  }

  // The factors whose rules found something to look at in a component.
  uint32_t looked_at(const Component& component) {
    uint32_t factors = 0, all = 0;
    for (size_t factor = 0; factor < factor_ids.size(); ++factor) all |= rules_[factor] > 0 ? 1u << factor : 0u;
    for (uint32_t i : component.files) {
      if ((factors & all) == all) break;
      const ProjectFile& file = project_.files[i];
      bool counts = file.was_understood() && file.adapter && !(file.scope & scope::Outside);
      if (counts) factors |= reach_.factors(subject_of(project_, adapters_, i));
    }
    return factors;
  }

  ScoreComponent assess(uint32_t index, const Evidence& deployed) {
    const Component& component = project_.components[index];
    ScoreComponent made;
    made.root = component.root.empty() ? "." : component.root;
    made.kind = to_string(component.kind);
    made.languages = component.languages;
    Evidence evidence = evidence_of(project_, component, deployed);
    // Without its source, what a manifest says of a component is no ground to judge how it runs.
    if (source_missed_[index] && !evidence.source) evidence.config &= evidence.deploy || evidence.start;
    const ByFactor& missed = missed_[index];
    const UnreadSources& unread = unread_sources_[index];
    bool is_blind = unread.files > evidence.source_files;  // most of what it does stands in what was not read
    bool any = std::any_of(missed.begin(), missed.end(), [](const Missed& one) { return one.count > 0; });
    uint32_t seen = any ? looked_at(component) : 0;
    for (size_t factor = 0; factor < factor_ids.size(); ++factor) {
      FactorStatus& status = made.factors[factor];
      if (!applies(factor, component.kind)) {
        status = {Assessment::NotApplicable, "a " + made.kind + " is not deployed by itself", false, false, ""};
        continue;
      }
      status = factor == 0 ? codebase_ : factor_status(factor, evidence);
      bool is_seen = factor == 0 || (seen & 1u << factor) != 0;
      // Source that was not read may hold what is missed; other files are not why there is none.
      if (source_missed_[index] && missed[factor].count > 0) status.reason.clear();
      if (is_blind && needs_source(factor)) status = {Assessment::NotAssessed, "", false, false, ""};
      lower(status, factor,
            is_blind && missed[factor].count == 0 && needs_source(factor) ? unread.languages : missed[factor], is_seen);
    }
    return made;
  }

  FactorStatus codebase_status() const {
    switch (versioning_of(project_)) {
      case Versioning::Kept:
        return {Assessment::Assessed, "", false, false, "the repository"};
      case Versioning::Export:
        return {Assessment::NotAssessed, "an export, whose repository did not come with it", false, false, ""};
      case Versioning::None:
        break;
    }
    bool has_app = std::any_of(project_.components.begin(), project_.components.end(),
                               [](const Component& component) { return component.kind == ComponentKind::App; });
    if (has_app) return {Assessment::Assessed, "", false, false, "the folder"};
    return {Assessment::NotAssessed, "no app that revision control would keep", false, false, ""};
  }

  // Takes back what cannot be said because rules did not run or something was not looked at.
  void lower(FactorStatus& status, size_t factor, const Missed& missed, bool is_seen) const {
    std::string off = rules_off(factor);
    bool none_ran = by_configuration_[factor] + by_flags_[factor] == rules_[factor] && rules_[factor] > 0;
    if (none_ran) {
      status = {Assessment::NotAssessed, off, true, false, ""};
      return;
    }
    if (missed.count > 0) {
      bool is_part = status.assessment == Assessment::Assessed && is_seen;
      std::string why = missed.text() + (off.empty() ? "" : "; " + off);
      // What could not be judged anyhow is not so for want of the file alone.
      if (!status.reason.empty()) why = status.reason + "; " + why;
      status.assessment = is_part ? Assessment::PartlyAssessed : Assessment::NotAssessed;
      status.reason = std::move(why);
      status.incomplete = true;
    } else if (!off.empty() && status.assessment == Assessment::Assessed) {
      status.assessment = Assessment::PartlyAssessed;
      status.reason = off;
      status.incomplete = true;
    }
  }

  // A finding is proof that something was looked at.
  void believe_findings(std::vector<ScoreComponent>& out) const {
    for (const Finding& finding : input_.findings) {
      if (finding.later) continue;
      size_t factor = input_.rules.factor(finding.rule);
      if (factor >= factor_ids.size()) continue;
      for (uint32_t component : counted_in(project_, finding)) {
        FactorStatus& status = out[component].factors[factor];
        status.only_findings = status.only_findings || !is_scored(status.assessment);
        status.assessment = status.incomplete ? Assessment::PartlyAssessed : Assessment::Assessed;
        if (!status.incomplete) status.reason.clear();
      }
    }
  }

  const AssessInput& input_;
  const Project& project_;
  AdapterIndex adapters_;
  RuleReach reach_{input_.rules.rules(), input_.switches};
  FactorStatus codebase_ = codebase_status();
  std::vector<ByFactor> missed_;     // by component
  std::vector<bool> source_missed_;  // by component
  std::vector<UnreadSources> unread_sources_;
  std::array<size_t, factor_ids.size()> rules_{}, by_configuration_{}, by_flags_{};
};

}  // namespace

std::vector<uint32_t> components_of(const Project& project, uint32_t file) {
  std::vector<uint32_t> components = project.owners_of(file);
  uint32_t own = project.files[file].component;
  bool is_owner = std::find(components.begin(), components.end(), own) != components.end();
  if (own != no_index && !is_owner) components.push_back(own);
  return components;
}

std::vector<uint32_t> counted_in(const Project& project, const Finding& finding) {
  return finding.everywhere ? std::vector<uint32_t>{} : components_of(project, finding.file);
}

std::vector<ScoreComponent> assess_components(const AssessInput& input) {
  return Assessor(input).run();
}

}  // namespace tfcheck
