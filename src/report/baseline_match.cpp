#include "report/baseline_match.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string_view>
#include <unordered_map>

#include "base/text.h"

namespace tfcheck {

namespace {

enum Part : uint8_t { Path = 1, Name = 2, Content = 4, Place = 8 };  // Name: the path's last part
enum class Where : uint8_t { Same, Gone, Elsewhere };  // of the entry's file: gone; there, the finding in another

// What an entry and a finding have in common, besides their rule.
struct Step {
  Where where;
  uint8_t parts;
};

// The surest first. In its own file a finding stays what it is when it moves (content) and when it is edited (place);
// of a file that is gone, findings are looked for wherever they are now, first in one of the same name; and what left
// a file that is still there must be the same in both.
constexpr std::array<Step, 10> steps = {{{Where::Same, Path | Content | Place},
                                         {Where::Same, Path | Content},
                                         {Where::Same, Path | Place},
                                         {Where::Gone, Name | Content | Place},
                                         {Where::Gone, Name | Content},
                                         {Where::Gone, Content | Place},
                                         {Where::Gone, Content},
                                         {Where::Gone, Name | Place},
                                         {Where::Elsewhere, Name | Content | Place},
                                         {Where::Elsewhere, Content | Place}}};

class Matcher {
 public:
  Matcher(std::span<const BaselineEntry> entries, std::span<const EntryPlace> places,
          std::span<const BaselineEntry> findings)
      : entries_(entries), places_(places), findings_(findings) {
    assert(entries.size() == places.size());
    match_.entry_of.resize(findings.size());
    match_.finding_of.resize(entries.size());
  }

  BaselineMatch run() {
    for (const Step& step : steps) take(step);
    take_groups();
    count_places();
    share_out();
    return std::move(match_);
  }

 private:
  // "" when it lacks one of the parts. Nothing but the path and a whole file's place are the same in too many findings.
  static std::string key(const BaselineEntry& entry, uint8_t parts) {
    std::string key = entry.rule;
    auto add = [&](std::string_view part) { key.append(1, '\0').append(part); };
    if (parts & Path) add(entry.path);
    if (parts & Name) add(base_name(entry.path));
    for (auto [part, hash] : {std::pair(Content, &entry.content), std::pair(Place, &entry.place)}) {
      if (!(parts & part)) continue;
      if (hash->empty() && parts != (Path | Content | Place)) return {};
      add(*hash);
    }
    return key;
  }

  bool may_take(uint32_t entry, Where where) const {
    if (match_.finding_of[entry]) return false;
    if (where == Where::Gone) return places_[entry].is_gone;
    return where == Where::Same || (!places_[entry].is_gone && places_[entry].is_looked_at);
  }

  void take(const Step& step) {
    std::unordered_map<std::string, std::vector<uint32_t>> waiting;  // last first
    for (uint32_t i = static_cast<uint32_t>(entries_.size()); i-- > 0;) {
      if (!may_take(i, step.where)) continue;
      if (std::string wanted = key(entries_[i], step.parts); !wanted.empty()) waiting[std::move(wanted)].push_back(i);
    }
    for (uint32_t i = 0; i < findings_.size() && !waiting.empty(); ++i) {
      if (match_.entry_of[i]) continue;
      auto found = waiting.find(key(findings_[i], step.parts));
      if (found == waiting.end()) continue;
      match_.entry_of[i] = found->second.back();
      match_.finding_of[found->second.back()] = i;
      found->second.pop_back();
      if (found->second.empty()) waiting.erase(found);
    }
  }

  static constexpr size_t most_alike = 64;                      // entries with one content that are looked at
  using Keys = std::unordered_multimap<std::string, uint32_t>;  // rule and content → entry

  static std::string group_key(const BaselineEntry& entry, const std::string& content) {
    return entry.rule + '\0' + content;
  }

