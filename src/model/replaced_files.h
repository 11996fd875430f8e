// Source files that a front end's production build takes others for: Angular's environment.ts is the developers'.
#pragma once

#include <cstdint>
#include <set>

#include "model/project_view.h"

namespace tfcheck {

std::set<uint32_t> replaced_files(const ProjectView& view);

}  // namespace tfcheck
