// Compose files that show by what their services are given that they run the app on the machine of whoever develops it.
// None of it tells a deploy from a stack for trying it: that something else deploys is for the caller to know.
#pragma once

#include "model/project.h"

namespace tfcheck {

// Every service that is built is built from a developers' image, or one mounts what tools keep in a home
// (~/.aspnet/https), or a database has its data in memory, or the file calls itself one like production. Linear in the
// file's facts.
bool runs_on_own_machine(const Listing& listing, const ProjectFile& compose);

// Whether each service of `part` has a name that a service of `whole` has, and its image, if both say one.
bool is_part_of(const ProjectFile& part, const ProjectFile& whole);

}  // namespace tfcheck
