// PowerShell, as text with keys: what is assigned, and which commands stand alone. Expressions and control flow are not
// followed, so the rest of the language counts as not read.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Format "powershell". `$env:X = "y"` is an Assign of X with by="env", `$x = 'y'`, a parameter's default and a key of a
// map are Assigns as well; `SetEnvironmentVariable('X', 'y')` is one of X with by="SetEnvironmentVariable".
// Start-Process puts what it starts without a window into the background, unless it waits.
const Adapter& powershell_adapter();

}  // namespace tfcheck
