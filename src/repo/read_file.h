// Reads one file's bytes from disk into a buffer that its caller reuses.
#pragma once

#include <optional>
#include <string>

#include "repo/file_set.h"

namespace tfcheck {

// At most `limit` bytes of the file at `path` below `root`. Never follows a symlink and never waits for a FIFO. Returns
// why it cannot, nothing when it can.
std::optional<ReadFailure> read_from_disk(int root, const std::string& path, size_t limit, std::string& buffer);

// The same for a file that its whole path names, as git's own files are: links are followed. A file that is not there
// is a failure with Unread::None.
std::optional<ReadFailure> read_named_file(const std::string& path, size_t limit, std::string& buffer);

}  // namespace tfcheck
