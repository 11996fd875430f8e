// TOML. "pyproject", "cargo" and "pipfile" files also give their dependencies; lock files ("lock") have no facts.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& toml_adapter();

}  // namespace tfcheck
