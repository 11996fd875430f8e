#include "languages/registry.h"

#include "languages/python/python.h"

namespace tfcheck {

std::span<const Adapter* const> code_adapters() {
  static const Adapter* const adapters[] = {
      &python_adapter(),
  };
  return adapters;
}

}  // namespace tfcheck
