// Reads one file's bytes from disk or from git's object database into a buffer that its caller reuses.
#pragma once

#include <optional>
#include <string>

#include "repo/file_set.h"
#include "repo/git_handles.h"

namespace tfcheck {

// At most `limit` bytes of the file at `path` below `root`. Never follows a symlink and never waits for a FIFO. Returns
// why it cannot, nothing when it can.
std::optional<ReadFailure> read_from_disk(int root, const std::string& path, size_t limit, std::string& buffer);

// At most `limit` bytes of a git object. The same for an object's bytes as stored: an LFS pointer stays a pointer.
// libgit2's object databases lock for themselves: one serves all threads.
std::optional<ReadFailure> read_from_git(git_odb* odb, const FileEntry& entry, size_t limit, std::string& buffer);

}  // namespace tfcheck
