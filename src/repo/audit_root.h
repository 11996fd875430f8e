// The folder that a user names, opened, and the repository that it belongs to: where every look at a tree begins.
#pragma once

#include <string>

#include "base/result.h"
#include "repo/descriptor.h"
#include "repo/file_set.h"
#include "repo/open_repository.h"

namespace tfcheck {

struct AuditRoot {
  std::string path;  // absolute, without links
  Descriptor folder;
  Repository repository;  // of WorkTree without a handle when it cannot be used; its notices say why
};

// Opens `path` for one source. Errors are the user's: no such folder, not a folder, a source that this place does not
// have, a repository that git does not trust.
Result<AuditRoot> open_audit_root(const std::string& path, FileSource source);

}  // namespace tfcheck
