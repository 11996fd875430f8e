// The dependencies that Python's and Rust's manifests declare, from the entries that the TOML reader has made of them.
#pragma once

#include "facts/file_facts.h"

namespace tfcheck {

// Dependency facts of pyproject.toml (PEP 621, PEP 735, Poetry, PDM, uv), Cargo.toml and Pipfile. A dependency that
// comes from a repository has the value "git+URL@REF", one from a path the argument "path", one that the workspace
// defines the argument "workspace".
void add_pyproject_dependencies(FileFacts& facts);
void add_cargo_dependencies(FileFacts& facts);
void add_pipfile_dependencies(FileFacts& facts);

}  // namespace tfcheck
