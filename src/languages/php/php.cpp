// PHP: classes that `use` names, constants and fields of a class, variables that $_SERVER holds beside the request.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/code_walker.h"
#include "languages/php/php_imports.h"

extern "C" const TSLanguage* tree_sitter_php();

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr Words self_names = {"this", "self", "static", "parent"};

constexpr NameList types("comment", "attribute_list", "property_element", "arguments");
constexpr NameList fields("parameters", "left", "right", "operator", "name", "default_value", "type");

// $_SERVER holds the request and the server beside the environment.
bool environment_key(std::string_view map, std::string_view key) {
  static constexpr std::array cgi = {"REQUEST_"sv,  "REMOTE_"sv,         "SERVER_"sv,   "SCRIPT_"sv,  "PHP_"sv,
                                     "HTTP_"sv,     "HTTPS"sv,           "DOCUMENT_"sv, "CONTENT_"sv, "QUERY_"sv,
                                     "PATH_INFO"sv, "PATH_TRANSLATED"sv, "ORIG_"sv,     "GATEWAY_"sv, "AUTH_TYPE"sv,
                                     "CONTEXT_"sv,  "REDIRECT_"sv,       "UNIQUE_ID"sv, "SSL_"sv};
  if (map != "_SERVER") return true;
  if (key.size() < 2 || key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != std::string_view::npos)
    return false;
  return std::none_of(cgi.begin(), cgi.end(), [&](std::string_view prefix) { return key.starts_with(prefix); });
}

// "?Foo" and "\A\Foo" → the class; unions and built-in types say nothing of what a method call means.
std::string type_name(CodeWalker& walker, std::string_view type) {
  static constexpr std::array built_in = {"string"sv,   "int"sv,    "float"sv,    "bool"sv,  "array"sv,
                                          "mixed"sv,    "object"sv, "iterable"sv, "void"sv,  "never"sv,
                                          "callable"sv, "null"sv,   "self"sv,     "static"sv};
  if (type.starts_with('?')) type.remove_prefix(1);
  bool plain = type.find_first_of("|&()") == std::string_view::npos;
  if (!plain || contains(built_in, lower(type))) return {};
  return walker.qualify(php_name(type));
}

Value unknown(CodeWalker& walker, Node node) {
  return walker.facts().value(ValueKind::Unknown, {}, node.span());
}

// `new A\B('x')`: a call of the class.
Value object_creation(CodeWalker& walker, Node node) {
  Node made = node.named_child(0);
  while (made && walker.is(made, types["comment"])) made = made.next_named();
  if (!made || walker.role(made) != Role::Name) {
    walker.walk_children(node);
    return unknown(walker, node);
  }
  std::vector<Arg> args = walker.eval_arguments(walker.child(node, types["arguments"]));
  Value bound = walker.eval(made);  // `new $class`: the variable may hold its name
  std::string name = bound.is(ValueKind::Name) ? std::string(bound.text) : walker.spelled(made);
  return walker.finish_call(node, name, args);
}

Value attribute(CodeWalker& walker, Node node) {
  Node name = node.named_child(0);
  std::vector<Arg> args = walker.eval_arguments(walker.field(node, fields["parameters"]));
  walker.add_call(walker.qualify(walker.spelled(name)), args, node.span(), context::Annotation);
  return unknown(walker, node);
}

// `A\B::class` is the class, `self::X` the constant X of this class, `A::X` a name.
Value class_constant(CodeWalker& walker, Node node) {
  Node scope = node.named_child(0);
  Node name = node.named_child(1);
  if (!name) return unknown(walker, node);
  Value object = walker.eval(scope);
  std::string base = object.is(ValueKind::Name) ? std::string(object.text) : walker.spelled(scope);
  std::string_view constant = walker.text(name);
  bool own = self_names.contains(base);
  const Value* bound = own ? walker.lookup(constant) : nullptr;
  if (bound && bound->is_literal()) return *bound;
  if (own) return walker.facts().value(ValueKind::Name, constant, node.span());
  if (constant != "class") base += "." + std::string(constant);
  return walker.facts().value(ValueKind::Name, base, node.span());
}

// `x .= d` says nothing whole about x; `x ??= d` gives it d.
Value augmented_assignment(CodeWalker& walker, Node node) {
  Node target = walker.field(node, fields["left"]);
  Value value = walker.eval(walker.field(node, fields["right"]));
  if (walker.text(walker.field(node, fields["operator"])) != "?\?=") value = unknown(walker, node);
  if (target) walker.assign(target, value, node.span());
  return value;
}

// Binds `$this->name`, which is not the variable $name.
void bind_field(CodeWalker& walker, Node name, const Value& value) {
  walker.bind_member(walker.spelled(name), value);
}

