#include "repo/index_file.h"

#include <fmt/format.h>
#include <git2.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include "repo/open_repository.h"
#include "repo/read_file.h"
#include "repo/tree_walk.h"

namespace tfcheck {

namespace {

namespace fs = std::filesystem;

// An index of half a million files has some 60 MB.
constexpr size_t largest_index = size_t{512} << 20;

bool same_place(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error);
}

// Does git's environment speak of this repository? Hooks in a worktree set GIT_DIR; others only run inside of it.
bool environment_means(git_repository* repository) {
  const char* own = git_repository_path(repository);
  const char* named = std::getenv("GIT_DIR");
  if (named && *named && same_place(named, own)) return true;
  if (named && *named && fs::path(named).is_absolute()) return false;
  std::error_code error;
  git_buf found = {};
  int code = git_repository_discover(&found, fs::current_path(error).c_str(), 1, nullptr);
  bool same = code == 0 && same_place(found.ptr, own);
  git_buf_dispose(&found);
  return same;
}

// Git resolves a relative GIT_INDEX_FILE from the top of the work tree, where it goes before it looks.
std::string absolute_index(git_repository* repository, const fs::path& named) {
  std::error_code error;
  const char* work_tree = git_repository_workdir(repository);
  if (named.is_relative() && work_tree && fs::exists(fs::path(work_tree) / named, error)) return work_tree / named;
  return fs::absolute(named, error).string();
}

Error unreadable(std::string_view why, std::string hint = "") {
  return Error{fmt::format("git's index cannot be read: {}", why), "", 0, std::move(hint)};
}

constexpr const char* remake = "`rm .git/index && git reset` writes it anew";

bool by_path_and_stage(const IndexEntry& a, const IndexEntry& b) {
  if (int order = a.path.compare(b.path)) return order < 0;
  return a.stage < b.stage;
}

bool same_slot(const IndexEntry& a, const IndexEntry& b) {
  return a.stage == b.stage && a.path == b.path;
}

Result<IndexData> read_part(const std::string& path) {
  std::string bytes;
  struct stat status;
  bool is_huge = ::stat(path.c_str(), &status) == 0 && static_cast<size_t>(status.st_size) > largest_index;
  if (is_huge) return unreadable(fmt::format("it is larger than {} MB", largest_index >> 20));
  if (std::optional<ReadFailure> failure = read_named_file(path, largest_index, bytes)) {
    return unreadable(failure->detail, failure->why == Unread::None ? remake : "");
  }
  Result<IndexData> data = parse_index(std::move(bytes));
  if (!data) return unreadable(data.error().message, remake);
  return data;
}

// The entries of a split index: the base's without the deleted ones, with the replaced ones' new content, and the
// index's own.
Result<std::vector<IndexEntry>> join(const IndexData& index, const IndexData& base) {
  std::vector<IndexEntry> entries = base.entries;
  const IndexLink& link = index.link;
  Error wrong = unreadable("its two halves do not fit together", remake);
  if (link.replaced.size() > index.entries.size()) return wrong;
  for (size_t i = 0; i < link.replaced.size(); ++i) {
    if (link.replaced[i] >= entries.size() || !index.entries[i].path.empty()) return wrong;
    std::string_view path = entries[link.replaced[i]].path;
    entries[link.replaced[i]] = index.entries[i];
    entries[link.replaced[i]].path = path;
  }
  for (uint32_t position : link.deleted) {
    if (position >= entries.size()) return wrong;
    entries[position].path = {};
  }
  std::erase_if(entries, [](const IndexEntry& entry) { return entry.path.empty(); });
  // Own entries come first, so that of two in one slot the base's goes; a merged one ends a conflict.
  std::vector<IndexEntry> own(index.entries.begin() + static_cast<ptrdiff_t>(link.replaced.size()),
                              index.entries.end());
  own.insert(own.end(), entries.begin(), entries.end());
  std::stable_sort(own.begin(), own.end(), by_path_and_stage);
  own.erase(std::unique(own.begin(), own.end(), same_slot), own.end());
  return own;
}

// One entry a path: stages 1 to 3 of an unmerged one follow each other, and ours (2) stands for it.
std::vector<IndexEntry> one_a_path(std::vector<IndexEntry> entries) {
  if (!std::is_sorted(entries.begin(), entries.end(), by_path_and_stage)) {
    std::stable_sort(entries.begin(), entries.end(), by_path_and_stage);
  }
  size_t kept = 0;
  for (const IndexEntry& entry : entries) {
    if (kept == 0 || entries[kept - 1].path != entry.path) {
      entries[kept++] = entry;
    } else if (entry.stage == 2) {
      entries[kept - 1] = entry;
    }
  }
  entries.resize(kept);
  return entries;
}

// A sparse index's folders, with a '/' at the end of their paths, become the files of their trees.
void expand(IndexFile& index, const ObjectStore& store, const std::function<bool(const std::string&)>& wanted) {
  CommitWalk walk(store, {});
  std::vector<IndexEntry> found;
  for (const IndexEntry& entry : index.entries) {
    if (!entry.path.ends_with('/')) {
      found.push_back(entry);
      continue;
    }
    std::string folder(entry.path.substr(0, entry.path.size() - 1));
    if (!wanted(folder)) continue;
    for (CommitWalk::Item& item : walk.below(entry.id, folder)) {
      index.expanded.push_back(std::move(item.path));
      IndexEntry file;
      file.path = index.expanded.back();
      file.id = item.id;
      file.mode = item.mode;
      found.push_back(file);
    }
  }
  index.notices = walk.take_notices();
  index.entries = one_a_path(std::move(found));
}

}  // namespace

