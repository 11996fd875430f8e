// Python: modules, `from x import y as z`, os.environ and its wrappers.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& python_adapter();

}  // namespace tfcheck
