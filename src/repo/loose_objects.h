// A reader of git's loose objects that stands before libgit2's own. That one (up to 1.9) spins for ever on a truncated
// object and writes out of bounds on one that lies about its size; an audited repository may hold either.
#pragma once

#include "repo/git_handles.h"

namespace tfcheck {

// Makes the repository's object database read loose objects, its own and its alternates', through this reader. Returns
// false when libgit2 does not let it; then no object of the repository may be read.
bool guard_loose_objects(git_repository* repository);

}  // namespace tfcheck
