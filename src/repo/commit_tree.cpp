#include "repo/commit_tree.h"

#include <fmt/format.h>
#include <git2.h>

#include "base/text.h"

namespace tfcheck {

namespace {

std::vector<std::string> reference_names(git_repository* repository) {
  std::vector<std::string> names = {"HEAD"};
  git_strarray all = {};
  if (git_reference_list(&all, repository) != 0) return names;
  for (size_t i = 0; i < all.count; ++i) {
    std::string_view name = all.strings[i];
    for (std::string_view start : {"refs/heads/", "refs/tags/", "refs/remotes/"}) {
      if (name.starts_with(start)) names.emplace_back(name.substr(start.size()));
    }
  }
  git_strarray_dispose(&all);
  return names;
}

Error unknown_revision(const Repository& repository, const std::string& revision, int code) {
  std::string shown = printable(revision);
  if (code == GIT_EAMBIGUOUS) {
    return Error{fmt::format("'{}' is ambiguous: several objects start with it", shown), "", 0, ""};
  }
  std::string near = nearest(revision, reference_names(repository.handle.get()));
  std::string hint = near.empty() ? "" : fmt::format("did you mean {}?", printable(near));
  if (repository.info.head.empty()) {
    hint = "the repository has no commits yet";
  } else if (repository.info.is_shallow) {
    hint = "the clone is shallow: git fetch --unshallow brings older commits";
  }
  return Error{fmt::format("'{}' names no commit of this repository", shown), "", 0, hint};
}

}  // namespace

Result<GitPtr<git_tree>> tree_of_commit(Repository& repository, const std::string& revision) {
  git_object* raw = nullptr;
  git_object* peeled = nullptr;
  int code = git_revparse_single(&raw, repository.handle.get(), revision.c_str());
  if (code == GIT_ENOTFOUND || code == GIT_EAMBIGUOUS || code == GIT_EINVALIDSPEC) {
    return unknown_revision(repository, revision, code);
  }
  GitPtr<git_object> object(raw);
  if (code == 0) code = git_object_peel(&peeled, raw, GIT_OBJECT_COMMIT);
  if (code == 0) {
    repository.info.revision = git_oid_tostr_s(git_object_id(peeled));
    object.reset(peeled);
  }
  bool is_file = object && git_object_type(object.get()) == GIT_OBJECT_BLOB;
  if (is_file) return unknown_revision(repository, revision, code);
  if (!object || git_object_peel(&peeled, object.get(), GIT_OBJECT_TREE) != 0) {
    return Error{fmt::format("'{}' cannot be read: {}", printable(revision), git_trouble()), "", 0, ""};
  }
  return GitPtr<git_tree>(reinterpret_cast<git_tree*>(peeled));
}

Result<GitPtr<git_tree>> tree_with(git_repository* repository, const std::string& id) {
  git_oid oid;
  git_tree* raw = nullptr;
  if (git_oid_fromstr(&oid, id.c_str()) == 0 && git_tree_lookup(&raw, repository, &oid) == 0) {
    return GitPtr<git_tree>(raw);
  }
  return Error{fmt::format("a folder cannot be read from git: {}", git_trouble()), "", 0, ""};
}

Result<TreeNode> node_at(git_repository* repository, const git_tree& tree, std::string_view path) {
  TreeNode node{git_oid_tostr_s(git_tree_id(&tree)), GIT_FILEMODE_TREE};
  if (path.empty()) return node;
  for (std::string_view name : split(path, '/')) {
    if (node.mode != GIT_FILEMODE_TREE) return TreeNode{};
    Result<GitPtr<git_tree>> folder = tree_with(repository, node.id);
    if (!folder) return folder.error();
    const git_tree_entry* entry = git_tree_entry_byname(folder->get(), std::string(name).c_str());
    if (!entry) return TreeNode{};
    node = {git_oid_tostr_s(git_tree_entry_id(entry)), static_cast<uint32_t>(git_tree_entry_filemode(entry))};
  }
  return node;
}

}  // namespace tfcheck
