#include "repo/file_set.h"

#include <algorithm>
#include <set>

#include "repo/audit_root.h"
#include "repo/listing.h"
#include "repo/read_file.h"

namespace tfcheck {

struct FileSet::State {
  FileSource source = FileSource::WorkTree;
  Repository repository;
  std::optional<ObjectStore> store;  // of Index and Commit
  Descriptor root;                   // of WorkTree
  std::string folder;                // the audited one
  FileListing listing;
  std::optional<std::vector<std::string>> memory;  // of files in memory their bytes, in the listing's order
};

namespace {

void remove_paths(FileListing& listing, const std::string& root, const std::vector<std::string>& paths) {
  std::set<std::string_view> gone;
  for (const std::string& path : paths) {
    if (is_below(root, path)) gone.insert(path_below(root, path));
  }
  if (gone.empty()) return;
  std::erase_if(listing.files, [&](const FileEntry& entry) { return gone.contains(entry.path); });
  std::erase_if(listing.notices, [&](const Notice& notice) { return gone.contains(notice.path); });
}

FileEntry entry_of_memory(MemoryFile& file, bool tracked) {
  FileEntry entry;
  entry.path = std::move(file.path);
  entry.size = file.bytes.size();
  entry.tracked = tracked;
  return entry;
}

}  // namespace

FileSet::FileSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileSet::FileSet(FileSet&&) noexcept = default;
FileSet& FileSet::operator=(FileSet&&) noexcept = default;
FileSet::~FileSet() = default;

Result<FileSet> FileSet::open(const std::string& path, const FileSetOptions& options) {
  Result<AuditRoot> root = open_audit_root(path, options.source);
  if (!root) return root.error();
  auto state = std::make_unique<State>();
  state->source = options.source;
  if (options.source == FileSource::WorkTree) {
    state->listing = list_work_tree(*root, options.exclude);
  } else {
    state->store.emplace(root->repository);
    Result<FileListing> listing = options.source == FileSource::Index
                                      ? list_index(*root, *state->store, options.exclude)
                                      : list_commit(*root, *state->store, options.revision, options.exclude);
    if (!listing) return listing.error();
    state->listing = std::move(*listing);
  }
  remove_paths(state->listing, root->path, options.exclude_paths);
  state->repository = std::move(root->repository);
  state->root = std::move(root->folder);
  state->folder = std::move(root->below);
  const Repository& repository = state->repository;
  std::vector<Notice>& notices = state->listing.notices;
  notices.insert(notices.end(), repository.notices.begin(), repository.notices.end());
  std::sort(notices.begin(), notices.end());
  return FileSet(std::move(state));
}

FileSet FileSet::of(std::vector<MemoryFile> files, RepositoryInfo repository, std::string folder) {
  std::stable_sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  auto same = [](const auto& a, const auto& b) { return a.path == b.path; };
  files.erase(std::unique(files.begin(), files.end(), same), files.end());
  auto state = std::make_unique<State>();
  state->repository.info = std::move(repository);
  state->folder = std::move(folder);
  state->memory.emplace();
  for (MemoryFile& file : files) {
    state->listing.files.push_back(entry_of_memory(file, state->repository.info.is_repository));
    state->memory->push_back(std::move(file.bytes));
  }
  return FileSet(std::move(state));
}

FileSet FileSet::of_object(const ObjectStore& store, FileEntry entry) {
  auto state = std::make_unique<State>();
  state->source = FileSource::Commit;
  state->repository.info.is_repository = true;
  state->store = store;
  // What has no size cannot be read either, which says why.
  entry.size = store.size(entry.blob_id).value_or(ObjectStore::Size{1, 0}).bytes;
  entry.tracked = true;
  state->listing.files.push_back(std::move(entry));
  return FileSet(std::move(state));
}

const std::vector<FileEntry>& FileSet::files() const {
  return state_->listing.files;
}

const RepositoryInfo& FileSet::repository() const {
  return state_->repository.info;
}

const std::string& FileSet::folder() const {
  return state_->folder;
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
  if (state_->memory) {
    buffer.assign((*state_->memory)[index], 0, limit);
    return std::nullopt;
  }
  return state_->source == FileSource::WorkTree ? read_from_disk(state_->root.get(), entry.path, limit, buffer)
                                                : state_->store->read(entry.blob_id, limit, buffer);
}

}  // namespace tfcheck
