// Java: names through imports and declared types, annotations that read the environment, literals made by calls.
#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/code_walker.h"
#include "languages/jvm.h"

extern "C" const TSLanguage* tree_sitter_java();

namespace tfcheck {

namespace {

constexpr NameList types("scoped_identifier", "identifier", "asterisk", "class_body", "modifiers",
                         "variable_declarator");
constexpr NameList fields("type", "name", "value");

void import(CodeWalker& walker, Node node) {
  Node path_node;
  bool wildcard = false;
  for (Node child : walker.parts(node)) {
    if (walker.is(child, types["scoped_identifier"]) || walker.is(child, types["identifier"])) path_node = child;
    wildcard |= walker.is(child, types["asterisk"]);
  }
  if (!path_node) return;
  std::string_view path = walker.text(path_node);
  if (wildcard) return walker.add_import(std::string(path) + ".*", node.span());
  walker.add_import(path, node.span());
  walker.bind_name(last_word(path), path);
}

// Map.of("a", 1), List.of(…), Arrays.asList(…): the literals of Java.
Value collection(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string_view type = name.substr(0, dot);
  type = last_word(type);
  std::string_view method = name.substr(dot + 1);
  bool maps = (type == "Map" || type == "ImmutableMap") && method == "of";
  bool lists = ((type == "List" || type == "Set" || type == "ImmutableList") && method == "of") ||
               (type == "Arrays" && method == "asList");
  if (lists) return walker.facts().with_items(ValueKind::List, {}, args, node.span());
  if (!maps) return {};
  std::vector<Arg> items;
  for (size_t i = 0; i + 1 < args.size(); i += 2) items.push_back({args[i].value.text, args[i + 1].value});
  return walker.facts().with_items(ValueKind::Map, {}, items, node.span());
}

Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  Role role = walker.role(node);
  bool says_nothing = name == "Override" || name == "SuppressWarnings" || (name == "super" && args.empty());
  if (says_nothing) return walker.facts().value(ValueKind::Unknown, {}, node.span());
  if (role == Role::Annotation) read_jvm_annotation(walker, node, name, args);
  if (role == Role::New) {
    Node last = node.named_count() ? node.named_child(node.named_count() - 1) : Node();
    if (last && walker.is(last, types["class_body"])) {
      walker.push_scope();
      walker.within(context::InFunction, {}, [&] { walker.walk(last); });
      walker.pop_scope();
    }
    // new String("x"), new Integer(5)
    if (name.empty() && args.size() == 1 && (args[0].value.is_literal() || args[0].value.is(ValueKind::Env)))
      return args[0].value;
  }
  if (role != Role::Call) return {};
  if (Value literal = collection(walker, node, name, args)) return literal;
  return spring_property(walker, node, name, args);
}

// `@A private T a = x, b = y;`
bool declaration(CodeWalker& walker, Node node) {
  Node type = walker.field(node, fields["type"]);
  Value injected;
  for (Node child : walker.parts(node)) {
    if (walker.is(child, types["modifiers"])) {
      walker.walk_children(child);
      injected = annotated_read(walker, child);
    } else if (walker.is(child, types["variable_declarator"])) {
      walker.declare_value(type, walker.field(child, fields["name"]), walker.field(child, fields["value"]),
                           child.span());
      if (injected) walker.bind(walker.text(walker.field(child, fields["name"])), injected);
    }
  }
  return true;
}

bool each_loop(CodeWalker& walker, Node node) {
  walker.declare(walker.field(node, fields["type"]), walker.field(node, fields["name"]));
  walker.walk_loop(node, "for", Node(), {});
  return true;
}

constexpr Shape shapes[] = {
    {"line_comment", Role::Skip},
    {"block_comment", Role::Skip},
    {"package_declaration", Role::Skip},
    {"type_arguments", Role::Skip},
    {"type_parameters", Role::Skip},
    {"class_literal", Role::Name},
    {"parenthesized_expression", Role::Through},
    {"cast_expression", Role::Through, "value"},
    {"array_creation_expression", Role::Through, "value"},
    {"string_literal", Role::String},
    {"string_fragment", Role::StringPart},
    {"multiline_string_fragment", Role::StringPart},
    {"character_literal", Role::String},
    {"escape_sequence", Role::Escape},
    {"string_interpolation", Role::Interpolation},
    {"decimal_integer_literal", Role::Number},
    {"hex_integer_literal", Role::Number},
    {"octal_integer_literal", Role::Number},
    {"binary_integer_literal", Role::Number},
    {"decimal_floating_point_literal", Role::Number},
    {"true", Role::True},
    {"false", Role::False},
    {"null_literal", Role::Null},
    {"identifier", Role::Name},
    {"method_reference", Role::Name},
    {"this", Role::Name},
    {"super", Role::Name},
    {"field_access", Role::Member, "object", "field"},
    {"array_access", Role::Subscript, "array", "index"},
    {"method_invocation", Role::Call, "object", "name", "arguments"},
    {"explicit_constructor_invocation", Role::Call, "constructor", "", "arguments"},
    {"object_creation_expression", Role::New, "type", "", "arguments"},
    {"annotation", Role::Annotation, "name", "", "arguments"},
    {"marker_annotation", Role::Annotation, "name"},
    {"element_value_pair", Role::KeywordArg, "key", "value"},
    {"element_value_array_initializer", Role::List},
    {"array_initializer", Role::List},
    {"assignment_expression", Role::Assign, "left", "right"},
    {"formal_parameter", Role::TypedName, "type", "name"},
    {"resource", Role::TypedName, "type", "name", "value"},
    {"unary_expression", Role::Not, "operand"},
    {"update_expression", Role::Not},
    {"binary_expression", Role::Binary, "left", "right", "operator"},
    {"ternary_expression", Role::Conditional, "condition", "consequence", "alternative"},
    {"lambda_expression", Role::Lambda, "", "body", "parameters"},
    {"method_declaration", Role::Function, "name", "body", "parameters"},
    {"constructor_declaration", Role::Function, "name", "body", "parameters"},
    {"compact_constructor_declaration", Role::Function, "name", "body"},
    {"class_declaration", Role::Class, "name", "body"},
    {"interface_declaration", Role::Class, "name", "body"},
    {"enum_declaration", Role::Class, "name", "body"},
    {"record_declaration", Role::Class, "name", "body"},
    {"annotation_type_declaration", Role::Class, "name", "body"},
    {"if_statement", Role::If, "condition", "consequence", "alternative"},
    {"while_statement", Role::While, "condition", "body"},
    {"do_statement", Role::While, "condition", "body"},
    {"for_statement", Role::For, "condition", "body"},
    {"try_statement", Role::Try},
    {"catch_clause", handles_failure},
    {"break_statement", leaves_loop},
    {"return_statement", leaves_function},
    {"switch_expression", has_own_breaks},
    {"try_with_resources_statement", Role::Try},
    {"import_declaration", Role::Import},
    {"local_variable_declaration", declaration},
    {"field_declaration", declaration},
    {"constant_declaration", declaration},
    {"enhanced_for_statement", each_loop},
    {"superclass", Role::Supertypes},
    {"super_interfaces", Role::Supertypes},
    {"extends_interfaces", Role::Supertypes},
    {"type_list", Role::Supertypes},
};

constexpr Language java = {
    .name = "java",
    .grammar = guarded<tree_sitter_java>,
    .files = {"*.java"},
    .test_files = {"*Test.java", "*Tests.java", "*IT.java", "*TestCase.java"},
    .example = "App.java",
    .shapes = shapes,
    .types = types.names,
    .fields = fields.names,
    .environment = {.calls = {"System.getenv", "System.getenv.get", "System.getenv.getOrDefault",
                              "java.lang.System.getenv", "io.github.cdimascio.dotenv.Dotenv.get",
                              "io.github.cdimascio.dotenv.Dotenv.load.get",
                              "io.github.cdimascio.dotenv.Dotenv.configure.load.get",
                              "io.github.cdimascio.dotenv.Dotenv.configure.ignoreIfMissing.load.get",
                              "org.apache.commons.lang3.SystemUtils.getEnvironmentVariable"},
                    .maps = {"System.getenv"},
                    .failing = {"Objects.requireNonNull", "java.util.Objects.requireNonNull"},
                    .words = {"getenv", "@Value", "env.Environment", "Dotenv", "ConfigProperty",
                              "ConfigurationProperties"}},
    .shell = {.calls = {"Runtime.getRuntime.exec", "java.lang.Runtime.getRuntime.exec", "ProcessBuilder",
                        "java.lang.ProcessBuilder"}},
    .exits = {"System.exit", "java.lang.System.exit"},
    .concat_operators = {"+"},
    .self_names = {"this", "super"},
    .plain_types = {"var",   "String", "int",   "long",    "boolean",      "char",    "byte",   "short",
                    "float", "double", "void",  "Integer", "Long",         "Boolean", "Object", "Character",
                    "Byte",  "Short",  "Float", "Double",  "CharSequence", "T"},
    .trusts_types = true,
    .imports = {.forms = {{.keyword = "import ", .skip = "static ", .end = ";"}},
                .stops_at = {"{"},
                .header = {.ecosystem = "maven", .line = "//DEPS "}},
    .import = import,
    .call = call};

}  // namespace

const Adapter& java_adapter() {
  return code_adapter<java>();
}

}  // namespace tfcheck
