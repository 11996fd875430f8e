// execline: a script is one command line, whose programs each run what stands behind them; blocks in braces are command
// lines of their own. Also what s6 says of a service beside its script, `type`.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& execline_adapter();

}  // namespace tfcheck
