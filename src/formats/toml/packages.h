// What manifests of packages in TOML have in common: tables of packages, and lists of requirements.
#pragma once

#include <string_view>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

// What the packages of a table are for.
struct PackageGroup {
  std::string_view ecosystem;
  std::string_view name = {};
  uint32_t flags = 0;
};

// A group whose name says whether it is for developers.
PackageGroup python_group(std::string_view name);

// Dependency facts of a table `name = "1.0"` or `name = { version = …, git = … }` at a dotted path of the document. One
// that comes from a repository has the value "git+URL@REF", one from a path the argument "path", one that the workspace
// defines the argument "workspace".
void add_package_table(const Document& document, std::string_view path, const PackageGroup& group);
// Dependency facts of a list of requirements (PEP 508).
void add_requirement_list(const Document& document, NodeId list, std::string_view path, const PackageGroup& group);

}  // namespace tfcheck
