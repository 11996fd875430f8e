// TOML text → ConfigTree. A reader of our own rather than tree-sitter's grammar: a line that is no TOML costs itself
// only, and no second tree is made of what is read in one pass.
#pragma once

#include <string_view>

#include "facts/file_facts.h"
#include "formats/tree_entries/config_tree.h"

namespace tfcheck {

// Reads the text into one document; what is no TOML is left out, `facts` gets the notices. The elements of `[[a]]` are
// those of a list, and a table that is only implied (`[a.b]` implies a) is there too.
ConfigTree read_toml(std::string_view text, FileFacts& facts);

}  // namespace tfcheck
