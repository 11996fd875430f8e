// Batch files of Windows, as text with keys: what they set and which commands they run. Blocks, labels and arithmetic
// are not followed, so the rest of the language counts as not read.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Format "batch". `set X=y`, `set "X=y"` and `setx X y` are Assign facts with by="set" or "setx", as the shell's are;
// what is set only where the variable is empty is its default. `start /b x` is x in the background, `start x` is x.
const Adapter& batch_adapter();

}  // namespace tfcheck
