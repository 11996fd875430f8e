// JSON text → ConfigTree.
#pragma once

#include <string_view>

#include "facts/file_facts.h"
#include "formats/tree_entries/config_tree.h"

namespace tfcheck {

// Reads the text, comments and trailing commas tolerated; what does not parse is left out, `facts` gets the notices.
ConfigTree read_json(std::string_view text, FileFacts& facts);

}  // namespace tfcheck
