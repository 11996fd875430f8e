// What JavaScript and TypeScript have of their own beside the table of node kinds: modules, patterns, and the libraries
// that read the environment. Called by the walk of languages/code_walker.h.
#pragma once

#include <string>
#include <string_view>

#include "languages/code_walker.h"

namespace tfcheck::javascript {

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

// Declarations that the table cannot say: parameters, fields, enums, switches, exports, `a ||= b`.
bool own_node(CodeWalker& walker, Node node);
// `{a, b: c, d = 1, ...rest}` and `[a, b]` as a target of `value`.
void destructure(CodeWalker& walker, Node pattern, const Value& value);
// Names before an `=` or beside `++` that is no declaration.
std::vector<std::string_view> reassigned(std::string_view source);
// ": Promise<http.Server>" → "", ": http.Server | null" → "http.Server".
std::string type_name(CodeWalker& walker, std::string_view spelled);

}  // namespace tfcheck::javascript
