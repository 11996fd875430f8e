// What a repository does right: of every practice the first place in each file of an app or of its deploy. The matcher
// finds them like what rules look for; this says which files count, and keeps the places.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/span.h"
#include "engine/match_index.h"
#include "model/project.h"
#include "pages/rule_set.h"

namespace tfcheck {

struct SeenPractice {
  uint32_t rule = 0;         // index into the rule set
  uint32_t practice = 0;     // index into the rule's practices, of the first with its name
  uint32_t file = 0;         // index into the project's files
  std::optional<Span> span;  // none: the file as a whole
};

class SeenPractices {
 public:
  // Both are kept.
  SeenPractices(const RuleSet& rules, const Project& project);

  // Whether a practice may still be seen in a file: nobody but developers, tests and readers of examples use what is
  // left out, and a file shows each practice once. To be asked file by file.
  bool wants(MatchIndex::Ref ref, uint32_t file);
  // Keeps the place of one that is there. Was it kept? What only developers use is none, nor is an empty file.
  bool at_fact(MatchIndex::Ref ref, FactRef fact);
  bool at_file(MatchIndex::Ref ref, uint32_t file);
  // All of them, in the order of files.
  std::vector<SeenPractice> take() { return std::move(seen_); }

 private:
  using Name = std::pair<uint32_t, uint32_t>;  // rule, practice
  Name name_of(MatchIndex::Ref ref) const { return {ref.rule, firsts_[ref.rule][ref.match]}; }
  bool looks_at(const Rule& rule, const Practice& practice, uint32_t file) const;
  bool is_deployed(FactRef ref) const;

  const RuleSet& rules_;
  const Project& project_;
  std::vector<std::vector<uint32_t>> firsts_;  // by rule and practice: the first of the same name
  std::vector<SeenPractice> seen_;
  uint32_t file_ = no_index;               // that these are about
  std::map<MatchIndex::Ref, bool> looks_;  // does the practice look at it?
  std::set<Name> in_file_;                 // that are kept
};

}  // namespace tfcheck
