// Which components take others in, as manifests say it: packages by their names, projects and modules by their paths.
#pragma once

#include <cstdint>
#include <vector>

#include "model/project.h"

namespace tfcheck {

struct ComponentUse {
  uint32_t user = no_index, used = no_index;  // components
  bool development = false;                   // it takes it in for tests and tools alone
};

// In the order of the files that say it; a use may stand there more than once.
std::vector<ComponentUse> component_uses(const Project& project);

// Of each component, by index, the apps that take it in, themselves or through what they take in; at most `most` of
// each. What apps take in only to be tested and built is theirs where no app takes it in to run.
std::vector<std::vector<uint32_t>> apps_by_use(const Project& project, size_t most);

}  // namespace tfcheck
