// YAML text → ConfigTree: the walk over the grammar's tree, anchors, aliases and merge keys.
#pragma once

#include <string_view>

#include "facts/file_facts.h"
#include "formats/tree_entries/config_tree.h"

namespace tfcheck {

// Reads every document of the text; what does not parse is left out, `facts` gets the notices.
ConfigTree read_yaml(std::string_view text, FileFacts& facts);

}  // namespace tfcheck
