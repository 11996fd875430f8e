// The JSON adapter, comments and trailing commas included: entries, and what package.json, composer.json, Kubernetes
// and other manifests say beyond them.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& json_adapter();

}  // namespace tfcheck
