// Files of KEY=value lines that are loaded into the environment: .env and its many names.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Format "dotenv": one Entry per variable; those of a file for development (.env.test) have the Development flag.
const Adapter& dotenv_adapter();

}  // namespace tfcheck
