#include "repo/audit_root.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>

#include "base/text.h"

namespace tfcheck {

namespace {

Error user_error(std::string message, std::string hint = "") {
  return Error{std::move(message), "", 0, std::move(hint)};
}

Result<AuditRoot> open_root(const std::string& path) {
  std::string shown = printable(path);
  const char* named = path.empty() ? "." : path.c_str();
  Descriptor descriptor(::open(named, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() < 0) {
    if (errno == ENOENT) return user_error(fmt::format("there is no folder {}", shown));
    if (errno == ENOTDIR) return user_error(fmt::format("{} is not a folder", shown), "name the folder that holds it");
    return user_error(fmt::format("the folder {} cannot be opened: {}", shown, system_message(errno)));
  }
  char* resolved = ::realpath(named, nullptr);
  if (!resolved) return user_error(fmt::format("the folder {} cannot be opened: {}", shown, system_message(errno)));
  AuditRoot root{resolved, std::move(descriptor), "", {}};
  std::free(resolved);
  return root;
}

// What is wrong with asking this source of this repository, "" when nothing is.
std::string misuse(const Repository& repository, FileSource source, const std::string& path) {
  std::string shown = printable(path);
  std::string_view flag = source == FileSource::Commit    ? "--rev"
                          : source == FileSource::History ? "a history"
                                                          : "--staged";
  bool is_of_commits = source == FileSource::Commit || source == FileSource::History;
  if (source != FileSource::WorkTree && !repository.info.is_repository) {
    return fmt::format("{} is not in a git repository, which {} needs", shown, flag);
  }
  if (source != FileSource::WorkTree && !repository.handle) {
    return fmt::format("the repository of {} cannot be opened: {}", shown, repository.trouble);
  }
  if (!is_of_commits && repository.place == RootPlace::Bare) {
    return fmt::format(
        "{} is a bare repository, it has no files checked out; name a commit with --rev, as in --rev HEAD", shown);
  }
  if (!is_of_commits && repository.place == RootPlace::InGitDirectory) {
    return fmt::format("{} is inside git's own folder; audit the work tree instead", shown);
  }
  return {};
}

// A damaged repository, or one whose work tree lies elsewhere, leaves the files on disk to be listed as they are.
void drop_unusable(Repository& repository) {
  if (!repository.trouble.empty()) {
    repository.notices.push_back(
        {"", fmt::format("the repository cannot be opened ({}); audited as a plain folder", repository.trouble)});
  } else if (repository.handle && repository.place == RootPlace::Elsewhere) {
    repository = Repository{};
    repository.notices.push_back({"", "the repository's work tree lies elsewhere; audited as a plain folder"});
  }
}

// The system other than git that keeps the folder or one above it.
std::string other_system(std::string folder) {
  struct Mark {
    const char* name;
    const char* system;
  };
  static constexpr Mark marks[] = {{".hg", "Mercurial"}, {".svn", "Subversion"},  {".jj", "Jujutsu"},
                                   {".bzr", "Bazaar"},   {"_darcs", "Darcs"},     {".pijul", "Pijul"},
                                   {"CVS/Root", "CVS"},  {".fslckout", "Fossil"}, {"_FOSSIL_", "Fossil"},
                                   {".sl", "Sapling"}};
  for (;; folder = dir_name(folder)) {
    for (const Mark& mark : marks) {
      struct stat found;
      if (::lstat((folder + "/" + mark.name).c_str(), &found) == 0) return mark.system;
    }
    if (folder.empty()) return {};
  }
}

// Makes the repository's work tree the tree, where the folder is a part of it.
void widen(AuditRoot& root) {
  RepositoryInfo& info = root.repository.info;
  bool is_part = root.repository.handle && root.repository.holds_its_git && !info.prefix.empty();
  if (!is_part) return;
  Descriptor top(::open(info.work_tree.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (top.get() < 0) return;
  root.path = info.work_tree;
  root.folder = std::move(top);
  root.below = std::move(info.prefix);
  info.prefix.clear();
}

}  // namespace

Result<AuditRoot> open_audit_root(const std::string& path, FileSource source) {
  Result<AuditRoot> root = open_root(path);
  if (!root) return root.error();
  Result<Repository> found = open_repository(root->path);
  if (!found) return found.error();
  root->repository = std::move(*found);
  if (std::string wrong = misuse(root->repository, source, path); !wrong.empty()) return user_error(std::move(wrong));
  if (source == FileSource::WorkTree) drop_unusable(root->repository);
  RepositoryInfo& info = root->repository.info;
  if (!info.is_repository) info.other_system = other_system(root->path);
  widen(*root);
  return root;
}

void leave_repository(AuditRoot& root) {
  root.repository.handle.reset();
  root.repository.info = RepositoryInfo{};
  if (root.below.empty()) return;
  root.folder = open_beneath(root.folder.get(), root.below, O_RDONLY | O_DIRECTORY);
  root.path += "/" + root.below;
  root.below.clear();
}

}  // namespace tfcheck
