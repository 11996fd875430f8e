// A commit's tree of files: found by what a user calls the commit, walked by path.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "repo/git_handles.h"
#include "repo/open_repository.h"

namespace tfcheck {

// What a path names in a tree; mode 0 is nothing.
struct TreeNode {
  std::string id;  // hex
  uint32_t mode = 0;
};

// The tree of a commit, or of a tree, that `revision` names; sets info.revision. An Error tells an unknown name from
// objects that are missing or damaged.
Result<GitPtr<git_tree>> tree_of_commit(Repository& repository, const std::string& revision);
Result<GitPtr<git_tree>> tree_with(git_repository* repository, const std::string& id);
// What lies at `path` below a tree ("" is the tree itself). An Error when a folder on the way cannot be read.
Result<TreeNode> node_at(git_repository* repository, const git_tree& tree, std::string_view path);

}  // namespace tfcheck
