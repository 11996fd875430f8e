// The functions of one file, as far as it says when they run: at its start, or in a thread beside what it does.
#pragma once

#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "facts/fact.h"
#include "vocabulary/word_set.h"

namespace tfcheck {

class FileFunctions {
 public:
  // `threads`: calls that run what they are given in a thread.
  FileFunctions(std::span<const Fact> facts, std::string_view runtime, const WordSet& threads);
  // True for a function, by its scope ("Worker.run"), that the file calls when it is run, perhaps through another.
  bool run_at_start(std::string_view scope) const { return started_.contains(scope); }
  // True for what stands in a function, or a block, that is given to a thread; `in_daemon_thread` for one that does not
  // keep the process alive.
  bool in_thread(const Fact& fact) const { return is_in(fact, threads_) || in_block(fact); }
  bool in_daemon_thread(const Fact& fact) const { return is_in(fact, daemons_) || in_block(fact); }

 private:
  using Names = std::set<std::string_view>;
  void add_thread(const Fact& call, std::string_view runtime);
  void follow_calls(std::span<const Fact> facts, std::string_view runtime);
  static bool is_in(const Fact& fact, const Names& functions);
  bool in_block(const Fact& fact) const;

  Names started_, threads_, daemons_;
  std::vector<Span> blocks_;  // of calls that are given a block
};

}  // namespace tfcheck
