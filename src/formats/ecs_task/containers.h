// Containers of Amazon's ECS, in a task definition of its own or in a CloudFormation template.
#pragma once

#include <string_view>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

// How the keys are written.
enum class KeyCase : uint8_t { Camel, Pascal };
// Images, commands and environment of a list of container definitions.
void add_ecs_containers(const Document& document, NodeId list, std::string_view path, KeyCase keys);

}  // namespace tfcheck
