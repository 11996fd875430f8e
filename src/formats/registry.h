// The configuration formats. Their list is made from the folders of src/formats (cmake/formats.cmake).
#pragma once

#include <span>

#include "facts/adapter.h"

namespace tfcheck {

std::span<const Adapter* const> format_adapters();

}  // namespace tfcheck
