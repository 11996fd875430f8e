// C#: names through declared types, object initialisers, attributes, configuration that the environment overrides.
#include <array>

#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/code_walker.h"

extern "C" const TSLanguage* tree_sitter_c_sharp();

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

// The last words of what holds an application's configuration, which the environment overrides.
constexpr std::array configurations = {"configuration"sv,  "Configuration"sv,       "_configuration"sv,
                                       "IConfiguration"sv, "IConfigurationRoot"sv,  "config"sv,
                                       "_config"sv,        "ConfigurationManager"sv};
constexpr std::array list_types = {"List"sv, "HashSet"sv, "Collection"sv};

constexpr NameList types("assignment_expression", "initializer_expression", "implicit_object_creation_expression",
                         "attribute_list", "accessor_list", "primary_constructor_base_type", "argument_list",
                         "attribute_argument_list", "identifier", "variable_declarator", "bracketed_argument_list");
constexpr NameList fields("name", "left", "right", "initializer", "type", "value", "condition", "alternative",
                          "function", "expression");

void import(CodeWalker& walker, Node node) {
  Node alias = walker.field(node, fields["name"]);
  Node path = node.named_child(node.named_count() - 1);
  if (!path) return;
  walker.add_import(walker.text(path), node.span(), alias ? walker.text(alias) : std::string_view{});
  if (alias) walker.bind_name(walker.text(alias), before_first(walker.text(path), '<'));
}

// One element of an object or collection initialiser: `Host = "x"`, `["k"] = v`, `{ "k", v }`, `v`.
Arg initial_element(CodeWalker& walker, Node element) {
  if (walker.is(element, types["assignment_expression"])) {
    Node left = walker.field(element, fields["left"]);
    Node key = left;
    while (key && !walker.is(key, types["identifier"]) && walker.role(key) != Role::String && key.named_count())
      key = key.named_child(0);
    Value value = walker.eval(walker.field(element, fields["right"]));
    bool text = key && walker.role(key) == Role::String;
    std::string_view name = text ? walker.eval(key).text : key ? walker.text(key) : walker.text(left);
    return {walker.facts().keep(name), value};
  }
  if (walker.is(element, types["initializer_expression"]) && element.named_count() == 2) {
    Value key = walker.eval(element.named_child(0));
    return {key.text.empty() ? "*"sv : key.text, walker.eval(element.named_child(1))};
  }
  return {{}, walker.eval(element)};
}

std::vector<Arg> initial_elements(CodeWalker& walker, Node initializer) {
  std::vector<Arg> items;
  for (Node element : walker.parts(initializer)) items.push_back(initial_element(walker, element));
  return items;
}

// `new A(x) { B = y }` is A(x, B=y), and so is `new(x) { B = y }` where a declaration says A; dictionaries and lists
// are the literals that their initialiser says.
Value creation(CodeWalker& walker, Node node, const std::string& name, std::span<const Arg> args) {
  bool implicit = walker.is(node, types["implicit_object_creation_expression"]);
  std::vector<Arg> all(args.begin(), args.end());
  if (implicit) all = walker.eval_arguments(walker.child(node, types["argument_list"]));
  Node initializer =
      implicit ? walker.child(node, types["initializer_expression"]) : walker.field(node, fields["initializer"]);
  std::vector<Arg> items = initial_elements(walker, initializer);
  std::string_view last = last_word(name);
  if (initializer && last.ends_with("Dictionary"))
    return walker.facts().with_items(ValueKind::Map, {}, items, node.span());
  if (initializer && contains(list_types, last))
    return walker.facts().with_items(ValueKind::List, {}, items, node.span());
  all.insert(all.end(), items.begin(), items.end());
  if (name.empty()) {
    bool passes = all.size() == 1 && all[0].value.is_literal();  // new string("x")
    return passes ? all[0].value : walker.facts().value(ValueKind::Unknown, {}, node.span());
  }
  walker.add_call(name, all, node.span());
  for (const Arg& arg : all) {
    bool holds = arg.value.is(ValueKind::Map) || arg.value.is(ValueKind::List);
    if (holds) walker.add_entries(arg.name.empty() ? name : name + "." + std::string(arg.name), arg.value);
  }
  return walker.facts().with_items(ValueKind::Call, name, all, node.span());
}

