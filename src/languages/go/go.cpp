// Go: packages by their import paths, composite literals, struct tags and flags that read the environment.
#include <array>

#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/code_walker.h"

extern "C" const TSLanguage* tree_sitter_go();

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

// Types that name no library; a variable of such a type hides an outer one of its name.
constexpr std::array plain_types = {"string"sv, "int"sv,    "int8"sv,   "int16"sv,  "int32"sv,   "int64"sv,   "uint"sv,
                                    "uint8"sv,  "uint16"sv, "uint32"sv, "uint64"sv, "float32"sv, "float64"sv, "bool"sv,
                                    "byte"sv,   "rune"sv,   "error"sv,  "any"sv,    "uintptr"sv};
// Built-in functions of no interest by themselves.
constexpr std::array builtins = {"len"sv, "cap"sv,   "copy"sv,    "min"sv,   "max"sv,
                                 "new"sv, "print"sv, "println"sv, "string"sv};

constexpr NameList types("import_spec", "import_spec_list", "for_clause", "range_clause", "composite_literal",
                         "identifier", "block");
constexpr NameList fields("path", "name", "left", "operator", "right", "type", "value", "condition", "receiver",
                          "function", "tag", "arguments");

bool is_version(std::string_view element) {
  return element.size() > 1 && element[0] == 'v' && is_digits(element.substr(1));
}

std::string_view without_suffix(std::string_view text, std::string_view suffix) {
  return text.size() > suffix.size() && text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text;
}

// The package that an import path binds when no alias says so: by convention its last element, less decoration.
std::string_view package_name(std::string_view path) {
  std::string_view last = base_name(path);
  if (is_version(last) && last.size() < path.size()) last = base_name(dir_name(path));
  size_t dot = last.rfind('.');
  if (dot != std::string_view::npos && is_version(last.substr(dot + 1))) last = last.substr(0, dot);
  if (last.starts_with("go-")) last.remove_prefix(3);
  last = without_suffix(without_suffix(without_suffix(last, "-go"), ".go"), "-golang");
  return last.substr(last.rfind('-') + 1);
}

std::string_view unquoted(std::string_view literal) {
  return literal.size() < 2 ? std::string_view{} : literal.substr(1, literal.size() - 2);
}

void import_one(CodeWalker& walker, Node spec) {
  std::string_view path = unquoted(walker.text(walker.field(spec, fields["path"])));
  Node alias_node = walker.field(spec, fields["name"]);
  std::string_view alias = alias_node ? walker.text(alias_node) : std::string_view{};
  walker.add_import(path, spec.span(), alias);
  if (alias == "_" || alias == ".") return;
  walker.bind_name(alias.empty() ? package_name(path) : alias, path);
}

void import(CodeWalker& walker, Node node) {
  for (Node child : walker.parts(node)) {
    if (walker.is(child, types["import_spec"])) import_one(walker, child);
    if (walker.is(child, types["import_spec_list"])) import(walker, child);
  }
}

std::string type_name(CodeWalker& walker, std::string_view spelled) {
  while (!spelled.empty() && (spelled[0] == '*' || spelled[0] == '&' || spelled[0] == '(')) spelled.remove_prefix(1);
  bool structural = spelled.empty() || spelled[0] == '[' || spelled.starts_with("map[") ||
                    spelled.starts_with("func") || spelled.starts_with("struct") || spelled.starts_with("interface") ||
                    spelled.starts_with("chan") || spelled.starts_with("<-") || spelled.starts_with("...");
  if (structural || contains(plain_types, spelled)) return {};
  return walker.qualify(trim(before_first(before_first(spelled, '['), ')')));
}

// `env:"PORT,default=8080" envDefault:"80"`: the value of one key of a struct tag, "" when it is not there.
std::string_view tag_value(std::string_view tag, std::string_view key) {
  for (size_t at = tag.find(key); at != std::string_view::npos; at = tag.find(key, at + 1)) {
    size_t quote = at + key.size();
    bool whole = (at == 0 || tag[at - 1] == ' ' || tag[at - 1] == '\t') && tag.substr(quote).starts_with(":\"");
    if (!whole) continue;
    std::string_view rest = tag.substr(quote + 2);
    return before_first(rest, '"');
  }
  return {};
}

