// The configuration formats: the one place that names their adapters.
#pragma once

#include <span>

#include "facts/adapter.h"

namespace tfcheck {

std::span<const Adapter* const> format_adapters();

}  // namespace tfcheck
