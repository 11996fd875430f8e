// Bicep: the templates of Azure in their own language, and their files of parameters.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Format "bicep". Entries are those of the ARM template that a file stands for (bicep_tree.h).
const Adapter& bicep_adapter();

}  // namespace tfcheck
