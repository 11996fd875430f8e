// Upstart: jobs of stanzas, one a line, and scripts up to `end script`.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& upstart_adapter();

}  // namespace tfcheck