  // The entries that know places of a finding, by the contents of all places; a single place is known by the steps
  // alone.
  template <typename Visit>
  static void visit_groups(const Keys& firsts, const Keys& others, const BaselineEntry& finding, Visit visit) {
    auto each = [&](const Keys& keys, const std::string& content) {
      auto [begin, end] = keys.equal_range(group_key(finding, content));
      size_t looked_at = 0;
      for (auto at = begin; at != end && looked_at < most_alike; ++at, ++looked_at) visit(at->second);
    };
    if (!finding.content.empty()) each(others, finding.content);
    for (const std::string& content : finding.also) {
      each(firsts, content);
      each(others, content);
    }
  }

  template <typename Wanted>
  void fill_keys(Keys& firsts, Keys& others, Wanted wanted) const {
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      if (!wanted(i)) continue;
      if (!entries_[i].content.empty()) firsts.emplace(group_key(entries_[i], entries_[i].content), i);
      for (const std::string& content : entries_[i].also) others.emplace(group_key(entries_[i], content), i);
    }
  }

  bool is_lost(uint32_t entry) const {
    return !match_.finding_of[entry] && (places_[entry].is_gone || places_[entry].is_looked_at);
  }

  // Where the first place of several is gone or another has come before it, the finding stands elsewhere.
  void take_groups() {
    Keys firsts, others;
    fill_keys(firsts, others, [&](uint32_t i) { return is_lost(i); });
    for (uint32_t i = 0; i < findings_.size() && !(firsts.empty() && others.empty()); ++i) {
      if (match_.entry_of[i]) continue;
      std::optional<uint32_t> first;
      visit_groups(firsts, others, findings_[i], [&](uint32_t entry) {
        if (!match_.finding_of[entry] && (!first || entry < *first)) first = entry;
      });
      if (!first) continue;
      match_.entry_of[i] = first;
      match_.finding_of[*first] = i;
    }
  }

  // Findings that became one bring the places of all.
  void count_places() {
    Keys firsts, others;
    fill_keys(firsts, others, [&](uint32_t i) { return is_lost(i); });
    match_.known_places.resize(findings_.size());
    std::vector<bool> is_spent(entries_.size());
    for (uint32_t i = 0; i < findings_.size(); ++i) {
      if (!match_.entry_of[i]) continue;
      size_t wanted = findings_[i].places, known = entries_[*match_.entry_of[i]].places;
      if (known < wanted)
        visit_groups(firsts, others, findings_[i], [&](uint32_t entry) {
          if (!is_spent[entry]) known += entries_[entry].places;
          is_spent[entry] = true;
        });
      match_.known_places[i] = std::min(wanted, known);
    }
  }

  // One that became several knows each of them, while it has places left.
  void share_out() {
    std::vector<size_t> left(entries_.size());
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      if (std::optional<uint32_t> finding = match_.finding_of[i])
        left[i] = entries_[i].places - std::min(entries_[i].places, findings_[*finding].places);
    }
    Keys firsts, others;
    fill_keys(firsts, others, [&](uint32_t i) { return left[i] > 0; });
    for (uint32_t i = 0; i < findings_.size() && !others.empty(); ++i) {
      if (match_.entry_of[i]) continue;
      visit_groups(firsts, others, findings_[i], [&](uint32_t entry) {
        if (match_.entry_of[i] || left[entry] < findings_[i].places) return;
        match_.entry_of[i] = entry;
        match_.known_places[i] = findings_[i].places;
        left[entry] -= findings_[i].places;
      });
    }
  }

  std::span<const BaselineEntry> entries_;
  std::span<const EntryPlace> places_;
  std::span<const BaselineEntry> findings_;
  BaselineMatch match_;
};

}  // namespace

BaselineMatch match_baseline(std::span<const BaselineEntry> entries, std::span<const EntryPlace> places,
                             std::span<const BaselineEntry> findings) {
  return Matcher(entries, places, findings).run();
}

}  // namespace tfcheck
