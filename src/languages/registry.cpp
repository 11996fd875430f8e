#include "languages/registry.h"

#include "languages/csharp/csharp.h"
#include "languages/go/go.h"
#include "languages/java/java.h"
#include "languages/javascript/javascript.h"
#include "languages/php/php.h"
#include "languages/python/python.h"
#include "languages/ruby/ruby.h"
#include "languages/shell/shell.h"

namespace tfcheck {

std::span<const Adapter* const> code_adapters() {
  static const Adapter* const adapters[] = {
      &csharp_adapter(), &go_adapter(),   &java_adapter(),  &javascript_adapter(), &php_adapter(),
      &python_adapter(), &ruby_adapter(), &shell_adapter(), &typescript_adapter(),
  };
  return adapters;
}

}  // namespace tfcheck
