// All commits that any reference of a repository ever reached, parents before their children. What cannot be had is
// told and loses only itself and what only it leads to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "repo/object_store.h"
#include "repo/open_repository.h"

namespace tfcheck {

// A commit with its tree; or a tree or file that a reference names directly, then `id` is what it names.
struct HistoryCommit {
  ObjectId id;
  ObjectId tree;      // none: a file
  int64_t time = -1;  // the committer's, in seconds since 1970; below 0: it is no commit
};

// Something of the history that was not looked at.
struct HistoryGap {
  ObjectId commit;   // that leads to it, none when it is the history as a whole
  std::string path;  // "" for a commit
  Unread why = Unread::None;
  std::string detail;      // one short clause that is safe to print after printable()
  bool is_partly = false;  // of a file, some was looked at
};

// Gaps of which a few are kept and all are counted.
class HistoryGaps {
 public:
  void add(HistoryGap gap);
  const std::vector<HistoryGap>& kept() const { return kept_; }
  size_t count() const { return count_; }
  // Of these, where nothing was looked at.
  size_t whole() const { return whole_; }
  // Did the machine or the repository refuse something?
  bool has_refused() const { return has_refused_; }

 private:
  static constexpr size_t most_kept = 1000;
  std::vector<HistoryGap> kept_;
  size_t count_ = 0;
  size_t whole_ = 0;
  bool has_refused_ = false;
};

// A file that a reference names directly, under the last part of the reference's name.
struct NamedBlob {
  ObjectId id;
  std::string name;
  uint32_t commit = 0;  // its entry in the log
};

struct HistoryLog {
  std::vector<HistoryCommit> commits;  // a child behind its parents, else the earlier first
  std::vector<NamedBlob> blobs;
  size_t references = 0;
  ObjectId head_tree;  // none without commits
  HistoryGaps gaps;
};

// Branches, tags, remote branches, notes and whatever else lies below refs/, HEAD, and all entries of the stash.
HistoryLog read_history(const Repository& repository, const ObjectStore& store);

}  // namespace tfcheck
