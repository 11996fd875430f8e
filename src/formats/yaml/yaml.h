// The YAML adapter: entries of every document, and what the dialects (compose, Kubernetes, CI, Spring, Rails, …) say
// beyond them.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& yaml_adapter();

}  // namespace tfcheck
