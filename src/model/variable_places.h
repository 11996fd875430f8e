// What gives variables of the environment to a process, and what tells of them.
#pragma once

#include "model/variable_reads.h"

namespace tfcheck {

void collect_places(const ProjectView& view, VariableMap& into);

}  // namespace tfcheck