std::string index_path(git_repository* repository) {
  const char* named = std::getenv("GIT_INDEX_FILE");
  if (named && *named && environment_means(repository)) return absolute_index(repository, named);
  return std::string(git_repository_path(repository)) + "index";
}

Result<IndexFile> read_index(const Repository& repository, const std::function<bool(const std::string&)>& wanted) {
  git_repository* git = repository.handle.get();
  std::string path = index_path(git);
  IndexFile index;
  struct stat status;
  if (::stat(path.c_str(), &status) != 0 && errno == ENOENT) return index;
  index.written_seconds = status.st_mtim.tv_sec;
  index.written_nanoseconds = status.st_mtim.tv_nsec;
  Result<IndexData> data = read_part(path);
  if (!data) return data.error();
  index.entries = std::move(data->entries);
  index.files.push_back(std::move(data->bytes));
  if (data->link.base) {
    Result<IndexData> base = read_part(git_repository_path(git) + ("sharedindex." + to_hex(data->link.base)));
    if (!base) return base.error();
    data->entries = std::move(index.entries);
    Result<std::vector<IndexEntry>> joined = join(*data, *base);
    if (!joined) return joined.error();
    index.entries = std::move(*joined);
    index.files.push_back(std::move(base->bytes));
  }
  index.entries = one_a_path(std::move(index.entries));
  bool is_sparse = std::any_of(index.entries.begin(), index.entries.end(),
                               [](const IndexEntry& entry) { return entry.path.ends_with('/'); });
  if (!is_sparse) return index;
  expand(index, ObjectStore(repository), wanted);
  return index;
}

std::span<const IndexEntry> IndexFile::below(std::string_view prefix) const {
  return prefix.empty() ? std::span<const IndexEntry>(entries) : starting_with(entries, std::string(prefix) + "/");
}

std::span<const IndexEntry> starting_with(std::span<const IndexEntry> entries, std::string_view start) {
  auto begin =
      std::partition_point(entries.begin(), entries.end(), [&](const auto& entry) { return entry.path < start; });
  auto end =
      std::partition_point(begin, entries.end(), [&](const auto& entry) { return entry.path.starts_with(start); });
  return {begin, end};
}

ObjectId unchanged_blob_id(const IndexFile& index, const IndexEntry& entry, const struct stat& status) {
  auto cut = [](auto number) { return static_cast<uint32_t>(number); };
  // Written when the index was or later: git would have to compare the bytes.
  bool racy = std::pair(int64_t{entry.modified_seconds}, int64_t{entry.modified_nanoseconds}) >=
              std::pair(index.written_seconds, index.written_nanoseconds);
  bool same = entry.stage == 0 && (entry.mode & S_IFMT) == (status.st_mode & S_IFMT) &&
              entry.modified_seconds == cut(status.st_mtim.tv_sec) &&
              entry.modified_nanoseconds == cut(status.st_mtim.tv_nsec) &&
              entry.changed_seconds == cut(status.st_ctim.tv_sec) &&
              entry.changed_nanoseconds == cut(status.st_ctim.tv_nsec) && entry.size == cut(status.st_size) &&
              entry.inode == cut(status.st_ino);
  return same && !racy ? entry.id : ObjectId{};
}

}  // namespace tfcheck
