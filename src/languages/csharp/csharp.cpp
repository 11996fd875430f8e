#include "languages/csharp/csharp.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "languages/code_walker.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

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
    {"collection_expression", Role::List},
    {"tuple_expression", Role::List},
    {"assignment_expression", Role::Assign, "left", "right"},
    {"parameter", Role::TypedName, "type", "name"},
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
    {"using_directive", Role::Import},
};

constexpr std::string_view environment_maps[] = {"configuration",
                                                 "Configuration",
                                                 "_configuration",
                                                 "IConfiguration",
                                                 "IConfigurationRoot",
                                                 "WebApplication.CreateBuilder.Configuration",
                                                 "WebApplication.CreateBuilder.Build.Configuration",
                                                 "builder.Configuration",
                                                 "app.Configuration",
                                                 "context.Configuration",
                                                 "hostContext.Configuration",
                                                 "hostingContext.Configuration"};
constexpr std::string_view fallback_operators[] = {"??"};
constexpr std::string_view concat_operators[] = {"+"};
constexpr std::string_view self_names[] = {"this", "base"};
// Types that name no library; a variable of such a type hides an outer one of its name.
constexpr std::array plain_types = {"var"sv,    "string"sv, "int"sv,   "long"sv,   "bool"sv,    "char"sv,
                                    "byte"sv,   "short"sv,  "float"sv, "double"sv, "decimal"sv, "object"sv,
                                    "String"sv, "uint"sv,   "ulong"sv, "void"sv,   "dynamic"sv};
// The last words of what holds an application's configuration, which the environment overrides.
constexpr std::array configurations = {"configuration"sv,  "Configuration"sv,       "_configuration"sv,
                                       "IConfiguration"sv, "IConfigurationRoot"sv,  "config"sv,
                                       "_config"sv,        "ConfigurationManager"sv};
constexpr std::array list_types = {"List"sv, "HashSet"sv, "Collection"sv};