// Configuration.GetValue<int>("Port", 80), GetConnectionString("Default").
Value configuration_read(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  size_t dot = name.rfind('.');
  if (args.size() > 1 && args[0].value.text.starts_with("typeof(")) args = args.subspan(1);
  if (dot == std::string_view::npos || args.empty() || !args[0].value.is(ValueKind::String)) return {};
  std::string_view method = name.substr(dot + 1);
  std::string_view receiver = name.substr(0, dot);
  if (!contains(configurations, last_word(receiver))) return {};
  if (method == "GetValue")
    return walker.environment_read(args[0].value.text, argument(args, "defaultValue", 1), node.span());
  if (method != "GetConnectionString") return {};
  return walker.environment_read("ConnectionStrings:" + std::string(args[0].value.text), {}, node.span());
}

// `"x".Sha256()` is HashExtensions.Sha256("x") of IdentityServer: what a client is known by.
Value hashed_literal(CodeWalker& walker, Node node, std::string_view method) {
  Node function = walker.field(node, fields["function"]);
  Node receiver = function ? walker.field(function, fields["expression"]) : Node();
  if (!receiver || walker.role(receiver) != Role::String) return {};
  std::array<Arg, 1> hashed = {Arg{{}, walker.eval(receiver)}};
  std::string name = "HashExtensions." + std::string(method);
  walker.add_call(name, hashed, node.span());
  return walker.facts().with_items(ValueKind::Call, name, hashed, node.span());
}

Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  if (walker.role(node) == Role::New) return creation(walker, node, std::string(name), args);
  if (args.empty() && (name.ends_with(".Sha256") || name.ends_with(".Sha512"))) {
    if (Value hashed = hashed_literal(walker, node, last_word(name)); !hashed.is(ValueKind::Absent)) return hashed;
  }
  if (name.ends_with("Environment.GetEnvironmentVariable") && !args.empty()) {
    const Value& variable = args[0].value;
    return walker.environment_read(variable.is(ValueKind::String) ? variable.text : std::string_view{}, {},
                                   node.span());
  }
  if (name.starts_with("ConfigurationBuilder.") && name.ends_with(".Build")) {
    walker.add_call(name, args, node.span());
    return walker.facts().value(ValueKind::Call, "IConfiguration", node.span());
  }
  if (name == "nameof") return walker.facts().value(ValueKind::Unknown, {}, node.span());
  return configuration_read(walker, node, name, args);
}

void declare(CodeWalker& walker, Node type, Node name, Node value, Span span) {
  if (!value || !walker.is(value, types["implicit_object_creation_expression"]))
    return walker.declare_value(type, name, value, span);
  walker.assign(name, creation(walker, value, walker.type_name(walker.text(type)), {}), span);
}

bool property(CodeWalker& walker, Node node) {
  Node type = walker.field(node, fields["type"]);
  Node name = walker.field(node, fields["name"]);
  Node value = walker.field(node, fields["value"]);
  for (Node child : walker.parts(node)) {
    if (walker.is(child, types["attribute_list"]) || walker.is(child, types["accessor_list"])) walker.walk(child);
  }
  declare(walker, type, name, value, node.span());
  return true;
}

bool declaration(CodeWalker& walker, Node node) {
  Node type = walker.field(node, fields["type"]);
  for (Node child : walker.parts(node)) {
    if (!walker.is(child, types["variable_declarator"])) continue;
    Node name = walker.field(child, fields["name"]);
    Node value = child.named_child(child.named_count() - 1);
    bool has_value = value && name && value.id() != name.id() && !walker.is(value, types["bracketed_argument_list"]);
    if (name)
      declare(walker, type, name, has_value ? value : Node(), child.span());
    else
      walker.walk_children(child);  // `var (a, b) = f();`
  }
  return true;
}

// new { user = "x", Name }
Value anonymous_object(CodeWalker& walker, Node node) {
  std::vector<Arg> items;
  Node name;
  bool named = false;
  for_each_child(node, [&](Node child) {
    if (!child.named()) {
      named |= walker.text(child) == "=";
    } else if (walker.is(child, types["identifier"]) && !named) {
      name = child;
    } else {
      std::string_view key = named ? walker.facts().keep(walker.text(name)) : std::string_view{};
      items.push_back({key, walker.eval(child)});
      named = false;
    }
  });
  return walker.facts().with_items(ValueKind::Map, {}, items, node.span());
}

