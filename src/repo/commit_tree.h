// A commit's tree of files: found by what a user calls the commit, walked by path.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "repo/object_store.h"
#include "repo/open_repository.h"

namespace tfcheck {

// What a path names in a tree; mode 0 is nothing.
struct TreeNode {
  ObjectId id;
  uint32_t mode = 0;
};

// The tree of a commit, or of a tree, that `revision` names; sets info.revision. An Error tells an unknown name from
// objects that are missing or damaged.
Result<ObjectId> tree_of_commit(Repository& repository, const ObjectStore& store, const std::string& revision);
// What lies at `path` below a tree ("" is the tree itself). An Error when a folder on the way cannot be read.
Result<TreeNode> node_at(const ObjectStore& store, const ObjectId& tree, std::string_view path);

}  // namespace tfcheck
