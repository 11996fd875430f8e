// The programming languages: the one place that names their adapters.
#pragma once

#include <span>

#include "facts/adapter.h"

namespace tfcheck {

std::span<const Adapter* const> code_adapters();

}  // namespace tfcheck
