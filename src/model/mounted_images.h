// Images that are only run with the source that lies beside them in the place of what they hold, and hold none of it:
// what starts in them is a developer's process.
#pragma once

#include <cstdint>
#include <set>

#include "model/project.h"

namespace tfcheck {

// By the services of compose files; indices of the images' files.
std::set<uint32_t> mounted_images(const Listing& listing);

}  // namespace tfcheck
