// Every file that a history ever held, once: the trees of all commits from the oldest on, each tree once below each
// path.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "repo/history_log.h"
#include "repo/id_table.h"
#include "repo/object_store.h"

namespace tfcheck {

// A file's bytes at the path where they were first met and are looked at.
struct HistoryBlob {
  ObjectId id;
  std::string path;
  uint32_t commit = 0;  // that brought them there, by its place in the log
  bool executable = false;
  bool in_head = false;  // HEAD's tree has the bytes, wherever
};

struct HistoryScope {
  std::string folder;                           // "" for the whole tree
  std::vector<std::string> exclude;             // path globs
  std::function<bool(std::string_view)> wants;  // is a file looked at by its path?
};

class HistoryWalk {
 public:
  struct Counts {
    size_t folders = 0;  // trees, each once below each path
    size_t blobs = 0;    // files' contents, each once
    size_t taken = 0;    // of those, how many were handed out
  };

  // All must outlive the walk.
  HistoryWalk(const ObjectStore& store, const HistoryLog& log, HistoryScope scope);
  // The next blobs in the order of their commits and paths, `most` at a time; none at the end.
  std::vector<HistoryBlob> next(size_t most);
  const Counts& counts() const { return counts_; }
  const HistoryGaps& gaps() const { return gaps_; }

 private:
  struct Frame {
    ObjectStore::Tree tree;
    std::string path;  // "" or ends in '/'
    size_t next = 0;
    bool is_repeated = false;
  };

  void mark_head();
  void take_named(std::vector<HistoryBlob>& found);
  void visit(std::vector<HistoryBlob>& found);
  void enter(const ObjectId& id, std::string path);
  void take(const ObjectId& id, uint32_t mode, std::string path, std::vector<HistoryBlob>& found);
  bool admits(const ObjectId& id, bool& is_repeated);
  void end(std::string why);
  void miss(std::string path, Unread why, std::string detail);

  const ObjectStore& store_;
  const HistoryLog& log_;
  HistoryScope scope_;
  IdTable trees_;           // hashes of trees and the paths that they stood at
  IdTable blobs_;           // with what is known of them
  std::vector<bool> seen_;  // trees that were met, whatever the folder, by a part of their id
  std::vector<Frame> frames_;
  UnpackMeter meter_;
  Counts counts_;
  HistoryGaps gaps_;
  size_t commit_ = 0;  // that is walked
  size_t next_commit_ = 0;
  size_t entries_ = 0;
  size_t repeated_ = 0;  // entries of trees that were met before below another path
  uint64_t tree_bytes_ = 0;
  bool is_over_ = false;
  bool has_told_repeats_ = false;
};

}  // namespace tfcheck
