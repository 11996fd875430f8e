#include "repo/file_set.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/text.h"
#include "repo/directory.h"
#include "repo/listing.h"
#include "repo/open_repository.h"
#include "repo/read_file.h"

namespace tfcheck {

// The odb is freed before the repository that it belongs to.
struct FileSet::State {
  FileSource source = FileSource::WorkTree;
  Repository repository;
  GitPtr<git_odb> odb;  // of Index and Commit
  Descriptor root;      // of WorkTree
  Listing listing;
};

namespace {

struct Root {
  std::string path;  // absolute, without symlinks
  Descriptor descriptor;
};

Error user_error(std::string message, std::string hint = "") {
  return Error{std::move(message), "", 0, std::move(hint)};
}

Result<Root> open_root(const std::string& path) {
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
  Root root{resolved, std::move(descriptor)};
  std::free(resolved);
  return root;
}

// What is wrong with asking this source of this repository, "" when nothing is.
std::string misuse(const Repository& repository, FileSource source, const std::string& path) {
  std::string shown = printable(path);
  std::string_view flag = source == FileSource::Commit ? "--rev" : "--staged";
  if (source != FileSource::WorkTree && !repository.info.is_repository) {
    return fmt::format("{} is not in a git repository, which {} needs", shown, flag);
  }
  if (source != FileSource::WorkTree && !repository.handle) {
    return fmt::format("the repository of {} cannot be opened: {}", shown, repository.trouble);
  }
  if (source != FileSource::Commit && repository.place == RootPlace::Bare) {
    return fmt::format(
        "{} is a bare repository, it has no files checked out; name a commit with --rev, as in --rev HEAD", shown);
  }
  if (source != FileSource::Commit && repository.place == RootPlace::InGitDirectory) {
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

}  // namespace

FileSet::FileSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileSet::FileSet(FileSet&&) noexcept = default;
FileSet& FileSet::operator=(FileSet&&) noexcept = default;
FileSet::~FileSet() = default;

Result<FileSet> FileSet::open(const std::string& path, const FileSetOptions& options) {
  Result<Root> root = open_root(path);
  if (!root) return root.error();
  Result<Repository> found = open_repository(root->path);
  if (!found) return found.error();
  if (std::string wrong = misuse(*found, options.source, path); !wrong.empty()) return user_error(std::move(wrong));
  auto state = std::make_unique<State>();
  state->source = options.source;
  state->repository = std::move(*found);
  state->root = std::move(root->descriptor);
  Repository& repository = state->repository;
  if (options.source == FileSource::WorkTree) {
    drop_unusable(repository);
    state->listing = list_work_tree(state->root.get(), repository, options.exclude);
  } else {
    Result<Listing> listing = options.source == FileSource::Index
                                  ? list_index(repository, options.exclude)
                                  : list_commit(repository, options.revision, options.exclude);
    if (!listing) return listing.error();
    state->listing = std::move(*listing);
    git_odb* odb = nullptr;
    if (git_repository_odb(&odb, repository.handle.get()) != 0) return user_error(git_trouble());
    state->odb.reset(odb);
  }
  std::vector<Notice>& notices = state->listing.notices;
  notices.insert(notices.end(), repository.notices.begin(), repository.notices.end());
  std::sort(notices.begin(), notices.end());
  return FileSet(std::move(state));
}

const std::vector<FileEntry>& FileSet::files() const {
  return state_->listing.files;
}

const RepositoryInfo& FileSet::repository() const {
  return state_->repository.info;
}

const std::vector<Notice>& FileSet::notices() const {
  return state_->listing.notices;
}

std::optional<ReadFailure> FileSet::read(size_t index, size_t limit, std::string& buffer) const {
  const FileEntry& entry = files()[index];
  if (entry.kind != FileEntry::Kind::Regular) {
    buffer.clear();
    if (entry.kind == FileEntry::Kind::Submodule) return ReadFailure{Unread::Submodule, "is a submodule"};
    return ReadFailure{Unread::NotAFile, "is a symbolic link"};
  }
  return state_->source == FileSource::WorkTree ? read_from_disk(state_->root.get(), entry.path, limit, buffer)
                                                : read_from_git(state_->odb.get(), entry, limit, buffer);
}

}  // namespace tfcheck
