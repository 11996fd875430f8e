// The programming languages. Their list is made from the folders of src/languages (cmake/languages.cmake).
#pragma once

#include <span>

#include "facts/adapter.h"

namespace tfcheck {

std::span<const Adapter* const> code_adapters();

}  // namespace tfcheck
