// Units: what a deploy starts, stops and scales as one. A compose service, a pod of Kubernetes, the stage of an image,
// a unit file of systemd, a program of supervisord, a line of a Procfile or a crontab, a job of CI.
#pragma once

#include <string>

#include "model/project.h"

namespace tfcheck {

// The name of a fact's unit within its file; "" where the format knows none. Facts of one file with the same name
// belong together.
std::string unit_of(const ProjectFile& file, const Fact& fact);

}  // namespace tfcheck