template <size_t n>
bool one_of(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string type_name(CodeWalker& walker, std::string_view spelled) {
  std::string_view plain = trim(before_first(before_first(before_first(spelled, '<'), '['), '?'));
  if (plain.starts_with("global::")) plain.remove_prefix(8);
  if (plain.starts_with("(") || one_of(plain_types, plain)) return {};
  return walker.qualify(plain);
}

void import(CodeWalker& walker, Node node) {
  Node alias = node.field("name");
  Node path = node.named_child(node.named_count() - 1);
  if (!path) return;
  walker.add_import(walker.text(path), node.span(), alias ? walker.text(alias) : std::string_view{});
  if (alias) walker.bind_name(walker.text(alias), before_first(walker.text(path), '<'));
}

Node child_of_type(CodeWalker& walker, Node node, std::string_view type) {
  for (Node child : walker.parts(node)) {
    if (child.type() == type) return child;
  }
  return {};
}

// One element of an object or collection initialiser: `Host = "x"`, `["k"] = v`, `{ "k", v }`, `v`.
Arg initial_element(CodeWalker& walker, Node element) {
  if (element.type() == "assignment_expression") {
    Node left = element.field("left");
    Node key = left;
    while (key && key.type() != "identifier" && walker.role(key) != Role::String && key.named_count())
      key = key.named_child(0);
    Value value = walker.eval(element.field("right"));
    bool text = key && walker.role(key) == Role::String;
    std::string_view name = text ? walker.eval(key).text : key ? walker.text(key) : walker.text(left);
    return {walker.facts().keep(name), value};
  }
  if (element.type() == "initializer_expression" && element.named_count() == 2) {
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
  bool implicit = node.type() == "implicit_object_creation_expression";
  std::vector<Arg> all(args.begin(), args.end());
  if (implicit) all = walker.eval_arguments(child_of_type(walker, node, "argument_list"));
  Node initializer = implicit ? child_of_type(walker, node, "initializer_expression") : node.field("initializer");
  std::vector<Arg> items = initial_elements(walker, initializer);
  std::string_view last = std::string_view(name).substr(name.rfind('.') + 1);
  if (initializer && last.ends_with("Dictionary"))
    return walker.facts().with_items(ValueKind::Map, {}, items, node.span());
  if (initializer && one_of(list_types, last))
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
  if (!one_of(configurations, receiver.substr(receiver.rfind('.') + 1))) return {};
  if (method == "GetValue")
    return walker.environment_read(args[0].value.text, argument(args, "defaultValue", 1), node.span());
  if (method != "GetConnectionString") return {};
  return walker.environment_read("ConnectionStrings:" + std::string(args[0].value.text), {}, node.span());
}

Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  if (walker.role(node) == Role::New) return creation(walker, node, std::string(name), args);
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
  if (!value || value.type() != "implicit_object_creation_expression")
    return walker.declare_value(type, name, value, span);
  walker.assign(name, creation(walker, value, type_name(walker, walker.text(type)), {}), span);
}

bool property(CodeWalker& walker, Node node) {
  Node type = node.field("type");
  Node name = node.field("name");
  Node value = node.field("value");
  for (Node child : walker.parts(node)) {
    if (child.type() == "attribute_list" || child.type() == "accessor_list") walker.walk(child);
  }
  declare(walker, type, name, value, node.span());
  return true;
}

bool declaration(CodeWalker& walker, Node node) {
  Node type = node.field("type");
  for (Node child : walker.parts(node)) {
    if (child.type() != "variable_declarator") continue;
    Node name = child.field("name");
    Node value = child.named_child(child.named_count() - 1);
    bool has_value = value && name && value.id() != name.id() && value.type() != "bracketed_argument_list";
    if (name)
      declare(walker, type, name, has_value ? value : Node(), child.span());
    else
      walker.walk_children(child);  // `var (a, b) = f();`
  }
  return true;
}

bool attribute(CodeWalker& walker, Node node) {
  std::vector<Arg> args = walker.eval_arguments(child_of_type(walker, node, "attribute_argument_list"));
  std::string name = type_name(walker, walker.text(node.field("name")));
  if (!name.empty()) walker.add_call(name, args, node.span(), context::Annotation);
  return true;
}

// What a class extends and implements: calls of the supertype in the scope of the class, flagged as annotations.
bool supertypes(CodeWalker& walker, Node node) {
  for (Node child : walker.parts(node)) {
    Node arguments =
        child.type() == "primary_constructor_base_type" ? child_of_type(walker, child, "argument_list") : Node();
    if (child.type() == "argument_list") continue;
    std::string name = type_name(walker, before_first(walker.text(child), '('));
    if (!name.empty()) walker.add_call(name, walker.eval_arguments(arguments), child.span(), context::Annotation);
  }
  return true;
}

// `: base("name=Default")` is a call of "base".
bool constructor_initializer(CodeWalker& walker, Node node) {
  std::vector<Arg> args = walker.eval_arguments(child_of_type(walker, node, "argument_list"));
  if (!args.empty()) walker.add_call("base", args, node.span());
  return true;
}

// `#if DEBUG … #else … #endif`
bool preprocessor_branch(CodeWalker& walker, Node node) {
  Node condition = node.field("condition");
  Node alternative = node.field("alternative");
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

bool node(CodeWalker& walker, Node node) {
  std::string_view type = node.type();
  if (type == "variable_declaration") return declaration(walker, node);
  if (type == "property_declaration") return property(walker, node);
  if (type == "attribute") return attribute(walker, node);
  if (type == "base_list") return supertypes(walker, node);
  if (type == "constructor_initializer") return constructor_initializer(walker, node);
  if (type == "preproc_if" || type == "preproc_elif") return preprocessor_branch(walker, node);
  return false;
}

const CompiledLanguage& language() {
  static const CompiledLanguage compiled({.name = "csharp",
                                          .grammar = Grammar::CSharp,
                                          .shapes = shapes,
                                          .environment_maps = environment_maps,
                                          .fallback_operators = fallback_operators,
                                          .concat_operators = concat_operators,
                                          .self_names = self_names,
                                          .import = import,
                                          .call = call,
                                          .node = node,
                                          .trusts_types = true,
                                          .type_name = type_name});
  return compiled;
}

void extract(const SourceFile& file, FileFacts& facts) {
  CodeWalker(language(), file, facts).run();
}

// `using A.B;`, `global using A;`, `using static A;` and `using X = A;`, up to the first type.
void scan_imports(const SourceFile& file, FileFacts& facts) {
  size_t begin = 0;
  while (begin < file.text.size()) {
    std::string_view raw = before_first(file.text.substr(begin), '\n');
    std::string_view line = trim(raw);
    auto offset = static_cast<uint32_t>(begin + static_cast<size_t>(line.data() - raw.data()));
    begin += raw.size() + 1;
    if (line.starts_with("public ") || line.starts_with("class ") || line.starts_with("internal ")) return;
    size_t at = line.starts_with("global using ") ? 13 : line.starts_with("using ") ? 6 : 0;
    size_t end = line.find(';');
    if (at == 0 || end == std::string_view::npos) continue;
    std::string_view path = trim(line.substr(at, end - at));
    if (path.starts_with("static ")) path = trim(path.substr(7));
    std::string_view alias;
    if (size_t equals = path.find('='); equals != std::string_view::npos) {
      alias = trim(path.substr(0, equals));
      path = trim(path.substr(equals + 1));
    }
    if (path.find_first_of(" (\"") != std::string_view::npos || alias.find(' ') != std::string_view::npos)
      continue;  // `using var x = …`
    Span span{offset, offset + static_cast<uint32_t>(end + 1)};
    facts.add(FactKind::Import, path, span, alias.empty() ? Value{} : facts.string(alias, span));
  }
}

constexpr std::string_view patterns[] = {"*.cs", "*.csx"};
constexpr std::string_view environment_words[] = {"GetEnvironmentVariable", "onfiguration[", "GetValue",
                                                  "GetConnectionString", "config["};

}  // namespace

const Adapter& csharp_adapter() {
  static constexpr Format formats[] = {{"csharp", "Program.cs", "cs"}};
  static constexpr Adapter adapter{.name = "csharp",
                                   .kind = AdapterKind::Code,
                                   .version = 1,
                                   .patterns = patterns,
                                   .extract = extract,
                                   .scan_imports = scan_imports,
                                   .environment_words = environment_words,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