// Fields that configuration libraries (caarlos0/env, envconfig, cleanenv, kong) fill from the environment.
void read_tag(CodeWalker& walker, Node field, Node tag_node) {
  std::string_view tag = unquoted(walker.text(tag_node));
  for (std::string_view key : {"env"sv, "envconfig"sv}) {
    std::string_view setting = tag_value(tag, key);
    std::string_view variable = before_first(setting, ',');
    if (!is_variable(variable)) continue;
    std::string_view fallback;
    for (std::string_view name : {"envDefault"sv, "env-default"sv, "default"sv}) {
      if (fallback.empty()) fallback = tag_value(tag, name);
    }
    if (size_t at = setting.find(",default="); fallback.empty() && at != std::string_view::npos) {
      fallback = before_first(setting.substr(at + 9), ',');
    }
    Value value = fallback.empty() ? Value{} : walker.facts().string(fallback, tag_node.span());
    Value read = walker.environment_read(variable, value, field.span());
    bool required = setting.find(",required") != std::string_view::npos ||
                    setting.find(",notEmpty") != std::string_view::npos || tag_value(tag, "required") == "true" ||
                    tag_value(tag, "env-required") == "true";
    if (required && fallback.empty()) walker.fails_without(read);
    return;
  }
}

// `a, err := f()`: the first name gets the value; `a, b = 1, 2`: each its own.
void assign_lists(CodeWalker& walker, std::span<const Node> targets, Node right, Span span) {
  std::vector<Value> values;
  for (Node value : walker.parts(right)) values.push_back(walker.eval(value));
  for (size_t i = 0; i < targets.size(); ++i) {
    if (walker.text(targets[i]) == "_") continue;
    if (i < values.size()) {
      walker.assign(targets[i], values[i], span);
    } else if (values.size() == 1 && values[0].is(ValueKind::Env)) {
      walker.bind(walker.text(targets[i]), values[0]);  // `v, ok := os.LookupEnv("X")`
    } else if (walker.role(targets[i]) == Role::Name) {
      walker.bind(walker.text(targets[i]), walker.facts().value(ValueKind::Unknown, {}, targets[i].span()));
    }
  }
}

bool assignment(CodeWalker& walker, Node node) {
  Node left = walker.field(node, fields["left"]);
  Node op = walker.field(node, fields["operator"]);
  if (!left) return false;
  if (op && walker.text(op) != "=") {  // `a += b`
    Node target = left.named_child(0);
    Value value = walker.eval(walker.field(node, fields["right"]).named_child(0));
    if (target) walker.assign(target, walker.compound(walker.text(op), target, value, node.span()), node.span());
    return true;
  }
  assign_lists(walker, walker.parts(left), walker.field(node, fields["right"]), node.span());
  return true;
}

// `var a, b T = x, y` and `const a = x`.
bool declaration(CodeWalker& walker, Node node) {
  std::vector<Node> targets;
  Node type = walker.field(node, fields["type"]);
  for (Node child : walker.parts(node)) {
    if (!walker.is(child, types["identifier"])) break;
    targets.push_back(child);
    if (type) walker.declare(type, child);
  }
  if (Node value = walker.field(node, fields["value"])) assign_lists(walker, targets, value, node.span());
  return true;
}

bool for_loop(CodeWalker& walker, Node node) {
  Node head = node.named_child(0);
  while (head && walker.role(head) == Role::Skip) head = head.next_named();
  Node condition;
  std::string_view keyword = "while";
  bool clause = head && walker.is(head, types["for_clause"]);
  if (clause) {
    keyword = walker.field(head, fields["condition"]) ? "for" : "while";
  } else if (head && walker.is(head, types["range_clause"])) {
    keyword = "for";
  } else if (head && !walker.is(head, types["block"])) {
    condition = head;
  }
  Value test = condition ? walker.eval(condition) : Value{};
  if (!condition && keyword == "while") test = walker.facts().value(ValueKind::Bool, "true", node.span());
  walker.walk_loop(node, keyword, condition, test);
  return true;
}

