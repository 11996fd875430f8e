#include "languages/javascript/javascript.h"

#include <array>

#include "base/text.h"
#include "languages/javascript/hooks.h"

namespace tfcheck {

namespace {

// All three grammars agree on these.
constexpr std::array common_shapes = std::to_array<Shape>({
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
    {"import_statement", Role::Import},
});

constexpr std::array javascript_only = std::to_array<Shape>({
    {"variable_declarator", Role::Assign, "name", "value"},
});

constexpr std::array typescript_only = std::to_array<Shape>({
    {"variable_declarator", Role::TypedName, "type", "name", "value"},
    {"abstract_class_declaration", Role::Class, "name", "body"},
    {"type_identifier", Role::Name},
    {"as_expression", Role::Through},
    {"satisfies_expression", Role::Through},
    {"non_null_expression", Role::Through},
    {"instantiation_expression", Role::Through},
    {"import_alias", Role::Import},
    {"type_annotation", Role::Skip},
    {"type_arguments", Role::Skip},
    {"type_parameters", Role::Skip},
    {"type_predicate_annotation", Role::Skip},
    {"asserts_annotation", Role::Skip},
    {"interface_declaration", Role::Skip},
    {"type_alias_declaration", Role::Skip},
    {"ambient_declaration", Role::Skip},
    {"implements_clause", Role::Skip},
    {"function_signature", Role::Skip},
    {"method_signature", Role::Skip},
    {"abstract_method_signature", Role::Skip},
    {"index_signature", Role::Skip},
});

// `<T>value`; TSX has no such node.
constexpr std::array typescript_assertion = std::to_array<Shape>({{"type_assertion", Role::Through}});

template <size_t n, size_t m>
constexpr std::array<Shape, n + m> join(const std::array<Shape, n>& a, const std::array<Shape, m>& b) {
  std::array<Shape, n + m> all{};
  for (size_t i = 0; i < n; ++i) all[i] = a[i];
  for (size_t i = 0; i < m; ++i) all[n + i] = b[i];
  return all;
}

constexpr std::array javascript_shapes = join(common_shapes, javascript_only);
constexpr std::array tsx_shapes = join(common_shapes, typescript_only);
constexpr std::array typescript_shapes = join(tsx_shapes, typescript_assertion);

constexpr std::string_view environment_calls[] = {"Deno.env.get", "env-var.get", "env-var.from.get",
                                                  "next-runtime-env.env"};
constexpr std::string_view environment_maps[] = {
    "process.env",        "import.meta.env",         "Bun.env", "Deno.env", "globalThis.process.env",
    "global.process.env", "$env/dynamic/private.env"};
constexpr std::string_view fallback_operators[] = {"||", "??"};
constexpr std::string_view concat_operators[] = {"+"};
constexpr std::string_view transparent_members[] = {"default"};
constexpr std::string_view self_names[] = {"this"};

// U+2028 and U+2029 end a line too.
bool is_comment_line(std::string_view line) {
  return line.starts_with("//") && line.find("\xE2\x80\xA8") == std::string_view::npos &&
         line.find("\xE2\x80\xA9") == std::string_view::npos;
}

Language language(std::string_view name, Grammar grammar, std::span<const Shape> shapes) {
  return {.name = name,
          .grammar = grammar,
          .shapes = shapes,
          .environment_calls = environment_calls,
          .environment_maps = environment_maps,
          .fallback_operators = fallback_operators,
          .concat_operators = concat_operators,
          .self_names = self_names,
          .field_prefix = "this.",
          .transparent_members = transparent_members,
          .import = javascript::import_names,
          .call = javascript::special_call,
          .node = javascript::own_node,
          .destructure = javascript::destructure,
          .reassigned = javascript::reassigned,
          .comment_line = is_comment_line,
          .type_name = javascript::type_name};
}

const CompiledLanguage& javascript_language() {
  static const CompiledLanguage compiled(language("javascript", Grammar::JavaScript, javascript_shapes));
  return compiled;
}

const CompiledLanguage& typescript_language() {
  static const CompiledLanguage compiled(language("typescript", Grammar::TypeScript, typescript_shapes));
  return compiled;
}

const CompiledLanguage& tsx_language() {
  static const CompiledLanguage compiled(language("typescript", Grammar::Tsx, tsx_shapes));
  return compiled;
}

// Flow's annotations are close enough to TypeScript's.
bool has_flow_types(std::string_view text) {
  return text.substr(0, 1000).find("@flow") != std::string_view::npos;
}

// Declarations of types only: nothing that runs.
bool declares_types_only(std::string_view path) {
  return path.ends_with(".d.ts") || path.ends_with(".d.mts") || path.ends_with(".d.cts");
}

void extract_javascript(const SourceFile& file, FileFacts& facts) {
  CodeWalker(has_flow_types(file.text) ? tsx_language() : javascript_language(), file, facts).run();
  facts.set_format("javascript");
}

void extract_typescript(const SourceFile& file, FileFacts& facts) {
  facts.set_format("typescript");
  if (declares_types_only(file.path)) return;
  CodeWalker(file.path.ends_with(".tsx") ? tsx_language() : typescript_language(), file, facts).run();
}

void scan_typescript(const SourceFile& file, FileFacts& facts) {
  if (!declares_types_only(file.path)) javascript::scan_imports(file, facts);
}

constexpr std::string_view javascript_patterns[] = {"*.js", "*.mjs", "*.cjs", "*.jsx"};
constexpr std::string_view typescript_patterns[] = {"*.ts", "*.mts", "*.cts", "*.tsx"};
constexpr std::string_view javascript_interpreters[] = {"node", "nodejs"};
constexpr std::string_view typescript_interpreters[] = {"deno", "bun", "ts-node", "tsx"};
constexpr std::string_view environment_words[] = {
    "process.env",  "meta.env",     "Deno.env", "Bun.env", "= process;", "'process'", "\"process\"",
    "node:process", "onfigService", "env-var",  "envalid", "convict",    "getEnv",    "env.get",
    "Env.get",      "env('",        "env(\"",   "Env('",   "Env(\"",     "$env/"};

}  // namespace

const Adapter& javascript_adapter() {
  static constexpr Format formats[] = {{"javascript", "app.js", "js"}};
  static constexpr Adapter adapter{.name = "javascript",
                                   .kind = AdapterKind::Code,
                                   .version = 1,
                                   .patterns = javascript_patterns,
                                   .interpreters = javascript_interpreters,
                                   .extract = extract_javascript,
                                   .scan_imports = javascript::scan_imports,
                                   .environment_words = environment_words,
                                   .formats = formats};
  return adapter;
}

const Adapter& typescript_adapter() {
  static constexpr Format formats[] = {{"typescript", "app.ts", "ts"}};
  static constexpr Adapter adapter{.name = "typescript",
                                   .kind = AdapterKind::Code,
                                   .version = 1,
                                   .patterns = typescript_patterns,
                                   .interpreters = typescript_interpreters,
                                   .extract = extract_typescript,
                                   .scan_imports = scan_typescript,
                                   .environment_words = environment_words,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
