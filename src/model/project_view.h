// What a join looks through: the project, the words of the vocabulary, and a count of what it looked at. Joins of the
// model and native rules work on one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/work.h"
#include "model/project.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

class ProjectView {
 public:
  ProjectView(const Project& the_project, const Vocabulary& vocabulary)
      : project(the_project), vocabulary_(vocabulary) {}
  virtual ~ProjectView() = default;
  ProjectView(const ProjectView&) = delete;
  ProjectView& operator=(const ProjectView&) = delete;

  const Project& project;

  // A set or table that its asker cannot do without; throws std::logic_error when there is none, which ends the run.
  // Ask once, not for every fact.
  const WordSet& set(std::string_view name) const { return vocabulary_.set(name); }
  const WordTable& table(std::string_view name) const { return vocabulary_.table(name); }
  const std::vector<TextPattern>& text_patterns() const { return vocabulary_.text_patterns(); }
  // Is the file among those that count here?
  virtual bool looks_at(uint32_t file) const = 0;
  // Calls `visit(FactRef, const Fact&)` for every fact of a kind in the files that count.
  template <typename Visit>
  void for_each(FactKind kind, Visit visit) const {
    for (uint32_t file = 0; file < project.files.size(); ++file) {
      if (!looks_at(file)) continue;
      std::span<const Fact> all = facts(project.files[file]);
      for (uint32_t i = 0; i < all.size(); ++i) {
        if (all[i].kind == kind) visit(FactRef{file, i}, all[i]);
      }
    }
  }
  // The facts of a file, none when it was not parsed. Whoever takes them goes through them: all are counted as looked
  // at, so that a rule that does so for every fact shows in the counters.
  std::span<const Fact> facts(const ProjectFile& file) const {
    if (!file.facts) return {};
    work_.visited += file.facts->facts().size();
    return file.facts->facts();
  }
  // The same for whoever looks only at some beside one that it knows, at most `distance` of them.
  std::span<const Fact> facts_beside(const ProjectFile& file, size_t distance) const {
    if (!file.facts) return {};
    work_.visited += std::min(distance, file.facts->facts().size());
    return file.facts->facts();
  }
  // Adds to the counters what no walk over facts shows.
  void count(uint64_t comparisons) const { work_.comparisons += comparisons; }
  Work work() const { return work_; }

 private:
  const Vocabulary& vocabulary_;
  mutable Work work_;  // one task has one view
};

}  // namespace tfcheck
