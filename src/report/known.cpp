#include "report/known.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "report/baseline_match.h"
#include "report/score.h"

namespace tfcheck {

namespace {

// Is a path another one, or below it?
bool is_within(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

class Holder {
 public:
  explicit Holder(const LookedAt& looked_at)
      : project_(looked_at.project),
        rules_(looked_at.rules),
        config_(looked_at.config),
        gaps_(looked_at.gaps),
        excluded_(excluded_globs(looked_at.config)) {
    for (const ProjectFile& file : project_.files) listed_.insert(file.path);
    for (const LeftOut& cut : looked_at.left_out) cut_rules_.insert(rules_.id(cut.rule));
  }

  EntryPlace place_of(const BaselineEntry& entry) const {
    bool is_out_of_sight = is_excluded(entry.path) || is_unread(entry.path);
    return {!is_out_of_sight && !listed_.contains(entry.path),
            !is_out_of_sight && has_run(entry.rule) && project_.is_audited(entry.path)};
  }

 private:
  bool is_excluded(const std::string& path) const {
    return std::any_of(excluded_.begin(), excluded_.end(),
                       [&](const std::string& glob) { return path_match(glob, path); });
  }

  bool is_unread(const std::string& path) const {
    return std::any_of(gaps_.begin(), gaps_.end(),
                       [&](const Gap& gap) { return !gap.path.empty() && is_within(path, gap.path); });
  }

  // Over all that it looks at: what was refused could be what made another file's finding.
  bool has_run(const std::string& id) const {
    if (id == unused_suppression_id) return config_.select.empty() && config_.ignore.empty();
    const Rule* rule = rules_.rules().find(id);
    if (!rule || !rule_enabled(config_, id) || cut_rules_.contains(id)) return false;
    size_t factor = factor_index(id);
    return std::none_of(gaps_.begin(), gaps_.end(), [&](const Gap& gap) {
      bool is_all = gap.path.empty() || factor == factor_ids.size();
      return gap.in_scope && is_refused(gap.why) && (is_all || (gap.factors >> factor & 1) != 0);
    });
  }

  const Project& project_;
  const RuleTable& rules_;
  const Config& config_;
  std::span<const Gap> gaps_;
  std::vector<std::string> excluded_;
  std::unordered_set<std::string_view> listed_;
  std::unordered_set<std::string_view> cut_rules_;
};

// The findings of a state, as entries, and where they stand among all.
struct Found {
  std::vector<BaselineEntry> entries;
  std::vector<uint32_t> at;
};

Found found_in(std::span<const ReportFinding> findings, FindingState state) {
  Found found;
  for (uint32_t i = 0; i < findings.size(); ++i) {
    if (findings[i].state != state) continue;
    found.entries.push_back(baseline_entry(findings[i]));
    found.at.push_back(i);
  }
  return found;
}

}  // namespace

ReportBaseline hold_against(const Baseline& baseline, const LookedAt& looked_at, std::span<ReportFinding> findings) {
  Holder holder(looked_at);
  ReportBaseline out{baseline.file, baseline.since, {}, {}, {}};
  std::vector<EntryPlace> places;
  std::vector<BaselineEntry> entries = baseline.entries;
  for (BaselineEntry& entry : entries) {
    const auto& renamed = looked_at.rules.rules().aliases();
    if (auto now = renamed.find(entry.rule); now != renamed.end()) entry.rule = now->second;
    places.push_back(holder.place_of(entry));
    out.entries.push_back({entry, places.back().is_looked_at ? EntryState::Gone : EntryState::NotLookedAt});
  }
  // What is suppressed needs no entry: it comes behind what does.
  for (auto [state, seen] : {std::pair(FindingState::Active, EntryState::Found),
                             std::pair(FindingState::Suppressed, EntryState::Suppressed)}) {
    std::vector<BaselineEntry> open;
    std::vector<EntryPlace> open_places;
    std::vector<uint32_t> open_at;
    for (uint32_t i = 0; i < entries.size(); ++i) {
      if (out.entries[i].state == EntryState::Found) continue;
      open.push_back(entries[i]);
      open_places.push_back(places[i]);
      open_at.push_back(i);
    }
    Found found = found_in(findings, state);
    BaselineMatch match = match_baseline(open, open_places, found.entries);
    for (uint32_t i = 0; i < open.size(); ++i) {
      if (!match.finding_of[i]) continue;
      out.entries[open_at[i]].state = seen;
      out.entries[open_at[i]].finding = found.at[*match.finding_of[i]];
    }
    for (uint32_t i = 0; i < found.at.size() && state == FindingState::Active; ++i) {
      if (!match.entry_of[i]) continue;
      ReportFinding& finding = findings[found.at[i]];
      if (match.known_places[i] == finding.places)
        finding.state = FindingState::Known;
      else
        finding.known_places = match.known_places[i];
    }
  }
  return out;
}

}  // namespace tfcheck
