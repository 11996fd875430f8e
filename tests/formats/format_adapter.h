// The readers of formats by their names.
#pragma once

#include <stdexcept>
#include <string_view>

#include "facts/adapter.h"
#include "formats/registry.h"

namespace tfcheck {

inline const Adapter& format_adapter(std::string_view name) {
  for (const Adapter* adapter : format_adapters()) {
    if (adapter->name == name) return *adapter;
  }
  throw std::logic_error("no adapter of that name");
}

}  // namespace tfcheck