void declare_field(CodeWalker& walker, Node type, Node name) {
  std::string class_name = type ? type_name(walker, walker.text(type)) : std::string();
  if (!class_name.empty() && name)
    bind_field(walker, name, walker.facts().value(ValueKind::Call, class_name, type.span()));
}

// `private Foo $x = 'a', $y;` of a class.
Value properties(CodeWalker& walker, Node node) {
  for (uint32_t i = 0; i < node.named_count(); ++i) {
    Node child = node.named_child(i);
    if (walker.is(child, types["attribute_list"])) walker.walk(child);
    if (!walker.is(child, types["property_element"])) continue;
    Node name = walker.field(child, fields["name"]);
    Node initial = walker.field(child, fields["default_value"]);
    declare_field(walker, walker.field(node, fields["type"]), name);
    if (!name || !initial) continue;
    Value value = walker.eval(initial);
    walker.facts().add(FactKind::Assign, walker.spelled(name), child.span(), value, {}, walker.context());
    if (value.is(ValueKind::Map) || value.is(ValueKind::List)) walker.add_entries(walker.spelled(name), value);
    if (!value.is(ValueKind::Null)) bind_field(walker, name, value);
  }
  return unknown(walker, node);
}

// `__construct(private Foo $x = new Foo)` declares a parameter and a field.
Value promoted(CodeWalker& walker, Node node) {
  Node name = walker.field(node, fields["name"]);
  if (Node initial = walker.field(node, fields["default_value"]); initial && name) {
    Value value = walker.eval(initial);
    walker.facts().add(FactKind::Assign, walker.spelled(name), node.span(), value, {}, walker.context());
  }
  walker.declare(walker.field(node, fields["type"]), name);
  declare_field(walker, walker.field(node, fields["type"]), name);
  return unknown(walker, node);
}

Value boolean(CodeWalker& walker, Node node) {
  return walker.facts().value(ValueKind::Bool, lower(walker.text(node)), node.span());
}

Value shell_command(CodeWalker& walker, Node node) {
  Arg command{{}, walker.eval_string(node)};
  return walker.finish_call(node, "`", {&command, 1});
}

Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  if (name == "define" && args.size() >= 2 && args[0].value.is(ValueKind::String)) {
    std::string constant = php_name(args[0].value.text);
    const Value& value = args[1].value;
    walker.facts().add(FactKind::Assign, constant, node.span(), value, {}, walker.context());
    if (value.is(ValueKind::Map) || value.is(ValueKind::List)) walker.add_entries(constant, value);
    walker.bind(constant, value);
    return unknown(walker, node);
  }
  // The second argument of getenv is no default.
  if (name == "getenv" && !args.empty()) {
    return walker.environment_read(args[0].value.is(ValueKind::String) ? args[0].value.text : std::string_view{}, {},
                                   node.span());
  }
  if (name == "dirname" && !args.empty() && args[0].value.is(ValueKind::Name) && args[0].value.text == "__FILE__") {
    return walker.facts().value(ValueKind::Name, "__DIR__", node.span());
  }
  if (name == "dirname" && !args.empty() && args[0].value.is(ValueKind::Name) &&
      args[0].value.text.starts_with("__DIR__")) {
    return walker.facts().value(ValueKind::Name, std::string(args[0].value.text) + "/..", node.span());
  }
  return {};
}

// `?>` ends the comment and the code, `#[` begins an attribute.
bool is_comment_line(std::string_view line) {
  bool begins = line.starts_with("//") || (line.starts_with('#') && !line.starts_with("#["));
  return begins && line.find("?>") == std::string_view::npos;
}

void import(CodeWalker& walker, Node node) {
  Value path = node.named_child(0) ? walker.eval(node.named_child(0)) : Value{};
  std::string name = php_included_file(path);
  if (!name.empty()) walker.add_import(name, node.span());
}