bool attribute(CodeWalker& walker, Node node) {
  std::vector<Arg> args = walker.eval_arguments(walker.child(node, types["attribute_argument_list"]));
  std::string name = walker.type_name(walker.text(walker.field(node, fields["name"])));
  if (!name.empty()) walker.add_call(name, args, node.span(), context::Annotation);
  return true;
}

// What a class extends and implements: calls of the supertype in the scope of the class, flagged as annotations.
bool supertypes(CodeWalker& walker, Node node) {
  for (Node child : walker.parts(node)) {
    Node arguments =
        walker.is(child, types["primary_constructor_base_type"]) ? walker.child(child, types["argument_list"]) : Node();
    if (walker.is(child, types["argument_list"])) continue;
    std::string name = walker.type_name(before_first(walker.text(child), '('));
    if (!name.empty()) walker.add_call(name, walker.eval_arguments(arguments), child.span(), context::Annotation);
  }
  return true;
}

// `: base("name=Default")` is a call of "base".
bool constructor_initializer(CodeWalker& walker, Node node) {
  std::vector<Arg> args = walker.eval_arguments(walker.child(node, types["argument_list"]));
  if (!args.empty()) walker.add_call("base", args, node.span());
  return true;
}

// `#if DEBUG … #else … #endif`
bool preprocessor_branch(CodeWalker& walker, Node node) {
  Node condition = walker.field(node, fields["condition"]);
  Node alternative = walker.field(node, fields["alternative"]);
  bool debug = condition && walker.text(condition) == "DEBUG";
  bool release = condition && walker.text(condition) == "!DEBUG";
  for (Node child : walker.parts(node)) {
    if (condition && child.id() == condition.id()) continue;
    bool other = alternative && child.id() == alternative.id();
    bool guarded = other ? release : debug;
    walker.within(guarded ? context::DevGuard : 0, {}, [&] { walker.walk(child); });
  }
  return true;
}

