#include <fmt/format.h>
#include <git2.h>

#include "base/text.h"
#include "repo/commit_tree.h"
#include "repo/listing.h"

namespace tfcheck {

namespace {

// A hostile repository can make few objects into a tree of any size.
constexpr size_t max_files = 2'000'000;
constexpr size_t max_depth = 500;

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

}  // namespace

Result<Listing> list_commit(Repository& repository, const std::string& revision,
                            const std::vector<std::string>& exclude) {
  git_repository* git = repository.handle.get();
  git_odb* raw_odb = nullptr;
  if (git_repository_odb(&raw_odb, git) != 0) return Error{git_trouble(), "", 0, ""};
  GitPtr<git_odb> odb(raw_odb);
  Result<GitPtr<git_tree>> tree = tree_of_commit(repository, revision);
  if (!tree) return tree.error();
  const std::string& prefix = repository.info.prefix;
  Result<TreeNode> below = node_at(git, **tree, prefix);
  if (!below) return below.error();
  if (below->mode != GIT_FILEMODE_TREE) {
    return Listing{{}, {{"", fmt::format("'{}' has no folder {}", printable(revision), printable(prefix))}}};
  }
  Result<GitPtr<git_tree>> start = tree_with(git, below->id);
  if (!start) return start.error();
  return CommitWalk(git, odb.get(), exclude).run(std::move(*start));
}

}  // namespace tfcheck
