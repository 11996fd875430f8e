// The index of a repository as a sorted list: the very file that git would read, also inside a hook.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "repo/git_handles.h"

struct git_index_entry;
struct stat;

namespace tfcheck {

struct IndexFile {
  struct Entry {
    std::string_view path;  // relative to the repository's root
    const git_index_entry* git;
  };

  GitPtr<git_index> handle;    // owns what the entries point to
  std::vector<Entry> entries;  // by path bytes, one a path: of an unmerged path our side
  int64_t written_seconds = 0;
  int64_t written_nanoseconds = 0;

  // The entries below a folder of the repository ("" is its root).
  std::span<const Entry> below(std::string_view prefix) const;
};

// The path of the index that git would use: GIT_INDEX_FILE counts when the environment means this repository, as it
// does in a hook (`git commit -a` and `git commit PATH` write another file than .git/index).
std::string index_path(git_repository* repository);
// Reads the index; a repository without one has an empty index.
Result<IndexFile> read_index(git_repository* repository);

// The part of sorted entries whose paths start with `start`.
std::span<const IndexFile::Entry> starting_with(std::span<const IndexFile::Entry> entries, std::string_view start);
// The object id of an entry whose file has not been touched since git looked at it, else "".
std::string unchanged_blob_id(const IndexFile& index, const git_index_entry& entry, const struct stat& status);

}  // namespace tfcheck
