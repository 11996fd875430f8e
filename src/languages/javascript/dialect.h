// What the three grammars of JavaScript, TypeScript and TSX share: one table of node kinds and one set of idioms.
#pragma once

#include <array>

#include "languages/javascript/hooks.h"

namespace tfcheck::javascript {

// All three grammars agree on these.
inline constexpr std::array common_shapes = std::to_array<Shape>({
    {"comment", Role::Skip},
    {"html_comment", Role::Skip},
    {"hash_bang_line", Role::Skip},
    {"parenthesized_expression", Role::Through},
    {"await_expression", Role::Through},
    {"yield_expression", Role::Through},
    {"string", Role::String},
    {"template_string", Role::String},
    {"string_fragment", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"template_substitution", Role::Interpolation},
    {"computed_property_name", Role::Interpolation},
    {"number", Role::Number},
    {"true", Role::True},
    {"false", Role::False},
    {"null", Role::Null},
    {"undefined", Role::Null},
    {"identifier", Role::Name},
    {"property_identifier", Role::Name},
    {"private_property_identifier", Role::Name},
    {"this", Role::Name},
    {"super", Role::Name},
    {"meta_property", Role::Name},
    {"member_expression", Role::Member, "object", "property"},
    {"subscript_expression", Role::Subscript, "object", "index"},
    {"call_expression", Role::Call, "function", "", "arguments"},
    {"new_expression", Role::New, "constructor", "", "arguments"},
    {"decorator", Role::Annotation},
    {"assignment_expression", Role::Assign, "left", "right"},
    {"pair", Role::Pair, "key", "value"},
    {"shorthand_property_identifier", Role::Pair},
    {"spread_element", Role::Spread},
    {"object", Role::Map},
    {"array", Role::List},
    {"binary_expression", Role::Binary, "left", "right", "operator"},
    {"unary_expression", Role::Not, "argument"},
    {"ternary_expression", Role::Conditional, "condition", "consequence", "alternative"},
    {"arrow_function", Role::Lambda, "", "body", "parameters"},
    {"function_expression", Role::Lambda, "", "body", "parameters"},
    {"generator_function", Role::Lambda, "", "body", "parameters"},
    {"function_declaration", Role::Function, "name", "body", "parameters"},
    {"generator_function_declaration", Role::Function, "name", "body", "parameters"},
    {"method_definition", Role::Function, "name", "body", "parameters"},
    {"class_declaration", Role::Class, "name", "body"},
    {"class", Role::Class, "name", "body"},
    {"if_statement", Role::If, "condition", "consequence", "alternative"},
    {"while_statement", Role::While, "condition", "body"},
    {"do_statement", Role::While, "condition", "body"},
    {"for_statement", Role::For, "condition", "body"},
    {"for_in_statement", Role::For, "", "body"},
    {"try_statement", Role::Try},
    {"catch_clause", handles_failure},
    {"break_statement", leaves_loop},
    {"return_statement", leaves_function},
    {"import_statement", Role::Import},
    {"formal_parameters", parameters},
    {"class_heritage", Role::Supertypes},
    {"class_body", class_body},
    {"switch_statement", switch_statement},
    {"augmented_assignment_expression", Role::Assign, "left", "right"},
    {"update_expression", update},
    {"export_statement", export_statement},
});

inline constexpr std::array typescript_only = std::to_array<Shape>({
    {"variable_declarator", Role::TypedName, "type", "name", "value"},
    {"abstract_class_declaration", Role::Class, "name", "body"},
    {"type_identifier", Role::Name},
    {"as_expression", Role::Through},
    {"satisfies_expression", Role::Through},
    {"non_null_expression", Role::Through},
    {"instantiation_expression", Role::Through},
    {"import_alias", Role::Import},
    {"public_field_definition", field, "name"},
    {"enum_declaration", enumeration},
    {"type_annotation", Role::Skip},
    {"type_arguments", Role::Skip},
    {"type_parameters", Role::Skip},
    {"type_predicate_annotation", Role::Skip},
    {"asserts_annotation", Role::Skip},
    {"interface_declaration", Role::Skip},
    {"type_alias_declaration", Role::Skip},
    {"ambient_declaration", Role::Skip},
    {"extends_clause", Role::Supertypes},
    {"implements_clause", Role::Skip},
    {"function_signature", Role::Skip},
    {"method_signature", Role::Skip},
    {"abstract_method_signature", Role::Skip},
    {"index_signature", Role::Skip},
});

template <size_t n, size_t m>
constexpr std::array<Shape, n + m> join(const std::array<Shape, n>& a, const std::array<Shape, m>& b) {
  std::array<Shape, n + m> all{};
  for (size_t i = 0; i < n; ++i) all[i] = a[i];
  for (size_t i = 0; i < m; ++i) all[n + i] = b[i];
  return all;
}

inline constexpr std::array tsx_shapes = join(common_shapes, typescript_only);

// What Vite itself says of a build is no variable of the environment.
constexpr bool is_environment_key(std::string_view map, std::string_view key) {
  return map != "import.meta.env" ||
         (key != "MODE" && key != "DEV" && key != "PROD" && key != "SSR" && key != "BASE_URL");
}

// A dialect with the idioms of all: names of files, the grammar and its table are its own.
constexpr Language with_idioms(Language dialect) {
  dialect.environment = {
      .calls = {"Deno.env.get", "env-var.get", "env-var.from.get", "next-runtime-env.env"},
      .maps = {"process.env", "import.meta.env", "Bun.env", "Deno.env", "globalThis.process.env", "global.process.env",
               "$env/dynamic/private.env"},
      .failing = {"required"},
      .words = {"process.env",  "meta.env",     "Deno.env", "Bun.env", "= process;", "'process'", "\"process\"",
                "node:process", "onfigService", "env-var",  "envalid", "convict",    "getEnv",    "env.get",
                "Env.get",      "env('",        "env(\"",   "Env('",   "Env(\"",     "$env/"},
      .is_key = is_environment_key};
  dialect.shell = {.calls = {"child_process.exec", "child_process.execSync", "child_process.spawn",
                             "child_process.spawnSync", "child_process.execFile", "child_process.execFileSync",
                             "node:child_process.exec", "node:child_process.execSync", "node:child_process.spawn",
                             "node:child_process.spawnSync", "shelljs.exec", "execa", "execa.command", "execa.execa",
                             "cross-spawn", "cross-spawn.sync"}};
  dialect.exits = {"process.exit", "Deno.exit"};
  dialect.fallback_operators = {"||", "??"};
  dialect.concat_operators = {"+"};
  dialect.self_names = {"this"};
  dialect.field_prefix = "this.";
  dialect.transparent_members = {"default"};
  dialect.imports.scan = scan_imports;
  dialect.import = import_names;
  dialect.call = special_call;
  dialect.destructure = destructure;
  dialect.reassigned = reassigned;
  dialect.comment_line = is_comment_line;
  dialect.type_name = type_name;
  return dialect;
}

}  // namespace tfcheck::javascript
