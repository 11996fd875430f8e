// HCL: Terraform, its variables, Nomad.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& hcl_adapter();

}  // namespace tfcheck
