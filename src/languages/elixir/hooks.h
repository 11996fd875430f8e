// What the files of Elixir share: the names of its nodes, and the values and forms that its table hands to them.
#pragma once

#include <string>
#include <vector>

#include "languages/code_walker.h"

namespace tfcheck::elixir {

constexpr NameList types("call", "dot", "alias", "atom", "identifier", "arguments", "keywords", "do_block",
                         "else_block", "rescue_block", "map_content", "binary_operator", "anonymous_function", "tuple");
constexpr NameList fields("target", "left", "right", "operator", "operand", "key", "value");

// A name as facts write it: ":prod" → "prod", "password: " → "password", "\"a b\": " → "a b".
std::string spelling(std::string_view name);

Value unknown(CodeWalker& walker, Node node);

// Arguments or elements; pairs at the end are named.
std::vector<Arg> items_of(CodeWalker& walker, Node node);

// A list or a map, by what stands in it.
Value collection(CodeWalker& walker, Node node);

// `{Bandit, plug: Shop, port: 4000}` is what a supervisor starts, `{:system, "PORT"}` a read of the environment.
Value tuple(CodeWalker& walker, Node node);

// What an ordinary call is worth.
Value call_of(CodeWalker& walker, Node node, const std::string& name, std::span<const Arg> args);

// The names of a pattern hide others.
void bind_pattern(CodeWalker& walker, Node node, int depth = 0);

// Imports without a parse, but for those that go over several lines.
void scan_imports(const SourceFile& file, FileFacts& facts);

// A call that is a form of the language (`def`, `if`, `alias`): adds its facts; false for others.
bool is_form(CodeWalker& walker, Node node);

}  // namespace tfcheck::elixir
