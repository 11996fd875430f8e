#include "engine/companion_search.h"

#include <algorithm>

#include "engine/fact_test.h"
#include "model/scope.h"
#include "model/units.h"

namespace tfcheck {

namespace {

bool runs_itself(const Fact& process) {
  return static_cast<bool>(argument(process.args(), "direct"));
}

}  // namespace

bool CompanionSearch::passes_test(const FactTest& test, FactRef ref) {
  ++work_.comparisons;
  return passes(test, project_, ref);
}

std::optional<FactRef> CompanionSearch::find(const Companion& companion, FactRef ref) {
  if (std::optional<FactRef> found = find_one(companion, ref)) return found;
  for (const Companion& other : companion.or_else) {
    if (std::optional<FactRef> found = find_one(other, ref)) return found;
  }
  return std::nullopt;
}

std::optional<FactRef> CompanionSearch::find_one(const Companion& companion, FactRef ref) {
  auto itself = [&](bool holds) { return holds ? std::optional(ref) : std::nullopt; };
  switch (companion.reach) {
    case Reach::Same:
      return itself(passes_test(companion.test, ref));
    case Reach::Siblings:
    case Reach::Function:
    case Reach::File:
      return beside(companion, ref);
    case Reach::Unit:
      return in_unit(companion, ref);
    case Reach::Entry:
      return at_entry(companion, ref);
    case Reach::Component:
    case Reach::Project: {
      bool anywhere = companion.reach == Reach::Project;
      const InComponent& found = in_component(companion, anywhere ? no_index : project_.files[ref.file].component);
      return found.fact ? found.fact : itself(found.there);
    }
  }
  return std::nullopt;
}

bool CompanionSearch::hold(const std::vector<Companion>& with, const std::vector<Companion>& unless, FactRef ref,
                           std::vector<FactRef>& found) {
  for (const Companion& companion : with) {
    std::optional<FactRef> place = find(companion, ref);
    if (!place) return false;
    found.push_back(*place);
  }
  return std::none_of(unless.begin(), unless.end(),
                      [&](const Companion& companion) { return find(companion, ref).has_value(); });
}

// A fact near another one. Every companion goes through a file once, however many matches ask for it there.
std::optional<FactRef> CompanionSearch::beside(const Companion& companion, FactRef ref) {
  auto [place, fresh] = beside_.try_emplace({&companion, ref.file});
  if (fresh) {
    place->second = Companions(companion.reach);
    uint32_t count = project_.fact_count(ref.file);
    work_.visited += count;
    for (uint32_t i = 0; i < count; ++i) {
      const Fact& fact = project_.fact({ref.file, i});
      if (fact.kind == companion.test.kind && passes_test(companion.test, {ref.file, i})) place->second.add(fact, i);
    }
  }
  uint32_t found = place->second.other_than(project_.fact(ref), ref.fact);
  return found == no_index ? std::nullopt : std::optional(FactRef{ref.file, found});
}

std::optional<FactRef> CompanionSearch::in_unit(const Companion& companion, FactRef ref) {
  const ProjectFile& file = project_.files[ref.file];
  auto [place, fresh] = units_.try_emplace({&companion, ref.file});
  if (fresh) {
    uint32_t count = project_.fact_count(ref.file);
    work_.visited += count;
    for (uint32_t i = 0; i < count; ++i) {
      if (project_.fact({ref.file, i}).kind != companion.test.kind || !passes_test(companion.test, {ref.file, i}))
        continue;
      std::vector<uint32_t>& facts = place->second[unit_of(file, project_.fact({ref.file, i}))];
      if (facts.size() < 2) facts.push_back(i);
    }
  }
  auto found = place->second.find(unit_of(file, project_.fact(ref)));
  if (found == place->second.end()) return std::nullopt;
  for (uint32_t other : found->second) {
    if (other != ref.fact) return FactRef{ref.file, other};
  }
  return std::nullopt;
}

// From a process into the file that it runs; from any other fact back to what runs its file. What a file does only when
// it is run itself counts only for a process that does so.
std::optional<FactRef> CompanionSearch::at_entry(const Companion& companion, FactRef ref) {
  if (project_.fact(ref).kind != FactKind::Process) {
    bool main = project_.fact(ref).context.has(context::InMain);
    for (FactRef process : project_.processes_of(ref.file)) {
      if (main && !runs_itself(project_.fact(process))) continue;
      if (passes_test(companion.test, process)) return process;
    }
    return std::nullopt;
  }
  uint32_t file = project_.entry_of(ref);
  if (file == no_index) return std::nullopt;
  bool direct = runs_itself(project_.fact(ref));
  auto [place, fresh] = entries_.try_emplace({{&companion, file}, direct}, std::nullopt);
  if (!fresh) return place->second;
  uint32_t count = project_.fact_count(file);
  work_.visited += count;
  for (uint32_t i = 0; i < count && !place->second; ++i) {
    const Fact& fact = project_.fact({file, i});
    if (fact.kind != companion.test.kind || (!direct && fact.context.has(context::InMain))) continue;
    if (passes_test(companion.test, {file, i})) place->second = FactRef{file, i};
  }
  return place->second;
}

std::optional<FactRef> CompanionSearch::first_in(const FactTest& test, uint32_t file) {
  uint32_t count = project_.fact_count(file);
  for (uint32_t i = 0; i < count; ++i) {
    ++work_.visited;
    if (project_.fact({file, i}).kind == test.kind && passes_test(test, {file, i})) return FactRef{file, i};
  }
  return std::nullopt;
}

bool CompanionSearch::is_in(const Companion& companion, uint32_t component) {
  return in_component(companion, component).there;
}

const CompanionSearch::InComponent& CompanionSearch::in_component(const Companion& companion, uint32_t component) {
  auto [place, fresh] = components_.try_emplace({&companion, component});
  InComponent& found = place->second;
  if (!fresh) return found;
  if (component != no_index) {
    const std::vector<uint32_t>& files = project_.components[component].files;
    for (size_t i = 0; i < files.size() && !found.there; ++i) found = is_companion(companion, files[i]);
  } else {
    for (uint32_t i = 0; i < project_.files.size() && !found.there; ++i) found = is_companion(companion, i);
  }
  return found;
}

CompanionSearch::InComponent CompanionSearch::is_companion(const Companion& companion, uint32_t file) {
  const ProjectFile& other = project_.files[file];
  ++work_.visited;
  if (companion.files.empty()) {
    if (other.scope & scope::Outside) return {};
    std::optional<FactRef> fact = first_in(companion.test, file);
    return {fact.has_value(), fact};
  }
  bool there = std::any_of(companion.files.begin(), companion.files.end(),
                           [&](const Pattern& pattern) { return pattern.matches_path(other.path); });
  return {there, std::nullopt};
}

}  // namespace tfcheck