// `func (s *Server) Run()`: its scope is Server.Run, s is a Server.
bool method(CodeWalker& walker, Node node) {
  Node receiver = walker.field(node, fields["receiver"]);
  Node parameter = receiver ? receiver.named_child(0) : Node();
  std::string name;
  if (parameter && walker.field(parameter, fields["type"]))
    name = type_name(walker, walker.text(walker.field(parameter, fields["type"])));
  if (!name.empty()) name += '.';
  walker.walk_function(node, name.append(walker.text(walker.field(node, fields["name"]))));
  return true;
}

// `go f(x)` is a call of "go" with the call as its argument.
bool goroutine(CodeWalker& walker, Node node) {
  Node call = node.named_child(0);
  if (!call) return false;
  Value value = walker.eval(call);
  Node function = walker.field(call, fields["function"]);
  if (function && walker.role(function) == Role::Lambda)
    value = walker.facts().value(ValueKind::Function, {}, function.span());
  Arg arg{{}, value};
  walker.add_call("go", {&arg, 1}, node.span());
  return true;
}

bool tagged_field(CodeWalker& walker, Node node) {
  if (Node tag = walker.field(node, fields["tag"])) read_tag(walker, node, tag);
  return false;
}

// viper.GetString("DATABASE_URL"), viper.BindEnv("port", "PORT").
Value viper(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  std::string_view method = after_last(name, '.');
  bool binds = method == "BindEnv";
  if (args.empty() || (!binds && !method.starts_with("Get"))) return {};
  const Value& key = args[binds && args.size() > 1 ? 1 : 0].value;
  if (!key.is(ValueKind::String) || !is_variable(key.text)) return {};
  return walker.environment_read(key.text, {}, node.span());
}

// urfave/cli flags: EnvVars: []string{"PORT"} (v1: EnvVar: "PORT,LISTEN_PORT") beside Value: "8080".
void read_flag(CodeWalker& walker, Node node, std::span<const Arg> args) {
  const Value& fallback = argument(args, "Value");
  auto add = [&](std::string_view variable) {
    if (is_variable(trim(variable))) walker.environment_read(trim(variable), fallback, node.span());
  };
  for (std::string_view key : {"EnvVars"sv, "EnvVar"sv, "Sources"sv}) {
    const Value& variables = argument(args, key);
    for (const Arg& item : variables.items()) add(item.value.text);
    if (variables.is(ValueKind::String)) {
      for (std::string_view part : split(variables.text, ',')) add(part);
    }
  }
}

Value composite(CodeWalker& walker, Node node, std::span<const Arg> args) {
  std::string_view type = walker.text(walker.field(node, fields["type"]));
  if (type.starts_with("map[")) return walker.facts().with_items(ValueKind::Map, {}, args, node.span());
  if (type.starts_with("[")) return walker.facts().with_items(ValueKind::List, {}, args, node.span());
  if (type.starts_with("struct")) return walker.facts().value(ValueKind::Unknown, {}, node.span());
  read_flag(walker, node, args);
  return {};
}

// make(map[string]int): a collection like its literal.
Value made(CodeWalker& walker, Node node) {
  Node arguments = walker.field(node, fields["arguments"]);
  Node type = arguments ? arguments.named_child(0) : Node();
  std::string_view spelled = type ? walker.text(type) : std::string_view{};
  ValueKind kind = spelled.starts_with("map[") ? ValueKind::Map
                   : spelled.starts_with("[")  ? ValueKind::List
                                               : ValueKind::Unknown;
  return walker.facts().value(kind, {}, node.span());
}

Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  if (walker.is(node, types["composite_literal"])) return composite(walker, node, args);
  if (name == "make") return made(walker, node);
  if (contains(plain_types, name) || contains(builtins, name)) {
    bool passes = args.size() == 1 && (args[0].value.is_literal() || args[0].value.is(ValueKind::Env));
    return passes ? args[0].value : walker.facts().value(ValueKind::Unknown, {}, node.span());
  }
  if (name.starts_with("github.com/spf13/viper.")) return viper(walker, node, name, args);
  return {};
}

