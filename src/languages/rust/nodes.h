// What the files of the Rust adapter share: the nodes and fields that they ask for, and what each does for the others.
#pragma once

#include <string>
#include <vector>

#include "languages/code_walker.h"
#include "languages/colon_names.h"

namespace tfcheck {

constexpr NameList rust_types("attribute_item", "inner_attribute_item", "function_item", "field_declaration",
                              "impl_item", "tuple_struct_pattern", "match_arm", "token_tree", "scoped_use_list",
                              "use_list", "use_as_clause", "use_wildcard", "arguments", "attribute");
constexpr NameList rust_fields("argument", "path", "list", "alias", "name", "trait", "type", "pattern", "value", "body",
                               "macro", "arguments", "function");

// tokens.cpp: what can be read of a macro's tokens, which the grammar leaves without syntax: literals, names, calls by
// them, what commas part, `key = value`. Operators, blocks and methods of results say nothing there.

// The arguments that a tree of tokens holds; calls in it become facts.
std::vector<Arg> rust_tokens(CodeWalker& walker, Node tree, int depth = 0);
// The text that `format!("{}/{name}", …)` makes of its arguments.
Value rust_format(CodeWalker& walker, std::span<const Arg> args, Span span);

// items.cpp: what a file, a block or a type holds, with the attributes before each; what is built for tests only is
// left out.
bool rust_items(CodeWalker& walker, Node node);

// calls.cpp: the call hook, and tuples, which may be an address.
Value rust_call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args);
Value rust_tuple(CodeWalker& walker, Node node);

}  // namespace tfcheck
