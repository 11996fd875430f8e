// What a native rule gets: the project, its own rule, the vocabulary, and a sink for findings. A native rule lies
// beside its page as rules/<factor>/<rule>.cpp and defines `void rule_<factor>_<rule>(NativeContext& context)`.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/work.h"
#include "engine/finding.h"
#include "model/project.h"
#include "pages/rule.h"

namespace tfcheck {

class NativeContext {
 public:
  NativeContext(const Project& the_project, const Rule& the_rule, uint32_t rule_index, const Vocabulary& vocabulary,
                std::vector<Finding>& sink)
      : project(the_project), rule(the_rule), rule_index_(rule_index), vocabulary_(vocabulary), sink_(sink) {}

  const Project& project;
  const Rule& rule;

  // A set or table that the rule cannot do without; throws std::logic_error when there is none, which ends the run. A
  // rule asks once, not for every fact.
  const WordSet& set(std::string_view name) const;
  const WordTable& table(std::string_view name) const;
  const std::vector<TextPattern>& text_patterns() const { return vocabulary_.text_patterns(); }
  // True when the rule looks at this file: in scope, and of a component of a kind that it applies to.
  bool looks_at(uint32_t file) const;
  // Calls `visit(FactRef, const Fact&)` for every fact of a kind in the files that the rule looks at.
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
  // Adds to the counters what no walk over facts shows.
  void count(uint64_t comparisons) const { work_.comparisons += comparisons; }
  Work work() const { return work_; }
  // Adds a finding with the page's severity and confidence, lowered to a note in development files unless the page says
  // otherwise; exempt files add nothing (then null). The result may be refined until the next call.
  Finding* report(uint32_t file, Span span, std::string message);

 private:
  uint32_t rule_index_;
  const Vocabulary& vocabulary_;
  std::vector<Finding>& sink_;
  mutable Work work_;  // one task has one context
};

// True when `rule` looks at `file` by scope and component kind.
bool rule_looks_at(const Rule& rule, const Project& project, uint32_t file);

}  // namespace tfcheck
