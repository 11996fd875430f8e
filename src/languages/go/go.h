// Go: import paths, composite literals, struct tags, os.Getenv and the configuration libraries round it.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& go_adapter();

}  // namespace tfcheck
