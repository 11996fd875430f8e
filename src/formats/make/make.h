// Makefiles: variables, and the recipes of targets as commands of tasks. What somebody asks for by its name is started
// by whoever does: `CMD ["make", "run"]` (model/called_scripts.h).
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& make_adapter();

}  // namespace tfcheck
