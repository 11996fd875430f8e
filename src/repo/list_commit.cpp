#include <fmt/format.h>
#include <git2.h>

#include "base/text.h"
#include "repo/commit_tree.h"
#include "repo/listing.h"
#include "repo/tree_walk.h"

namespace tfcheck {

Result<FileListing> list_commit(AuditRoot& root, const ObjectStore& store, const std::string& revision,
                                const std::vector<std::string>& exclude) {
  Result<ObjectId> tree = tree_of_commit(root.repository, store, revision);
  if (!tree) return tree.error();
  const std::string& prefix = root.repository.info.prefix;
  Result<TreeNode> top = node_at(store, *tree, prefix);
  if (!top) return top.error();
  Result<TreeNode> folder = root.below.empty() ? top : node_at(store, *tree, root.below);
  if (!folder) return folder.error();
  ObjectListing listing(store);
  if (folder->mode != GIT_FILEMODE_TREE) {
    const std::string& named = root.below.empty() ? prefix : root.below;
    listing.notice({"", fmt::format("'{}' has no folder {}", printable(revision), printable(named))});
    return listing.finish();
  }
  if (std::optional<ReadFailure> failure = store.tree(top->id).failure) {
    return Error{fmt::format("'{}' cannot be read: {}", printable(revision), failure->detail), "", 0, ""};
  }
  CommitWalk walk(store, exclude);
  for (CommitWalk::Item& item : walk.below(top->id, "")) {
    if (!is_excluded(exclude, item.path)) listing.add(std::move(item.path), item.mode, item.id);
  }
  for (Notice& notice : walk.take_notices()) listing.notice(std::move(notice));
  return listing.finish();
}

}  // namespace tfcheck
