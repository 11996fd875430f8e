// What kind of thing each component is, by evidence: what starts it, what its manifest says, what a framework shows.
#pragma once

#include <vector>

#include "model/project.h"

namespace tfcheck {

// Sets kind and `why` of every component that the configuration does not name. The processes and servers of the project
// are known.
void decide_kinds(const Project& project, std::vector<Component>& components);

}  // namespace tfcheck
