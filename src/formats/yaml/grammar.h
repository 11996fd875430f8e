// The grammar that YAML is read with.
#pragma once

#include "syntax/grammars.h"

extern "C" const TSLanguage* tree_sitter_yaml();

namespace tfcheck {

inline constexpr Grammar yaml_grammar = guarded<tree_sitter_yaml>;

}  // namespace tfcheck
