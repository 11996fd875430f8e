// HCL as a tree: blocks are maps below their type and labels, attributes are their entries.
#pragma once

#include "facts/file_facts.h"
#include "formats/tree_entries/config_tree.h"

namespace tfcheck {

// `resource "aws_db_instance" "shop" { password = "x" }` has the entry resource.aws_db_instance.shop.password. A block
// without labels that its body repeats is a list. Text that refers to something is a Template, an expression that is
// nothing but a reference a Name, one that has to be computed Unknown; of jsonencode and its like the argument counts.
ConfigTree read_hcl(std::string_view text, FileFacts& facts);

}  // namespace tfcheck
