// Files that name the version of a language's runtime: .ruby-version, .nvmrc, .tool-versions, runtime.txt …
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Format "version-file": Entry "ruby", "python", "node", "go", "java", "php", … with the version as its value.
const Adapter& versionfile_adapter();

}  // namespace tfcheck
