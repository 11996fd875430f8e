// C#: using directives, declared types, attributes, object initialisers, IConfiguration and the environment behind it.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& csharp_adapter();

}  // namespace tfcheck
