// Procfiles: `type: command` lines. Per line an Entry (name: the process type, value: the whole command) and the
// commands with the process type as scope. Those of Procfile.dev carry the Development flag.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& procfile_adapter();

}  // namespace tfcheck
