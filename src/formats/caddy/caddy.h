// Caddyfiles: directives in braces, one a line; a block's addresses are no part of their paths.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& caddy_adapter();

}  // namespace tfcheck
