// Java: imports, declared types, annotations, System.getenv and Spring's doors to the environment.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& java_adapter();

}  // namespace tfcheck
