#include "repo/commit_tree.h"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <optional>

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

Error unreadable(const std::string& revision, std::string_view why) {
  return Error{fmt::format("'{}' cannot be read: {}", printable(revision), why), "", 0, ""};
}

// Why the object of the reference that a revision begins with cannot be had; nothing when it can, or is no reference.
std::optional<ReadFailure> trouble_of_reference(git_repository* repository, const ObjectStore& store,
                                                const std::string& revision) {
  std::string name = revision.substr(0, revision.find_first_of("^~:@"));
  git_reference* raw = nullptr;
  if (git_reference_dwim(&raw, repository, name.empty() ? "HEAD" : name.c_str()) != 0) return std::nullopt;
  GitPtr<git_reference> reference(raw);
  git_oid id;
  if (git_reference_name_to_id(&id, repository, git_reference_name(raw)) != 0) return std::nullopt;
  return store.trouble(object_id(id.id));
}

// Why a revision could not be resolved: nothing is called so, or what is called so is missing or damaged.
Error not_found(const Repository& repository, const ObjectStore& store, const std::string& revision, int code) {
  git_repository* git = repository.handle.get();
  if (auto trouble = trouble_of_reference(git, store, revision)) return unreadable(revision, trouble->detail);
  bool is_unknown = code == GIT_ENOTFOUND || code == GIT_EAMBIGUOUS || code == GIT_EINVALIDSPEC;
  if (!is_unknown) return unreadable(revision, git_trouble());
  return unknown_revision(repository, revision, code);
}

}  // namespace

Result<ObjectId> tree_of_commit(Repository& repository, const ObjectStore& store, const std::string& revision) {
  git_object* raw = nullptr;
  int code = git_revparse_single(&raw, repository.handle.get(), revision.c_str());
  GitPtr<git_object> object(raw);
  if (code != 0) return not_found(repository, store, revision, code);
  git_object* peeled = nullptr;
  code = git_object_peel(&peeled, raw, GIT_OBJECT_COMMIT);
  GitPtr<git_object> commit(peeled);
  if (code == 0) {
    repository.info.revision = git_oid_tostr_s(git_object_id(peeled));
    return object_id(git_commit_tree_id(reinterpret_cast<git_commit*>(peeled))->id);
  }
  if (git_object_type(raw) == GIT_OBJECT_TREE) return object_id(git_object_id(raw)->id);
  if (git_object_type(raw) == GIT_OBJECT_BLOB) return unknown_revision(repository, revision, code);
  code = git_object_peel(&peeled, raw, GIT_OBJECT_TREE);
  GitPtr<git_object> tree(peeled);
  if (code == 0) return object_id(git_object_id(peeled)->id);
  return unreadable(revision, git_trouble());
}

Result<TreeNode> node_at(const ObjectStore& store, const ObjectId& tree, std::string_view path) {
  TreeNode node{tree, GIT_FILEMODE_TREE};
  if (path.empty()) return node;
  for (std::string_view name : split(path, '/')) {
    if (node.mode != GIT_FILEMODE_TREE) return TreeNode{};
    ObjectStore::Tree folder = store.tree(node.id);
    if (folder.failure) {
      return Error{fmt::format("a folder of {} cannot be read from git: {}", printable(path), folder.failure->detail),
                   "", 0, ""};
    }
    auto entry = std::find_if(folder.entries.begin(), folder.entries.end(),
                              [&](const ObjectStore::TreeEntry& candidate) { return candidate.name == name; });
    if (entry == folder.entries.end()) return TreeNode{};
    node = {entry->id, entry->mode};
  }
  return node;
}

}  // namespace tfcheck
