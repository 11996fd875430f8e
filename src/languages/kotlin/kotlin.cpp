// Kotlin: names through imports and declared types, properties, lambdas behind calls, `a to b` as entries of maps.
#include <cctype>

#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/code_walker.h"
#include "languages/jvm.h"

extern "C" const TSLanguage* tree_sitter_kotlin();

namespace tfcheck {

namespace {

constexpr NameList types("modifiers", "parameter", "class_parameter", "user_type", "nullable_type", "identifier",
                         "variable_declaration");

// The grammar leaves `$name` in the text of a literal.
Value text(CodeWalker& walker, Node node) {
  Value value = walker.eval_string(node);
  std::string content(value.text);
  bool open = value.is(ValueKind::Template);
  for (size_t at = content.find('$'); at != std::string::npos; at = content.find('$', at + 1)) {
    size_t end = at + 1;
    while (end < content.size() && (std::isalnum(static_cast<unsigned char>(content[end])) || content[end] == '_'))
      ++end;
    if (end == at + 1) continue;
    const Value* bound = walker.lookup(std::string_view(content).substr(at + 1, end - at - 1));
    bool known = bound && (bound->is_literal() || bound->is(ValueKind::Env));
    std::string name = known ? std::string(bound->text) : content.substr(at + 1, end - at - 1);
    content.replace(at, end - at, known && bound->is_literal() ? name : "${" + name + "}");
    open |= !known || !bound->is_literal();
  }
  return walker.facts().value(open ? ValueKind::Template : ValueKind::String, content, node.span());
}

// mapOf("a" to 1), listOf("x"): the literals of Kotlin.
Value collection(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  static constexpr Words lists = {"listOf", "setOf", "arrayOf", "mutableListOf", "mutableSetOf", "listOfNotNull"};
  static constexpr Words maps = {"mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf"};
  if (lists.contains(name)) return walker.facts().with_items(ValueKind::List, {}, args, node.span());
  if (!maps.contains(name)) return {};
  std::vector<Arg> items;
  for (const Arg& arg : args) {
    if (arg.value.text == "to" && arg.value.item_count == 2)
      items.push_back({arg.value.items()[0].value.text, arg.value.items()[1].value});
  }
  return walker.facts().with_items(ValueKind::Map, {}, items, node.span());
}

Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  if (walker.context().has(context::Annotation)) read_jvm_annotation(walker, node, name, args);
  if (walker.role(node) != Role::Call) return {};
  if (Value literal = collection(walker, node, name, args)) return literal;
  return spring_property(walker, node, name, args);
}

// What a caller may replace: an Assign fact that is not folded.
void add_default(CodeWalker& walker, Node name, Node value) {
  if (Value fallback = walker.eval(value))
    walker.facts().add(FactKind::Assign, walker.text(name), name.span(), fallback, {}, walker.context());
}

// `class A(@Value("…") val host: String = "db")`, `lateinit var url: String`, `val host by lazy { … }`, `for (x in y)`
bool declaration(CodeWalker& walker, Node node) {
  Node inner = walker.child(node, types["variable_declaration"]);
  Node declared = inner ? inner : node, value = walker.part_a(node), name = walker.child(declared, types["identifier"]);
  Node type = walker.child(declared, types["user_type"]);
  if (!type) type = walker.child(declared, types["nullable_type"]);
  if (name.id() == value.id()) name = Node();  // `val (a, b) = pair`
  Value injected;
  for (Node child : walker.parts(node)) {
    if (walker.is(child, types["modifiers"])) {
      walker.walk_children(child);
      injected = annotated_read(walker, child);
    } else if (child.id() != name.id() && child.id() != type.id() && child.id() != inner.id() &&
               child.id() != value.id()) {
      walker.walk(child);
    }
  }
  bool parameter = walker.is(node, types["class_parameter"]);
  if (parameter && value) add_default(walker, name, value);
  walker.bind(walker.text(name), walker.facts().value(ValueKind::Unknown, {}, node.span()));
  walker.declare_value(type, name, parameter ? Node() : value, node.span());
  if (injected) walker.bind(walker.text(name), injected);
  return true;
}

// `(host: String = "db", port: Int)`: a default stands behind its parameter.
bool parameters(CodeWalker& walker, Node node) {
  Node last;
  for (Node child : walker.parts(node)) {
    if (walker.is(child, types["parameter"]))
      walker.walk(child), last = walker.child(child, types["identifier"]);
    else if (last)
      add_default(walker, last, child);
  }
  return true;
}

// `fun key() = "…"`
bool function_body(CodeWalker& walker, Node node) {
  Node only = walker.only_part(node);
  if (walker.role(only) != Role::String && walker.role(only) != Role::Custom) return false;
  walker.add_returned(walker.eval(only));
  return true;
}

constexpr Shape shapes[] = {
    {"line_comment", Role::Skip},
    {"block_comment", Role::Skip},
    {"type_arguments", Role::Skip},
    {"type_parameters", Role::Skip},
    {"identifier", Role::Name},
    {"this_expression", Role::Name},
    {"callable_reference", Role::Name},
    {"string_literal", text},
    {"multiline_string_literal", Role::String},
    {"character_literal", Role::String},
    {"string_content", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"interpolation", Role::Interpolation},
    {"number_literal", Role::Number},
    {"float_literal", Role::Number},
    {"collection_literal", Role::List},
    {"navigation_expression", Role::Member},
    {"index_expression", Role::Subscript},
    {"call_expression", Role::Call, "0", "", "#value_arguments"},
    {"constructor_invocation", Role::New, "#user_type", "", "#value_arguments"},
    {"value_argument", Role::KeywordArg},
    {"spread_expression", Role::Spread},
    {"annotation", Role::Annotation},
    {"delegation_specifiers", Role::Supertypes},
    {"delegation_specifier", Role::Supertypes},
    {"explicit_delegation", Role::New, "#user_type"},
    {"parenthesized_expression", Role::Through},
    {"as_expression", Role::Through, "left"},
    {"annotated_lambda", Role::Through, "#lambda_literal"},
    {"binary_expression", Role::Binary, "left", "right", "operator"},
    {"infix_expression", Role::Binary, "0", "2", "1"},
    {"unary_expression", Role::Not, "argument"},
    {"assignment", Role::Assign, "left", "right"},
    {"class_parameter", declaration, "'='"},
    {"variable_declaration", declaration},
    {"property_declaration", declaration, "'='"},
    {"parameter", declaration},
    {"function_value_parameters", parameters},
    {"function_body", function_body},
    {"function_declaration", Role::Function, "name"},
    {"secondary_constructor", Role::Function},
    {"lambda_literal", Role::Lambda, "", "*"},
    {"anonymous_function", Role::Lambda, "", "#function_body"},
    {"class_declaration", Role::Class, "name"},
    {"object_declaration", Role::Class, "name"},
    {"if_expression", Role::If, "condition"},
    {"while_statement", Role::While, "condition"},
    {"do_while_statement", Role::While, "condition"},
    {"for_statement", Role::For},
    {"when_expression", may_run},
    {"try_expression", Role::Try},
    {"catch_block", handles_failure},
    {"return_expression", Role::Return},
    {"import", Role::Import, "#qualified_identifier", "#identifier"},
};

constexpr Language kotlin = {
    .name = "kotlin",
    .grammar = guarded<tree_sitter_kotlin>,
    .files = {"*.kt", "*.kts"},
    .test_files = {"*Test.kt", "*Tests.kt", "*IT.kt", "*Spec.kt", "*TestCase.kt"},
    .example = "App.kt",
    .alias = "kt",
    .shapes = shapes,
    .types = types.names,
    .environment = {.calls = {"System.getenv", "System.getenv.get", "System.getenv.getOrDefault",
                              "System.getenv.getValue", "java.lang.System.getenv",
                              "io.github.cdimascio.dotenv.dotenv.get"},
                    .maps = {"System.getenv", "io.github.cdimascio.dotenv.dotenv"},
                    .failing = {"System.getenv.getValue"},
                    .words = {"getenv", "@Value", "env.Environment", "otenv", "ConfigProperty",
                              "ConfigurationProperties"}},
    .shell = {.calls = {"Runtime.getRuntime.exec", "ProcessBuilder", "java.lang.ProcessBuilder"}},
    .exits = {"exitProcess", "kotlin.system.exitProcess", "System.exit"},
    .fallback_operators = {"?:"},
    .concat_operators = {"+"},
    .self_names = {"this", "super"},
    .transparent_methods = {"trimIndent", "trimMargin", "trim", "toInt", "toLong", "toString"},
    .plain_types = {"String", "Int", "Long", "Boolean", "Char", "Byte", "Short", "Float", "Double", "Any", "Unit", "T"},
    .literal_names = {"true", "false", "null"},
    .loop_exits = {"break"},
    .trusts_types = true,
    .imports = {.forms = {{.keyword = "import ", .alias = " as "}}, .stops_at = {"{"}},
    .call = call};

}  // namespace

const Adapter& kotlin_adapter() {
  return code_adapter<kotlin>();
}

}  // namespace tfcheck
