// PHP: namespaces and `use`, superglobals, array configuration, what stands outside `<?php` left out. Names are
// written with dots (`A\B::c` is "A.B.c"), variables without their dollar; Laravel's facades go by their short names
// ("Log.info") whether they are imported or not; a file's `return [ … ]` yields entries below "return".
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& php_adapter();

}  // namespace tfcheck
