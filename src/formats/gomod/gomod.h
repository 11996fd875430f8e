// Go's module files: go.mod and go.work.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Entries "module", "go", "toolchain", "replace.N" (value: the target), "use.N", "exclude.N"; Dependency facts of
// `require`, ecosystem "go". go.sum and go.work.sum are "lock" and have no facts.
const Adapter& gomod_adapter();

}  // namespace tfcheck
