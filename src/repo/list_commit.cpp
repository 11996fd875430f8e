#include <fmt/format.h>
#include <git2.h>

#include "base/text.h"
#include "repo/listing.h"

namespace tfcheck {

namespace {

// A hostile repository can make few objects into a tree of any size.
constexpr size_t max_files = 2'000'000;
constexpr size_t max_depth = 500;

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

class CommitWalk {
 public:
  CommitWalk(git_repository* repository, git_odb* odb, const std::vector<std::string>& exclude)
      : repository_(repository), odb_(odb), exclude_(exclude) {}

  Listing run(GitPtr<git_tree> tree) {
    frames_.push_back({std::move(tree), "", 0});
    while (!frames_.empty() && listing_.files.size() < max_files) {
      Frame& frame = frames_.back();
      if (frame.next == git_tree_entrycount(frame.tree.get())) {
        frames_.pop_back();
      } else {
        const git_tree_entry* entry = git_tree_entry_byindex(frame.tree.get(), frame.next++);
        visit(*entry, frame.path + git_tree_entry_name(entry));
      }
    }
    if (!frames_.empty()) notice("", fmt::format("the commit has more than {} files; the rest is left out", max_files));
    return std::move(listing_);
  }

 private:
  struct Frame {
    GitPtr<git_tree> tree;
    std::string path;  // "" or ends in '/'
    size_t next;
  };

  void notice(std::string path, std::string message) {
    listing_.notices.push_back({std::move(path), std::move(message)});
  }

  void visit(const git_tree_entry& entry, std::string path) {
    std::string_view name = git_tree_entry_name(&entry);
    bool is_valid = name != "." && name != ".." && name != ".git" && name.find('/') == std::string_view::npos;
    if (!is_valid) return notice(std::move(path), "not a valid name in a git tree; left out");
    git_filemode_t mode = git_tree_entry_filemode(&entry);
    if (mode == GIT_FILEMODE_TREE) return enter(*git_tree_entry_id(&entry), std::move(path));
    if (is_excluded(exclude_, path)) return;
    FileEntry file = entry_of_mode(std::move(path), mode);
    file.blob_id = git_oid_tostr_s(git_tree_entry_id(&entry));
    fill_from_object(file, odb_);
    listing_.files.push_back(std::move(file));
  }

  void enter(const git_oid& id, std::string path) {
    if (is_excluded_folder(exclude_, path)) return;
    if (frames_.size() >= max_depth) return notice(std::move(path), "nested too deeply; left out");
    git_tree* raw = nullptr;
    if (git_tree_lookup(&raw, repository_, &id) != 0) {
      return notice(std::move(path), fmt::format("the folder cannot be read from git: {}", git_trouble()));
    }
    frames_.push_back({GitPtr<git_tree>(raw), path + "/", 0});
  }

  git_repository* repository_;
  git_odb* odb_;
  const std::vector<std::string>& exclude_;
  std::vector<Frame> frames_;
  Listing listing_;
};

Result<GitPtr<git_tree>> tree_of(Repository& repository, const std::string& revision) {
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
  if (!object || git_object_peel(&peeled, object.get(), GIT_OBJECT_TREE) != 0) {
    return Error{fmt::format("'{}' cannot be read: {}", printable(revision), git_trouble()), "", 0, ""};
  }
  return GitPtr<git_tree>(reinterpret_cast<git_tree*>(peeled));
}

}  // namespace

Result<Listing> list_commit(Repository& repository, const std::string& revision,
                            const std::vector<std::string>& exclude) {
  git_repository* git = repository.handle.get();
  git_odb* raw_odb = nullptr;
  if (git_repository_odb(&raw_odb, git) != 0) return Error{git_trouble(), "", 0, ""};
  GitPtr<git_odb> odb(raw_odb);
  Result<GitPtr<git_tree>> tree = tree_of(repository, revision);
  if (!tree) return tree.error();
  const std::string& prefix = repository.info.prefix;
  if (!prefix.empty()) {
    git_tree_entry* entry = nullptr;
    git_tree* below = nullptr;
    int code = git_tree_entry_bypath(&entry, tree->get(), prefix.c_str());
    if (code == 0) code = git_tree_lookup(&below, git, git_tree_entry_id(entry));
    git_tree_entry_free(entry);
    if (code != 0)
      return Listing{{}, {{"", fmt::format("'{}' has no folder {}", printable(revision), printable(prefix))}}};
    tree->reset(below);
  }
  return CommitWalk(git, odb.get(), exclude).run(std::move(*tree));
}

}  // namespace tfcheck
