#include "repo/index_file.h"

#include <fmt/format.h>
#include <git2.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace tfcheck {

namespace {

namespace fs = std::filesystem;

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

// Stages 1 to 3 of an unmerged path follow each other; ours (2) stands for the path.
void append(std::vector<IndexFile::Entry>& entries, const git_index_entry* entry) {
  std::string_view path = entry->path;
  if (entries.empty() || entries.back().path != path) {
    entries.push_back({path, entry});
  } else if (GIT_INDEX_ENTRY_STAGE(entry) == 2) {
    entries.back().git = entry;
  }
}

}  // namespace

std::string index_path(git_repository* repository) {
  const char* named = std::getenv("GIT_INDEX_FILE");
  if (named && *named && environment_means(repository)) return absolute_index(repository, named);
  return std::string(git_repository_path(repository)) + "index";
}

Result<IndexFile> read_index(git_repository* repository) {
  std::string path = index_path(repository);
  IndexFile index;
  struct stat status;
  if (::stat(path.c_str(), &status) == 0) {
    index.written_seconds = status.st_mtim.tv_sec;
    index.written_nanoseconds = status.st_mtim.tv_nsec;
  }
  git_index* raw = nullptr;
  // Opened by path and not through the repository: core.ignorecase would sort it otherwise.
  if (git_index_open(&raw, path.c_str()) != 0) {
    return Error{fmt::format("git's index cannot be read: {}", git_trouble()), "", 0, "`git reset` writes it anew"};
  }
  index.handle.reset(raw);
  size_t count = git_index_entrycount(raw);
  index.entries.reserve(count);
  for (size_t i = 0; i < count; ++i) append(index.entries, git_index_get_byindex(raw, i));
  return index;
}

std::span<const IndexFile::Entry> IndexFile::below(std::string_view prefix) const {
  return prefix.empty() ? std::span<const Entry>(entries) : starting_with(entries, std::string(prefix) + "/");
}

std::span<const IndexFile::Entry> starting_with(std::span<const IndexFile::Entry> entries, std::string_view start) {
  auto begin =
      std::partition_point(entries.begin(), entries.end(), [&](const auto& entry) { return entry.path < start; });
  auto end =
      std::partition_point(begin, entries.end(), [&](const auto& entry) { return entry.path.starts_with(start); });
  return {begin, end};
}

std::string unchanged_blob_id(const IndexFile& index, const git_index_entry& entry, const struct stat& status) {
  auto same_time = [](const git_index_time& known, const timespec& now) {
    return known.seconds == static_cast<int32_t>(now.tv_sec) && known.nanoseconds == static_cast<uint32_t>(now.tv_nsec);
  };
  // Written when the index was or later: git would have to compare the bytes.
  bool racy = std::pair(int64_t{entry.mtime.seconds}, int64_t{entry.mtime.nanoseconds}) >=
              std::pair(index.written_seconds, index.written_nanoseconds);
  bool same = GIT_INDEX_ENTRY_STAGE(&entry) == 0 && (entry.mode & S_IFMT) == (status.st_mode & S_IFMT) &&
              same_time(entry.mtime, status.st_mtim) && same_time(entry.ctime, status.st_ctim) &&
              entry.file_size == static_cast<uint32_t>(status.st_size) &&
              entry.ino == static_cast<uint32_t>(status.st_ino);
  return same && !racy ? git_oid_tostr_s(&entry.id) : "";
}

}  // namespace tfcheck
