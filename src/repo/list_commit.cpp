#include <fmt/format.h>
#include <git2.h>

#include "base/text.h"
#include "repo/commit_tree.h"
#include "repo/listing.h"
#include "repo/tree_walk.h"

namespace tfcheck {

Result<FileListing> list_commit(Repository& repository, const ObjectStore& store, const std::string& revision,
                                const std::vector<std::string>& exclude) {
  Result<ObjectId> tree = tree_of_commit(repository, store, revision);
  if (!tree) return tree.error();
  const std::string& prefix = repository.info.prefix;
  Result<TreeNode> root = node_at(store, *tree, prefix);
  if (!root) return root.error();
  ObjectListing listing(store);
  if (root->mode != GIT_FILEMODE_TREE) {
    listing.notice({"", fmt::format("'{}' has no folder {}", printable(revision), printable(prefix))});
    return listing.finish();
  }
  if (std::optional<ReadFailure> failure = store.tree(root->id).failure) {
    return Error{fmt::format("'{}' cannot be read: {}", printable(revision), failure->detail), "", 0, ""};
  }
  CommitWalk walk(store, exclude);
  for (CommitWalk::Item& item : walk.below(root->id, "")) {
    if (!is_excluded(exclude, item.path)) listing.add(std::move(item.path), item.mode, item.id);
  }
  for (Notice& notice : walk.take_notices()) listing.notice(std::move(notice));
  return listing.finish();
}

}  // namespace tfcheck
