// Single files of the audited tree that steer the audit (its configuration, its packs), read from the same source as
// the audit and with the same distrust: regular files only, bounded, no link followed below the repository's root.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "repo/file_set.h"

namespace tfcheck {

struct TreeFile {
  std::string path;   // relative to the repository's root, or to the audited folder outside one
  std::string shown;  // as messages name it: as the user would type it from where he is; "REVISION:path" of a commit
  std::string text;
  bool is_of_tree = true;  // its path counts from where FileSet's do: not above an audited folder that is all of a tree
};

// The nearest file `name` in the audited folder or above it up to the repository's root (outside a repository: only in
// the folder itself); nothing when there is none. A link, FIFO, device or folder of that name, or a file of more than
// `limit` bytes, is an Error that says so. Errors of FileSet::open are this one's too.
Result<std::optional<TreeFile>> find_tree_file(const std::string& folder, const FileSetOptions& options,
                                               std::string_view name, size_t limit);

// All files below `path`, sorted by path; of a path that is a file that one. `path` counts from where TreeFile::path
// does ("ci/rules", "." for all of it). An Error when it does not exist, is absolute or climbs with "..", when it is
// or holds a link, FIFO, device or submodule, or when there are more than `most_files` names or `most_bytes` bytes.
Result<std::vector<TreeFile>> read_tree_folder(const std::string& folder, const FileSetOptions& options,
                                               std::string_view path, size_t most_files, size_t most_bytes);

}  // namespace tfcheck
