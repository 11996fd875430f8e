// Everything below a tree object. A few objects can stand for a tree of any size, so the walk is bounded by what the
// repository stores: objects that are met again count against a small allowance.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "repo/object_store.h"

namespace tfcheck {

class CommitWalk {
 public:
  struct Item {
    std::string path;
    ObjectId id;
    uint32_t mode;
  };

  // Leaves out the folders that a glob of `exclude` matches.
  CommitWalk(const ObjectStore& store, std::vector<std::string> exclude);
  // The files, links and submodules below a tree, in the order of git's trees, which is that of path bytes but for
  // submodules; `folder` is put before their paths. The bounds hold for all calls together.
  std::vector<Item> below(const ObjectId& tree, const std::string& folder);
  // What was left out so far, once.
  std::vector<Notice> take_notices();

 private:
  struct Frame {
    ObjectStore::Tree tree;
    std::string path;  // "" or ends in '/'
    size_t next;
    bool is_repeated;
  };

  void enter(const ObjectId& id, std::string path);
  void visit(Frame& frame, std::vector<Item>& items);
  bool is_over();
  void notice(std::string path, std::string message, Unread why);

  const ObjectStore& store_;
  std::vector<std::string> exclude_;
  std::vector<Frame> frames_;
  std::unordered_set<ObjectId, ObjectIdHash> seen_;
  UnpackMeter meter_;
  size_t entries_ = 0;
  size_t repeated_ = 0;  // entries of trees that were seen before
  size_t path_bytes_ = 0;
  bool is_cut_ = false;
  std::vector<Notice> notices_;
};

}  // namespace tfcheck