constexpr Shape shapes[] = {
    {"comment", Role::Skip},
    {"modifier", Role::Skip},
    {"array_type", Role::Skip},
    {"type_argument_list", Role::Skip},
    {"type_parameter_list", Role::Skip},
    {"type_parameter_constraints_clause", Role::Skip},
    {"preproc_region", Role::Skip},
    {"preproc_endregion", Role::Skip},
    {"preproc_pragma", Role::Skip},
    {"interpolation_start", Role::Skip},
    {"interpolation_quote", Role::Skip},
    {"interpolation_brace", Role::Skip},
    {"parenthesized_expression", Role::Through},
    {"await_expression", Role::Through},
    {"checked_expression", Role::Through},
    {"ref_expression", Role::Through},
    {"arrow_expression_clause", Role::Through},
    {"collection_element", Role::Through},
    {"expression_element", Role::Through},
    {"constant_pattern", Role::Through},
    {"implicit_array_creation_expression", Role::Through},
    {"array_creation_expression", Role::Through},
    {"generic_name", Role::Through},
    {"cast_expression", Role::Through, "value"},
    {"as_expression", Role::Through, "left"},
    {"string_literal", Role::String},
    {"verbatim_string_literal", Role::String},
    {"raw_string_literal", Role::String},
    {"interpolated_string_expression", Role::String},
    {"character_literal", Role::String},
    {"string_literal_content", Role::StringPart},
    {"raw_string_content", Role::StringPart},
    {"string_content", Role::StringPart},
    {"character_literal_content", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"interpolation", Role::Interpolation},
    {"integer_literal", Role::Number},
    {"real_literal", Role::Number},
    {"boolean_literal", Role::True},
    {"null_literal", Role::Null},
    {"identifier", Role::Name},
    {"predefined_type", Role::Name},
    {"typeof_expression", Role::Name},
    {"member_access_expression", Role::Member, "expression", "name"},
    {"conditional_access_expression", Role::Member, "condition"},
    {"element_access_expression", Role::Subscript, "expression", "subscript"},
    {"invocation_expression", Role::Call, "function", "", "arguments"},
    {"object_creation_expression", Role::New, "type", "", "arguments"},
    {"implicit_object_creation_expression", Role::New},
    {"argument", Role::KeywordArg, "name"},
    {"attribute_argument", Role::KeywordArg, "name"},
    {"initializer_expression", Role::List},
    {"anonymous_object_creation_expression", anonymous_object},
    {"collection_expression", Role::List},
    {"tuple_expression", Role::List},
    {"assignment_expression", Role::Assign, "left", "right"},
    {"parameter", Role::Parameter, "type", "name", "'='"},
    {"prefix_unary_expression", Role::Not},
    {"postfix_unary_expression", Role::Not},
    {"binary_expression", Role::Binary, "left", "right", "operator"},
    {"is_pattern_expression", Role::Binary, "expression", "pattern"},
    {"conditional_expression", Role::Conditional, "condition", "consequence", "alternative"},
    {"lambda_expression", Role::Lambda, "", "body", "parameters"},
    {"anonymous_method_expression", Role::Lambda, "", "", "parameters"},
    {"method_declaration", Role::Function, "name", "body", "parameters"},
    {"constructor_declaration", Role::Function, "name", "body", "parameters"},
    {"local_function_statement", Role::Function, "name", "body", "parameters"},
    {"class_declaration", Role::Class, "name", "body"},
    {"struct_declaration", Role::Class, "name", "body"},
    {"record_declaration", Role::Class, "name", "body"},
    {"interface_declaration", Role::Class, "name", "body"},
    {"enum_declaration", Role::Class, "name", "body"},
    {"if_statement", Role::If, "condition", "consequence", "alternative"},
    {"while_statement", Role::While, "condition", "body"},
    {"do_statement", Role::While, "condition", "body"},
    {"for_statement", Role::For, "condition", "body"},
    {"foreach_statement", Role::For, "", "body"},
    {"try_statement", Role::Try},
    {"catch_clause", handles_failure},
    {"break_statement", leaves_loop},
    {"return_statement", leaves_function},
    {"switch_statement", has_own_breaks},
    {"using_directive", Role::Import},
    {"variable_declaration", declaration},
    {"property_declaration", property},
    {"attribute", attribute},
    {"base_list", supertypes},
    {"constructor_initializer", constructor_initializer},
    {"preproc_if", preprocessor_branch},
    {"preproc_elif", preprocessor_branch},
};

constexpr Language csharp = {
    .name = "csharp",
    .grammar = guarded<tree_sitter_c_sharp>,
    .files = {"*.cs", "*.csx"},
    .test_files = {"*Tests.cs", "*Test.cs"},
    .example = "Program.cs",
    .alias = "cs",
    .shapes = shapes,
    .types = types.names,
    .fields = fields.names,
    .environment = {.maps = {"configuration", "Configuration", "_configuration", "IConfiguration", "IConfigurationRoot",
                             "WebApplication.CreateBuilder.Configuration",
                             "WebApplication.CreateBuilder.Build.Configuration", "builder.Configuration",
                             "app.Configuration", "context.Configuration", "hostContext.Configuration",
                             "hostingContext.Configuration"},
                    .indexed_only = true,
                    .words = {"GetEnvironmentVariable", "onfiguration[", "GetValue", "GetConnectionString", "config["}},
    .shell = {.calls = {"Process.Start"}, .arguments_are_text = true},
    .exits = {"Environment.Exit", "System.Environment.Exit"},
    .fallback_operators = {"??"},
    .concat_operators = {"+"},
    .self_names = {"this", "base"},
    .plain_types = {"var", "string", "int", "long", "bool", "char", "byte", "short", "float", "double", "decimal",
                    "object", "String", "uint", "ulong", "void", "dynamic"},
    .trusts_types = true,
    .imports = {.forms = {{.keyword = "using ", .skip = "static ", .end = ";", .alias = "="},
                          {.keyword = "global using ", .skip = "static ", .end = ";", .alias = "="}},
                .stops_at = {"public ", "class ", "internal "},
                .header = {.ecosystem = "nuget", .line = "#:package ", .version = "@"}},
    .import = import,
    .call = call};

}  // namespace

const Adapter& csharp_adapter() {
  return code_adapter<csharp>();
}

}  // namespace tfcheck
