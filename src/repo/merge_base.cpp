#include "repo/merge_base.h"

#include <fmt/format.h>
#include <git2.h>

#include "base/text.h"
#include "repo/audit_root.h"
#include "repo/commit_tree.h"

namespace tfcheck {

namespace {

// The commit that a revision names.
Result<git_oid> commit_of(Repository& repository, const ObjectStore& store, const std::string& revision) {
  repository.info.revision.clear();
  Result<ObjectId> tree = tree_of_commit(repository, store, revision);
  if (!tree) return tree.error();
  git_oid id;
  if (repository.info.revision.empty() || git_oid_fromstr(&id, repository.info.revision.c_str()) != 0)
    return Error{fmt::format("'{}' names no commit of this repository", printable(revision)), "", 0, ""};
  return id;
}

}  // namespace

Result<std::string> find_merge_base(const std::string& folder, const FileSetOptions& options,
                                    const std::string& reference) {
  Result<AuditRoot> root = open_audit_root(folder, FileSource::Commit);
  if (!root) return root.error();
  Repository& repository = root->repository;
  std::string audited = options.source == FileSource::Commit ? options.revision : "HEAD";
  if (audited == "HEAD" && reference == "HEAD" && repository.info.head.empty()) return std::string();
  ObjectStore store(repository);
  Result<git_oid> theirs = commit_of(repository, store, reference);
  if (!theirs) return theirs.error();
  Result<git_oid> ours = commit_of(repository, store, audited);
  if (!ours) return ours.error();
  git_oid base;
  int code = git_merge_base(&base, repository.handle.get(), &*ours, &*theirs);
  if (code == 0) return std::string(git_oid_tostr_s(&base));
  bool is_shallow = repository.info.is_shallow;
  if (code != GIT_ENOTFOUND && !is_shallow)
    return Error{fmt::format("the history down to '{}' cannot be read: {}", printable(reference), git_trouble()), "", 0,
                 ""};
  return Error{fmt::format("'{}' and {} have no commit in common{}", printable(reference), printable(audited),
                           is_shallow ? " in this clone, which is shallow" : ""),
               "", 0, is_shallow ? "git fetch --unshallow brings older commits" : ""};
}

}  // namespace tfcheck