constexpr Shape shapes[] = {
    {"comment", Role::Skip},
    {"text", Role::Skip},
    {"text_interpolation", Role::Skip},
    {"heredoc_start", Role::Skip},
    {"heredoc_end", Role::Skip},
    {"named_type", Role::Skip},
    {"primitive_type", Role::Skip},
    {"parenthesized_expression", Role::Through},
    {"error_suppression_expression", Role::Through},
    {"by_ref", Role::Through},
    {"cast_expression", Role::Through, "value"},
    {"clone_expression", Role::Through},
    {"string", Role::String},
    {"encapsed_string", Role::String},
    {"heredoc", Role::String},
    {"heredoc_body", Role::String},
    {"nowdoc", Role::String},
    {"nowdoc_body", Role::String},
    {"string_content", Role::StringPart},
    {"nowdoc_string", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"integer", Role::Number},
    {"float", Role::Number},
    {"boolean", boolean},
    {"null", Role::Null},
    {"name", Role::Name},
    {"qualified_name", Role::Name},
    {"relative_name", Role::Name},
    {"relative_scope", Role::Name},
    {"variable_name", Role::Name},
    {"member_access_expression", Role::Member, "object", "name"},
    {"nullsafe_member_access_expression", Role::Member, "object", "name"},
    {"scoped_property_access_expression", Role::Member, "scope", "name"},
    {"class_constant_access_expression", class_constant},
    {"subscript_expression", Role::Subscript},
    {"function_call_expression", Role::Call, "function", "", "arguments"},
    {"member_call_expression", Role::Call, "object", "name", "arguments"},
    {"nullsafe_member_call_expression", Role::Call, "object", "name", "arguments"},
    {"scoped_call_expression", Role::Call, "scope", "name", "arguments"},
    {"object_creation_expression", object_creation},
    {"attribute", attribute},
    {"shell_command_expression", shell_command},
    {"argument", Role::KeywordArg, "name"},
    {"assignment_expression", Role::Assign, "left", "right"},
    {"reference_assignment_expression", Role::Assign, "left", "right"},
    {"augmented_assignment_expression", augmented_assignment},
    {"const_element", Role::Assign},
    {"property_declaration", properties},
    {"static_variable_declaration", Role::Parameter, "", "name", "value"},
    {"simple_parameter", Role::Parameter, "type", "name", "default_value"},
    {"property_promotion_parameter", promoted},
    {"array_creation_expression", Role::List},
    {"array_element_initializer", Role::Pair},
    {"binary_expression", Role::Binary, "left", "right", "operator"},
    {"unary_op_expression", Role::Not},
    {"update_expression", Role::Not},
    {"conditional_expression", Role::Conditional, "condition", "body", "alternative"},
    {"anonymous_function", Role::Lambda, "", "body", "parameters"},
    {"arrow_function", Role::Lambda, "", "body", "parameters"},
    {"function_definition", Role::Function, "name", "body", "parameters"},
    {"method_declaration", Role::Function, "name", "body", "parameters"},
    {"class_declaration", Role::Class, "name", "body"},
    {"trait_declaration", Role::Class, "name", "body"},
    {"interface_declaration", Role::Class, "name", "body"},
    {"enum_declaration", Role::Class, "name", "body"},
    {"base_clause", Role::Supertypes},
    {"class_interface_clause", Role::Supertypes},
    {"if_statement", Role::If, "condition", "body", "alternative"},
    {"else_if_clause", Role::If, "condition", "body"},
    {"while_statement", Role::While, "condition", "body"},
    {"do_statement", Role::While, "condition", "body"},
    {"for_statement", Role::For, "condition", "body"},
    {"foreach_statement", Role::For, "", "body"},
    {"try_statement", Role::Try},
    {"catch_clause", handles_failure},
    {"break_statement", leaves_loop},
    {"exit_statement", leaves_function},
    {"switch_statement", has_own_breaks},
    {"return_statement", Role::Return},
    {"namespace_use_declaration", import_uses},
    {"include_expression", Role::Import},
    {"include_once_expression", Role::Import},
    {"require_expression", Role::Import},
    {"require_once_expression", Role::Import},
    {"namespace_name", Role::Skip},
};

constexpr Language php = {
    .name = "php",
    .grammar = guarded<tree_sitter_php>,
    .files = {"*.php", "*.phtml", "*.inc", "*.php5", "*.php7"},
    .interpreters = {"php"},
    .test_files = {"*Test.php"},
    .example = "index.php",
    .shapes = shapes,
    .types = types.names,
    .fields = fields.names,
    .environment = {.calls = {"env", "getenv", "apache_getenv", "Env.get", "Illuminate.Support.Env.get"},
                    .maps = {"_ENV", "_SERVER"},
                    .words = {"getenv", "_ENV", "_SERVER", "env(", "Env::get"},
                    .is_key = environment_key},
    .shell = {.calls = {"exec", "shell_exec", "system", "passthru", "popen", "proc_open", "`",
                        "Symfony.Component.Process.Process", "Symfony.Component.Process.Process.fromShellCommandline"}},
    .fallback_operators = {"??"},
    .concat_operators = {"."},
    .self_names = self_names,
    .field_prefix = "->",
    .path_calls = {"storage_path", "base_path", "database_path", "public_path", "app_path", "config_path",
                   "resource_path"},
    .trusts_types = true,
    .imports = {.scan = scan_php_imports},
    .import = import,
    .call = call,
    .spelling = php_name,
    .comment_line = is_comment_line,
    .type_name = type_name};

}  // namespace

const Adapter& php_adapter() {
  return code_adapter<php>();
}

}  // namespace tfcheck
