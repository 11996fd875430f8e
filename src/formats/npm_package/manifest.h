// What JSON manifests of packages have in common.
#pragma once

#include <span>
#include <string_view>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

// A key with dependencies, and what they are for.
struct DependencyGroup {
  std::string_view key;
  std::string_view name;  // "" for what the app needs
  uint32_t flags = 0;
};
// Dependency facts of the packages under each group's key.
void add_dependency_groups(const Document& document, std::span<const DependencyGroup> groups,
                           std::string_view ecosystem);
// Commands of `scripts: {name: text}`.
void add_named_scripts(const Document& document);

}  // namespace tfcheck
