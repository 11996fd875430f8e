#include "languages/registry.h"

#include "languages/python/python.h"
#include "languages/shell/shell.h"

namespace tfcheck {

std::span<const Adapter* const> code_adapters() {
  static const Adapter* const adapters[] = {
      &python_adapter(),
      &shell_adapter(),
  };
  return adapters;
}

}  // namespace tfcheck
