// Justfiles: variables, and recipes as commands of tasks.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& just_adapter();

}  // namespace tfcheck
