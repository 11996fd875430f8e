// Bicep as the tree of the ARM template that it stands for.
#pragma once

#include "facts/file_facts.h"
#include "formats/tree_entries/config_tree.h"

namespace tfcheck {

// `param x string = 'y'` is parameters.x.type and .defaultValue (securestring under `@secure()`; .value where no type
// is given, as in a file of parameters), `var x = y` is variables.x, `resource web 'Type@1' = { … }` resources.web with
// its type, one inside of another below its `resources`, `module m 'p' = { … }` modules.m. What a loop makes is a list
// of one element. Text that refers to something is a Template, an expression that is nothing but a reference a Name,
// one that has to be computed Unknown. What the template gives back (`output`) has no entry.
ConfigTree read_bicep(std::string_view text, FileFacts& facts);

}  // namespace tfcheck
