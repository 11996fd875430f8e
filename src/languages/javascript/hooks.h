// What JavaScript and TypeScript have of their own beside the table of node kinds: modules, patterns, and the libraries
// that read the environment. Called by the walk of languages/code_walker.h.
#pragma once

#include <string>
#include <string_view>

#include "languages/code_walker.h"

namespace tfcheck::javascript {

// What the hooks ask for; the first ones are in all grammars, the others in those with types.
inline constexpr NameList types("identifier", "namespace_import", "named_imports", "import_clause", "import_specifier",
                                "assignment_pattern", "object_assignment_pattern",
                                "shorthand_property_identifier_pattern", "object_pattern", "rest_pattern",
                                "pair_pattern", "decorator", "array_pattern", "method_definition",  //
                                "import_alias", "import_require_clause", "required_parameter", "optional_parameter",
                                "accessibility_modifier", "enum_assignment");
inline constexpr NameList fields("function", "object", "name", "alias", "source", "left", "right", "key", "value",
                                 "body", "operator", "argument",  //
                                 "type_arguments", "pattern", "type");
constexpr std::span<const std::string_view> common_types() {
  return std::span(types.names).first(types["import_alias"].index);
}
constexpr std::span<const std::string_view> common_fields() {
  return std::span(fields.names).first(fields["type_arguments"].index);
}

// "node:http" is "http".
std::string_view module_name(std::string_view spelled);
// `import` statements in all their forms, and TypeScript's `import x = …`.
void import_names(CodeWalker& walker, Node node);
// `export … from "module"`.
void reexport(CodeWalker& walker, Node node);
// Import facts by a line scan.
void scan_imports(const SourceFile& file, FileFacts& facts);

// Module calls (`require`, `import()`) and readers of the environment (NestJS, envalid, env-var, zod, convict, …): the
// value to use instead of the call, Absent for any other call.
Value special_call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args);

// What the table cannot say, each of the nodes that its name tells.
bool parameters(CodeWalker& walker, Node node);
bool field(CodeWalker& walker, Node node);
bool enumeration(CodeWalker& walker, Node node);
bool class_body(CodeWalker& walker, Node node);
bool switch_statement(CodeWalker& walker, Node node);
bool export_statement(CodeWalker& walker, Node node);
bool update(CodeWalker& walker, Node node);
// `{a, b: c, d = 1, ...rest}` and `[a, b]` as a target of `value`.
void destructure(CodeWalker& walker, Node pattern, const Value& value);
// Names before an `=` or beside `++` that is no declaration.
std::vector<std::string_view> reassigned(std::string_view source);
// A line that holds one comment and nothing else.
bool is_comment_line(std::string_view line);
// ": Promise<http.Server>" → "", ": http.Server | null" → "http.Server".
std::string type_name(CodeWalker& walker, std::string_view spelled);

// The grammar of TSX.
const CompiledLanguage& tsx_language();

}  // namespace tfcheck::javascript
