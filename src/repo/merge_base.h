// Where a line of work left another one: the commit whose tree is held against what is audited.
#pragma once

#include <string>

#include "base/result.h"
#include "repo/file_set.h"

namespace tfcheck {

// The best common ancestor of `reference` and of what is audited (HEAD for a work tree and an index), as a commit id;
// "" for HEAD in a repository without commits. Errors are the user's: no repository, nothing is called so, nothing in
// common; of a shallow clone they say how to bring what is missing.
Result<std::string> find_merge_base(const std::string& folder, const FileSetOptions& options,
                                    const std::string& reference);

}  // namespace tfcheck
