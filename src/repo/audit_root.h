// The folder that a user names, and the tree that it belongs to: where every look at a tree begins.
#pragma once

#include <string>

#include "base/result.h"
#include "repo/descriptor.h"
#include "repo/file_set.h"
#include "repo/open_repository.h"

namespace tfcheck {

// The tree is the whole work tree of the repository that holds the folder, else the folder alone. A work tree that the
// repository's configuration or the environment puts elsewhere than around its .git never makes the tree larger than
// the folder: `repository.info.prefix` says where it lies there.
struct AuditRoot {
  std::string path;  // of the tree: absolute, without links
  Descriptor folder;
  std::string below;      // path of the audited folder in the tree, "" when it is all of it
  Repository repository;  // of WorkTree without a handle when it cannot be used; its notices say why
};

// Opens `path` for one source. Errors are the user's: no such folder, not a folder, a source that this place does not
// have, a repository that git does not trust.
Result<AuditRoot> open_audit_root(const std::string& path, FileSource source);
// Leaves the audited folder as the tree, outside of any repository: git knows nothing of it.
void leave_repository(AuditRoot& root);

}  // namespace tfcheck