// `import "a/b"` and the lines of `import ( … )`, up to the first declaration.
void scan_imports(const SourceFile& file, FileFacts& facts) {
  bool block = false;
  for_each_line(file.text, [&](const SourceLine& source) {
    std::string_view line = source.text;
    if (block && line.starts_with(")")) block = false;
    bool single = line.starts_with("import ") && !line.starts_with("import (");
    if (line.starts_with("import (") || line.starts_with("import(")) block = true;
    if (line.starts_with("func ") || line.starts_with("type ") || line.starts_with("var ")) return false;
    if (!(block || single) || line.starts_with("//")) return true;
    size_t open = line.find_first_of("\"`");
    size_t close = open == std::string_view::npos ? open : line.find(line[open], open + 1);
    if (close == std::string_view::npos) return true;
    std::string_view before = single ? line.substr(7, open - 7) : line.substr(0, open);
    Span span{source.span.begin, source.span.begin + static_cast<uint32_t>(close + 1)};
    std::string_view alias = trim(before);
    if (alias.starts_with("import")) alias = {};  // `import ( "x"` on one line
    facts.add(FactKind::Import, line.substr(open + 1, close - open - 1), span,
              alias.empty() ? Value{} : facts.string(alias, span));
    return true;
  });
}

constexpr Shape shapes[] = {
    {"comment", Role::Skip},
    {"package_clause", Role::Skip},
    {"labeled_statement", Role::None},
    {"parenthesized_expression", Role::Through},
    {"literal_element", Role::Through},
    {"type_conversion_expression", Role::Through, "operand"},
    {"type_assertion_expression", Role::Through, "operand"},
    {"variadic_argument", Role::Through},
    {"interpreted_string_literal", Role::String},
    {"raw_string_literal", Role::String},
    {"rune_literal", Role::String},
    {"interpreted_string_literal_content", Role::StringPart},
    {"raw_string_literal_content", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"int_literal", Role::Number},
    {"float_literal", Role::Number},
    {"true", Role::True},
    {"false", Role::False},
    {"nil", Role::Null},
    {"identifier", Role::Name},
    {"selector_expression", Role::Member, "operand", "field"},
    {"index_expression", Role::Subscript, "operand", "index"},
    {"call_expression", Role::Call, "function", "", "arguments"},
    {"composite_literal", Role::New, "type", "", "body"},
    {"literal_value", Role::List},
    {"keyed_element", Role::Pair, "key", "value"},
    {"unary_expression", Role::Not, "operand"},
    {"inc_statement", Role::Not},
    {"dec_statement", Role::Not},
    {"binary_expression", Role::Binary, "left", "right", "operator"},
    {"func_literal", Role::Lambda, "", "body", "parameters"},
    {"function_declaration", Role::Function, "name", "body", "parameters"},
    {"type_spec", Role::Class, "name", "type"},
    {"parameter_declaration", Role::TypedName, "type", "name"},
    {"variadic_parameter_declaration", Role::TypedName, "type", "name"},
    {"if_statement", Role::If, "condition", "consequence", "alternative"},
    {"import_declaration", Role::Import},
    {"short_var_declaration", assignment},
    {"assignment_statement", assignment},
    {"var_spec", declaration},
    {"const_spec", declaration},
    {"for_statement", for_loop},
    {"break_statement", leaves_loop},
    {"return_statement", leaves_function},
    {"select_statement", has_own_breaks},
    {"type_switch_statement", has_own_breaks},
    {"expression_switch_statement", has_own_breaks},
    {"method_declaration", method},
    {"go_statement", goroutine},
    {"field_declaration", tagged_field},
};

constexpr Language go = {.name = "go",
                         .grammar = guarded<tree_sitter_go>,
                         .files = {"*.go"},
                         .test_files = {"*_test.go"},
                         .example = "main.go",
                         .shapes = shapes,
                         .types = types.names,
                         .fields = fields.names,
                         .environment = {.calls = {"os.Getenv", "os.LookupEnv", "syscall.Getenv"},
                                         .words = {"Getenv", "LookupEnv", "env:\"", "envconfig", "viper", "EnvVar"}},
                         .shell = {.calls = {"os/exec.Command"}, .calls_behind = {"os/exec.CommandContext"}},
                         .exits = {"os.Exit"},
                         .concat_operators = {"+"},
                         .imports = {.scan = scan_imports},
                         .import = import,
                         .call = call,
                         .type_name = type_name};

}  // namespace

const Adapter& go_adapter() {
  return code_adapter<go>();
}

}  // namespace tfcheck
