#include "report/place_keys.h"

#include "base/text.h"

namespace tfcheck {

// Entries nest: the one that begins last before the place is mostly the one that holds it.
std::string_view PlaceKeys::entry_key(const Finding& finding) {
  constexpr int most_steps = 16;
  const ProjectFile& file = project_.files[finding.file];
  if (!finding.span || !file.facts) return {};
  auto [place, fresh] = files_.try_emplace(finding.file);
  Entries& entries = place->second;
  for (uint32_t i = 0; fresh && i < file.facts->facts().size(); ++i) {
    const Fact& fact = file.facts->facts()[i];
    if (fact.kind == FactKind::Entry) entries.emplace(fact.span, i);
  }
  auto at = entries.upper_bound(Span{finding.span->begin, UINT32_MAX});
  for (int step = 0; step < most_steps && at != entries.begin(); ++step) {
    --at;
    if (at->first.end >= finding.span->end) return file.facts->facts()[at->second].name;
  }
  return {};
}

bool PlaceKeys::is_at(const Finding& finding, std::string_view glob) {
  auto matches = [&](std::string_view key) { return !key.empty() && glob_match(glob, key, '.'); };
  if (matches(entry_key(finding))) return true;
  if (!finding.cause || !finding.cause->fact) return false;
  const Fact& fact = project_.fact(*finding.cause->fact);
  return matches(fact.context.scope) || (fact.kind == FactKind::Entry && matches(fact.name));
}

}  // namespace tfcheck
