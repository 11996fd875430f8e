#include "languages/registry.h"

#include "languages/php/php.h"
#include "languages/python/python.h"
#include "languages/ruby/ruby.h"
#include "languages/shell/shell.h"

namespace tfcheck {

std::span<const Adapter* const> code_adapters() {
  static const Adapter* const adapters[] = {
      &php_adapter(),
      &python_adapter(),
      &ruby_adapter(),
      &shell_adapter(),
  };
  return adapters;
}

}  // namespace tfcheck
