#include "engine/seen_practices.h"

#include <algorithm>

#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

// What no deploy runs, whatever it is an example of.
constexpr uint32_t not_deployed = scope::Outside | scope::Editor | scope::Development | scope::Seed |
                                  scope::OnlyExample | scope::Trial | scope::Packing | scope::Aside;

}  // namespace

SeenPractices::SeenPractices(const RuleSet& rules, const Project& project) : rules_(rules), project_(project) {
  for (const Rule& rule : rules.rules()) {
    std::vector<uint32_t>& firsts = firsts_.emplace_back();
    for (const Practice& practice : rule.practices) {
      auto same = std::find_if(rule.practices.begin(), rule.practices.end(),
                               [&](const Practice& one) { return one.name == practice.name; });
      firsts.push_back(static_cast<uint32_t>(same - rule.practices.begin()));
    }
  }
}

bool SeenPractices::looks_at(const Rule& rule, const Practice& practice, uint32_t file) const {
  const ProjectFile& candidate = project_.files[file];
  if (!candidate.audited || candidate.format() == "notebook" || (candidate.scope & not_deployed)) return false;
  if ((candidate.scope & scope::Ci) && !practice.in_ci) return false;
  const Component* component = project_.component_of(file);
  return !component || looks_at_component(rule, *component);
}

bool SeenPractices::wants(MatchIndex::Ref ref, uint32_t file) {
  if (file != file_) {
    file_ = file;
    looks_.clear();
    in_file_.clear();
  }
  if (in_file_.contains(name_of(ref))) return false;
  auto [place, fresh] = looks_.try_emplace(ref, false);
  const Rule& rule = rules_.rules()[ref.rule];
  if (fresh) place->second = looks_at(rule, rule.practices[ref.match], file);
  return place->second;
}

// A branch, a profile, a service or a script that only developers use shows nothing of what is deployed.
bool SeenPractices::is_deployed(FactRef ref) const {
  constexpr uint32_t developers[] = {context::Development, context::DevGuard};
  for (FactRef one : {ref, project_.anchor(ref)}) {
    if (one.fact == no_index) continue;
    const Fact& fact = project_.fact(one);
    if (std::any_of(std::begin(developers), std::end(developers), [&](uint32_t bit) { return fact.context.has(bit); }))
      return false;
    if (fact.kind == FactKind::Command && project_.command(one).development) return false;
  }
  return true;
}

bool SeenPractices::at_fact(MatchIndex::Ref ref, FactRef fact) {
  if (!is_deployed(fact)) return false;
  auto [rule, practice] = name_of(ref);
  // A row of the model about a file may stand at a part of it.
  Span span = project_.fact(fact).span;
  bool whole_file = project_.anchor(fact).fact == no_index && span.end == 0;
  seen_.push_back({rule, practice, fact.file, whole_file ? std::nullopt : std::optional(span)});
  in_file_.emplace(rule, practice);
  return true;
}

bool SeenPractices::at_file(MatchIndex::Ref ref, uint32_t file) {
  if (project_.files[file].size == 0) return false;
  auto [rule, practice] = name_of(ref);
  seen_.push_back({rule, practice, file, std::nullopt});
  in_file_.emplace(rule, practice);
  return true;
}

}  // namespace tfcheck
