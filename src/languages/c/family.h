// What C and C++ share: one table of node kinds, the nodes and fields that hooks ask for, and these hooks.
#pragma once

#include <array>
#include <string>

#include "languages/code_walker.h"

namespace tfcheck::c_family {

constexpr NameList types("init_declarator", "identifier", "field_identifier", "initializer_list", "argument_list",
                         "function_declarator", "string_literal");
constexpr NameList fields("type", "declarator", "value", "name", "condition", "alternative", "path", "parameters");

// Statements.
bool include(CodeWalker& walker, Node node);
bool definition(CodeWalker& walker, Node node);
bool conditional(CodeWalker& walker, Node node);
bool declaration(CodeWalker& walker, Node node);
bool parameter(CodeWalker& walker, Node node);
bool function(CodeWalker& walker, Node node);
// Members of Language.
void scan_includes(const SourceFile& file, FileFacts& facts);
Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args);
std::string type_name(CodeWalker& walker, std::string_view type);
std::vector<std::string_view> reassigned(std::string_view source);

// The name that a declarator declares: `*names[3]`.
Node declared(CodeWalker& walker, Node declarator);

// What a field of a class begins with, `int retries = 3;`.
Node initial_value(CodeWalker& walker, Node field);
// Both grammars agree on these.
inline constexpr std::array shapes = std::to_array<Shape>({
    {"comment", Role::Skip},
    {"preproc_function_def", Role::Skip},
    {"preproc_call", Role::Skip},
    {"type_qualifier", Role::Skip},
    {"storage_class_specifier", Role::Skip},
    {"sizeof_expression", Role::Skip},
    {"enum_specifier", Role::Skip},
    {"identifier", Role::Name},
    {"string_literal", Role::String},
    {"concatenated_string", Role::String},
    {"char_literal", Role::String},
    {"string_content", Role::StringPart},
    {"character", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"number_literal", Role::Number},
    {"true", Role::True},
    {"false", Role::False},
    {"null", Role::Null},
    {"initializer_list", Role::List},
    {"initializer_pair", Role::Pair, "designator #field_identifier", "value"},
    {"compound_literal_expression", Role::Through, "value"},
    {"parenthesized_expression", Role::Through},
    {"cast_expression", Role::Through, "value"},
    {"pointer_expression", Role::Not, "argument"},
    {"unary_expression", Role::Not, "argument"},
    {"update_expression", Role::Not, "argument"},
    {"field_expression", Role::Member, "argument", "field"},
    {"subscript_expression", Role::Subscript, "0", "1"},
    {"call_expression", Role::Call, "function", "", "arguments"},
    {"binary_expression", Role::Binary, "left", "right", "operator"},
    {"conditional_expression", Role::Conditional, "condition", "consequence", "alternative"},
    {"assignment_expression", Role::Assign, "left", "right"},
    {"struct_specifier", Role::Class, "name", "body"},
    {"if_statement", Role::If, "condition", "consequence", "alternative"},
    {"while_statement", Role::While, "condition", "body"},
    {"do_statement", Role::While, "condition", "body"},
    {"for_statement", Role::For, "condition", "body"},
    {"break_statement", leaves_loop},
    {"return_statement", leaves_function},
    {"switch_statement", has_own_breaks},
    {"preproc_include", include},
    {"preproc_def", definition},
    {"preproc_if", conditional},
    {"preproc_ifdef", conditional},
    {"declaration", declaration},
    {"parameter_declaration", parameter},
    {"function_definition", function},
});

// Of the C library and those around it.
inline constexpr Words environment_words = {"getenv", "qEnvironmentVariable"};
inline constexpr ShellIdioms shell = {
    .calls = {"system", "popen", "std.system", "_popen", "g_spawn_command_line_sync", "g_spawn_command_line_async"},
    .calls_behind = {"execl", "execlp", "execle"}};

}  // namespace tfcheck::c_family
