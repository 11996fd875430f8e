// The index of a repository as a sorted list: the very file that git would read, also inside a hook; the halves of a
// split index joined, the folders that stand for their files in a sparse one replaced by these.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "repo/git_handles.h"
#include "repo/index_format.h"

struct stat;

namespace tfcheck {

struct Repository;

struct IndexFile {
  std::vector<IndexEntry> entries;  // by path bytes, one a path: of an unmerged path our side
  int64_t written_seconds = 0;
  int64_t written_nanoseconds = 0;
  std::vector<Notice> notices;  // paths are relative to the repository's root

  // What the entries' paths view.
  std::vector<std::string> files;
  std::deque<std::string> expanded;

  // The entries below a folder of the repository ("" is its root).
  std::span<const IndexEntry> below(std::string_view prefix) const;
};

// The path of the index that git would use: GIT_INDEX_FILE counts when the environment means this repository, as it
// does in a hook (`git commit -a` and `git commit PATH` write another file than .git/index).
std::string index_path(git_repository* repository);
// Reads the index; a repository without one has an empty index. A sparse index's folders are replaced by their files
// where `wanted` says so of the folder's path, and left out elsewhere.
Result<IndexFile> read_index(const Repository& repository, const std::function<bool(const std::string&)>& wanted);

// The part of sorted entries whose paths start with `start`.
std::span<const IndexEntry> starting_with(std::span<const IndexEntry> entries, std::string_view start);
// The object id of an entry whose file has not been touched since git looked at it, else none.
ObjectId unchanged_blob_id(const IndexFile& index, const IndexEntry& entry, const struct stat& status);

}  // namespace tfcheck
