// What a scalar of a configuration tree is: null, bool, number, or text whose references shared/scalar.h reads; tags
// such as `!Ref X` and `!vault` say more.
#pragma once

#include <string_view>

#include "formats/shared/scalar.h"
#include "formats/tree_entries/config_tree.h"

namespace tfcheck {

// A plain (unquoted) scalar that YAML reads as null, bool or number; String for the rest.
ValueKind plain_kind(std::string_view text);
// "true" for true, yes, on in any usual case, else "false".
std::string_view bool_text(std::string_view text);

// The value of text that is no number and no bool, with its references: bits of references::.
Value text_value(FileFacts& facts, std::string_view text, Span span, uint32_t syntax);
// The value of a scalar or null node, its type and tag included.
Value scalar_value(FileFacts& facts, const ConfigNode& node, uint32_t syntax);
// True for the list of arguments of a tag that works a value out: `!Find [model, [name, x]]`. What stands in it is no
// value of the file's.
bool is_tagged_call(const ConfigNode& node);
// Its value: a Call by the tag's name, or the variable that `!Env [NAME, default]` reads.
Value tagged_list_value(FileFacts& facts, const ConfigTree& tree, NodeId list, uint32_t syntax);

}  // namespace tfcheck
