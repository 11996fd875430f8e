// Which settings of a folder others start from: profiles repeat what their base says.
#pragma once

#include "model/project.h"

namespace tfcheck {

// "application.yaml" of "application-mariadb.yaml". Spring reads its own files without being asked to.
bool is_base_of(const ProjectFile& base, const ProjectFile& other);

}  // namespace tfcheck
