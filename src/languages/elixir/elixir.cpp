// Elixir: everything is a call. Definitions, branches and blocks are told by the name of what is called (forms.cpp),
// settings by `config`, and what a supervisor starts by `{Module, options}` (values.cpp).
#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/elixir/hooks.h"
#include "languages/walker_parts.h"

extern "C" const TSLanguage* tree_sitter_elixir();

namespace tfcheck {

namespace {

using namespace elixir;

std::string callee(CodeWalker& walker, Node target) {
  if (!walker.is(target, types["dot"])) return walker.qualify(spelling(walker.text(target)));
  Node object = walker.field(target, fields["left"]);
  std::string name(walker.is(object, types["atom"]) ? spelling(walker.text(object)) : walker.eval(object).text);
  bool named = !name.empty() && name.size() < 150 && name.find_first_of(" \n|(") == std::string::npos;
  return (named ? name : "?") + "." + std::string(walker.text(walker.field(target, fields["right"])));
}

// `Stream.repeatedly(fn -> … end)`: the function runs forever.
Value forever(CodeWalker& walker, Node node, Node function) {
  Value truth = walker.facts().value(ValueKind::Bool, "true", node.span());
  walker.facts().add(FactKind::Branch, "while", node.span(), truth, {}, walker.context());
  walker.within_endless_loop([&] { walker.walk_children(function); });
  return unknown(walker, node);
}

// A call, with what a pipe hands it first.
Value invoke(CodeWalker& walker, Node node, std::span<const Arg> piped) {
  if (is_form(walker, node)) return unknown(walker, node);
  Node target = walker.field(node, fields["target"]), arguments = walker.child(node, types["arguments"]);
  Node block = walker.child(node, types["do_block"]);
  std::string name = callee(walker, target);
  bool reads = walker.is(target, types["dot"]) && !arguments && !block && piped.empty() &&
               !walker.is(walker.field(target, fields["left"]), types["alias"]);
  if (reads) return walker.facts().value(ValueKind::Name, name, node.span());  // conn.params
  Node function = walker.child(arguments, types["anonymous_function"]);
  if (name == "Stream.repeatedly" && function) return forever(walker, node, function);
  std::vector<Arg> args(piped.begin(), piped.end());
  std::vector<Arg> written = items_of(walker, arguments);
  args.insert(args.end(), written.begin(), written.end());
  Value value = call_of(walker, node, name, args);
  if (!block) return value;
  walker.push_scope();
  walker.walk(block);
  walker.pop_scope();
  return value;
}

Value call(CodeWalker& walker, Node node) {
  return invoke(walker, node, {});
}

Value binary(CodeWalker& walker, Node node) {
  Node left = walker.field(node, fields["left"]), right = walker.field(node, fields["right"]);
  std::string_view op = walker.text(walker.field(node, fields["operator"]));
  if (op == "|>") {
    Arg piped{{}, walker.eval(left)};
    if (walker.is(right, types["call"])) return invoke(walker, right, {&piped, 1});
    return walker.finish_call(right, spelling(walker.text(right)), {&piped, 1});
  }
  if (op != "=" && op != "<-" && op != "\\\\") return walker.operate(op == "or" ? "||" : op, left, right, node.span());
  Value value = walker.eval(right);
  if (op == "=")
    walker.assign(left, value, node.span());
  else
    bind_pattern(walker, left);
  return value;
}

// `@port 4000` in a module is a constant of it.
Value attribute(CodeWalker& walker, Node node, Node operand) {
  static constexpr Words documents = {"moduledoc", "doc", "typedoc", "spec", "type", "typep", "opaque", "callback"};
  Node name = walker.field(operand, fields["target"]);
  if (!name) {
    const Value* bound = walker.lookup("@" + std::string(walker.text(operand)));
    bool says = bound && (!is_collection(*bound) || !is_large(*bound));
    return says ? *bound : walker.facts().value(ValueKind::Name, walker.text(operand), node.span());
  }
  if (documents.contains(walker.text(name))) return unknown(walker, node);
  std::vector<Arg> given = items_of(walker, walker.child(operand, types["arguments"]));
  bool one = given.size() == 1 && given[0].name.empty();
  Value value = one ? given[0].value : walker.facts().with_items(ValueKind::Map, {}, given, node.span());
  std::string_view constant = walker.facts().keep(walker.text(name));
  walker.facts().add(FactKind::Assign, constant, node.span(), value, {}, walker.context());
  if (is_collection(value)) walker.add_entries(constant, value);
  walker.bind("@" + std::string(constant), value);
  return value;
}

Value unary(CodeWalker& walker, Node node) {
  Node operand = walker.field(node, fields["operand"]);
  std::string_view op = walker.text(walker.field(node, fields["operator"]));
  if (op == "@") return attribute(walker, node, operand);
  if (op == "&" && walker.text(walker.field(operand, fields["operator"])) == "/")  // &Shop.start/2
    return walker.facts().value(ValueKind::Name, walker.qualify(walker.text(walker.field(operand, fields["left"]))),
                                node.span());
  if (op == "&") {
    walker.within(context::InFunction, {}, [&] { walker.within_function([&] { walker.eval(operand); }); });
    return walker.facts().value(ValueKind::Function, {}, node.span());
  }
  Value value = walker.eval(operand);
  if (op == "!" || op == "not") return walker.operation("!", {Arg{{}, value}}, node.span());
  if (op == "-" && value.is(ValueKind::Number))
    return walker.facts().value(ValueKind::Number, "-" + std::string(value.text), node.span());
  return unknown(walker, node);
}

Value atom(CodeWalker& walker, Node node) {
  return walker.facts().string(walker.facts().keep(spelling(walker.text(node))), node.span());
}

// `:ok -> …`, `fn x -> … end`
bool clause(CodeWalker& walker, Node node) {
  walker.push_scope();
  bind_pattern(walker, walker.field(node, fields["left"]));
  walker.walk(walker.field(node, fields["right"]));
  walker.pop_scope();
  return true;
}

bool rescued(CodeWalker& walker, Node node) {
  if (!walker.child(node, types["rescue_block"])) return false;
  walker.within(context::InTry, {}, [&] { walker.walk_children(node); });
  return true;
}

void destructure(CodeWalker& walker, Node pattern, const Value&) {
  bind_pattern(walker, pattern);
}

constexpr Shape shapes[] = {
    {"comment", Role::Skip},
    {"sigil_name", Role::Skip},
    {"sigil_modifiers", Role::Skip},
    {"struct", Role::Skip},
    {"string", Role::String},
    {"charlist", Role::String},
    {"sigil", Role::String},
    {"quoted_content", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"interpolation", Role::Interpolation},
    {"quoted_atom", Role::String},
    {"integer", Role::Number},
    {"float", Role::Number},
    {"boolean", Role::True},
    {"nil", Role::Null},
    {"identifier", Role::Name},
    {"alias", Role::Name},
    {"atom", atom},
    {"list", collection},
    {"map", collection},
    {"keywords", collection},
    {"pair", Role::Pair, "key", "value"},
    {"tuple", tuple},
    {"access_call", Role::Subscript, "target", "key"},
    {"call", call},
    {"unary_operator", unary},
    {"binary_operator", binary},
    {"block", Role::Through},
    {"anonymous_function", Role::Lambda, "", "*"},
    {"stab_clause", clause},
    {"do_block", rescued},
    {"rescue_block", handles_failure},
};

constexpr Language language = {
    .name = "elixir",
    .grammar = guarded<tree_sitter_elixir>,
    .files = {"*.ex", "*.exs"},
    .interpreters = {"elixir"},
    .test_files = {"*_test.exs", "*_test.ex", "test_helper.exs"},
    .example = "lib/shop.ex",
    .alias = "exs",
    .shapes = shapes,
    .types = types.names,
    .fields = fields.names,
    .environment = {.calls = {"System.get_env", "System.fetch_env", "System.fetch_env!", "os.getenv"},
                    .maps = {"System.get_env"},
                    .failing = {"System.fetch_env!"},
                    .words = {"get_env", "fetch_env", "getenv", ":system", "env!"}},
    .shell = {.calls = {"System.cmd", "System.shell", "os.cmd", "Port.open"}},
    .exits = {"System.halt", "System.stop"},
    .fallback_operators = {"||"},
    .concat_operators = {"<>"},
    .path_calls = {"Path.join", "Application.app_dir"},
    .imports = {.scan = elixir::scan_imports},
    .spelling = spelling,
    .destructure = destructure};

}  // namespace

const Adapter& elixir_adapter() {
  return code_adapter<language>();
}

}  // namespace tfcheck
