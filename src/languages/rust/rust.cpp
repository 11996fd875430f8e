// Rust: names through `use`, attributes that make options and routes, what stands for a missing variable, modules of
// tests, and of macros what their tokens say.
#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/rust/nodes.h"

extern "C" const TSLanguage* tree_sitter_rust();

namespace tfcheck {

namespace {

constexpr auto& types = rust_types;
constexpr auto& fields = rust_fields;

// What `use a::b::{c, d as e}` binds: one import for the whole of it, as a line says it.
void bind_uses(CodeWalker& walker, Node node, const std::string& base, int depth = 0) {
  auto below = [&](Node part) { return base + (base.empty() || !part ? "" : ".") + colon_name(walker.text(part)); };
  if (!node || depth > 20 || base.size() > 200) return;
  if (walker.is(node, types["use_list"])) {
    for (Node child : walker.parts(node)) bind_uses(walker, child, base, depth + 1);
  } else if (walker.is(node, types["scoped_use_list"])) {
    bind_uses(walker, walker.field(node, fields["list"]), below(walker.field(node, fields["path"])), depth + 1);
  } else if (walker.is(node, types["use_as_clause"])) {
    walker.bind_name(walker.text(walker.field(node, fields["alias"])), below(walker.field(node, fields["path"])));
  } else if (!walker.is(node, types["use_wildcard"])) {
    std::string name = walker.text(node) == "self" ? base : below(node);
    walker.bind_name(walker.facts().keep(last_word(name)), name);
  }
}

// The module that a `use` names, up to a list, a star or another name.
std::string_view used(std::string_view line) {
  line = line.substr(0, line.find_first_of("{*; "));
  while (line.ends_with(':')) line.remove_suffix(1);
  return line.starts_with("::") ? line.substr(2) : line;
}

void import(CodeWalker& walker, Node node) {
  Node what = walker.field(node, fields["argument"]);
  if (!what) what = walker.field(node, fields["name"]);
  walker.add_import(colon_name(used(walker.text(what))), node.span());
  bind_uses(walker, what, {});
}

void scan_imports(const SourceFile& file, FileFacts& facts) {
  for_each_line(file.text, [&](const SourceLine& source) {
    std::string_view line = source.text;
    for (std::string_view word : {"pub ", "pub(crate) ", "use ", "extern crate "}) {
      if (!line.starts_with(word)) continue;
      line.remove_prefix(word.size());
      if (!word.starts_with("pub") && !used(line).empty())
        facts.add(FactKind::Import, colon_name(used(line)), source.span);
    }
    return true;
  });
}

// `Some(x)`, `Ok(x)`: x is what was asked for. Of other patterns the names are not known.
void destructure(CodeWalker& walker, Node pattern, const Value& value) {
  std::vector<Node> parts = walker.parts(pattern);
  bool whole = walker.is(pattern, types["tuple_struct_pattern"]) && parts.size() == 2 &&
               (walker.text(parts[0]) == "Some" || walker.text(parts[0]) == "Ok");
  for (size_t i = 0; i < parts.size(); ++i) {
    if (walker.role(parts[i]) != Role::Name) continue;
    bool known = whole && i == 1;
    walker.bind(walker.text(parts[i]), known ? value : walker.facts().value(ValueKind::Unknown, {}, parts[i].span()));
  }
}

Value let_condition(CodeWalker& walker, Node node) {
  Value value = walker.eval(walker.field(node, fields["value"]));
  destructure(walker, walker.field(node, fields["pattern"]), value);
  return value;
}

bool closure_parameters(CodeWalker& walker, Node node) {
  destructure(walker, node, {});
  return true;
}

// `Commands::Migrate { .. }`, `Some(Command::Seed)`: an arm for a word of the command line, but for the one that starts
// the server.
bool asks_for_command(std::string_view pattern) {
  static constexpr Words starts = {"serve", "server", "start", "run", "web", "api", "daemon"};
  size_t sign = pattern.rfind("::");
  if (sign == std::string_view::npos) return false;
  std::string_view around = pattern.substr(0, sign), variant = pattern.substr(sign + 2);
  around = around.substr(around.find_last_of(":( |&") + 1);
  variant = variant.substr(0, variant.find_first_of(" ({)|,"));
  bool command = around.ends_with("Command") || around.ends_with("Commands") || around.ends_with("Cmd");
  return command && !starts.contains(lower(variant));
}

// `match env::var("X") { Ok(v) => v, Err(_) => "d".into() }`
Value match(CodeWalker& walker, Node node) {
  Value value = walker.eval(walker.field(node, fields["value"])), fallback;
  for (Node arm : walker.parts(walker.field(node, fields["body"]))) {
    if (!walker.is(arm, types["match_arm"])) continue;
    Node pattern = walker.field(arm, fields["pattern"]);
    std::string_view written = walker.text(pattern);
    walker.within(context::InCondition | (asks_for_command(written) ? context::CliGuard : 0), {}, [&] {
      walker.push_scope();
      if (pattern && pattern.named_count() > 0) destructure(walker, pattern.named_child(0), value);
      Value result = walker.eval(walker.field(arm, fields["value"]));
      bool absent = written.starts_with("Err") || written.starts_with("None") || written == "_";
      if (absent && result.is_literal()) fallback = result;
      walker.pop_scope();
    });
  }
  if (!value.is(ValueKind::Env)) return walker.facts().value(ValueKind::Unknown, {}, node.span());
  return fallback && value.item_count == 0 ? walker.with_default(value, fallback) : value;
}

// What is built into the program, `env!("X")`, is no read of the environment.
Value macro(CodeWalker& walker, Node node) {
  std::string name = walker.qualify(colon_name(walker.text(walker.field(node, fields["macro"])))) + "!";
  std::vector<Arg> args = rust_tokens(walker, walker.child(node, types["token_tree"]));
  std::string_view last = last_word(name);
  if (last == "format!" && !args.empty()) return rust_format(walker, args, node.span());
  if (last == "vec!") return walker.facts().with_items(ValueKind::List, {}, args, node.span());
  if (last == "cfg!" && walker.text(node).find("debug_assertions") != std::string_view::npos)
    return walker.facts().value(ValueKind::Name, "cfg.debug", node.span());
  walker.add_call(name, args, node.span());
  for (const Arg& arg : args) {
    if (arg.value.is(ValueKind::Map)) walker.add_entries(name, arg.value);
  }
  return walker.facts().with_items(ValueKind::Call, name, args, node.span());
}

// "&'a mut dyn io::Write" → "std.io.Write"
std::string type_name(CodeWalker& walker, std::string_view type) {
  static constexpr Words plain = {"String", "str", "bool", "char",    "u8",     "u16",    "u32", "u64",
                                  "usize",  "i32", "i64",  "f64",     "Option", "Result", "Vec", "Box",
                                  "Arc",    "Rc",  "T",    "PathBuf", "Self",   ""};
  for (std::string_view word : {"&", "'", "mut ", "dyn ", "impl "}) {
    if (!type.starts_with(word)) continue;
    type = word == "'" ? after_last(type, ' ') : trim(type.substr(word.size()));
  }
  if (type.starts_with('(') || type.starts_with('[')) return {};
  std::string name = colon_name(type.substr(0, type.find_first_of("<([+ ")));
  return plain.contains(name) ? std::string() : walker.qualify(name);
}

constexpr Shape shapes[] = {
    {"line_comment", Role::Skip},
    {"block_comment", Role::Skip},
    {"attribute_item", Role::Skip},
    {"inner_attribute_item", Role::Skip},
    {"visibility_modifier", Role::Skip},
    {"type_arguments", Role::Skip},
    {"type_parameters", Role::Skip},
    {"where_clause", Role::Skip},
    {"macro_definition", Role::Skip},
    {"source_file", rust_items},
    {"declaration_list", rust_items},
    {"field_declaration_list", rust_items},
    {"block", rust_items},
    {"use_declaration", Role::Import},
    {"extern_crate_declaration", Role::Import},
    {"identifier", Role::Name},
    {"scoped_identifier", Role::Name},
    {"string_literal", Role::String},
    {"raw_string_literal", Role::String},
    {"char_literal", Role::String},
    {"string_content", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"integer_literal", Role::Number},
    {"float_literal", Role::Number},
    {"boolean_literal", Role::True},
    {"array_expression", Role::List},
    {"tuple_expression", rust_tuple},
    {"field_expression", Role::Member, "value", "field"},
    {"index_expression", Role::Subscript, "0", "1"},
    {"call_expression", Role::Call, "function", "", "arguments"},
    {"generic_function", Role::Through, "function"},
    {"struct_expression", Role::New, "name", "", "body"},
    {"field_initializer", Role::Pair, "field", "value"},
    {"shorthand_field_initializer", Role::Pair, "0", "0"},
    {"base_field_initializer", Role::Spread},
    {"macro_invocation", macro},
    {"parenthesized_expression", Role::Through},
    {"await_expression", Role::Through},
    {"try_expression", Role::Through},
    {"unsafe_block", Role::Through},
    {"reference_expression", Role::Through, "value"},
    {"type_cast_expression", Role::Through, "value"},
    {"unary_expression", Role::Not},
    {"binary_expression", Role::Binary, "left", "right", "operator"},
    {"assignment_expression", Role::Assign, "left", "right"},
    {"compound_assignment_expr", Role::Assign, "left", "right"},
    {"let_declaration", Role::TypedName, "type", "pattern", "value"},
    {"const_item", Role::TypedName, "type", "name", "value"},
    {"static_item", Role::TypedName, "type", "name", "value"},
    {"parameter", Role::Parameter, "type", "pattern"},
    {"function_item", Role::Function, "name", "body", "parameters"},
    {"closure_expression", Role::Lambda, "", "body", "parameters"},
    {"closure_parameters", closure_parameters},
    {"struct_item", Role::Class, "name", "body"},
    {"enum_item", Role::Class, "name", "body"},
    {"trait_item", Role::Class, "name", "body"},
    {"impl_item", Role::Class, "type", "body"},
    {"if_expression", Role::If, "condition", "consequence", "alternative"},
    {"let_condition", let_condition},
    {"match_expression", match},
    {"loop_expression", Role::While, "", "body"},
    {"while_expression", Role::While, "condition", "body"},
    {"for_expression", Role::For, "", "body"},
    {"break_expression", leaves_loop},
    {"return_expression", Role::Return},
};

constexpr Language rust = {
    .name = "rust",
    .grammar = guarded<tree_sitter_rust>,
    .files = {"*.rs"},
    .test_files = {"*_test.rs", "*_tests.rs", "tests.rs", "test.rs"},
    .example = "main.rs",
    .alias = "rs",
    .shapes = shapes,
    .types = rust_types.names,
    .fields = rust_fields.names,
    .environment = {.calls = {"std.env.var", "env.var", "std.env.var_os", "env.var_os", "dotenvy.var", "dotenv.var"},
                    .failing = {"expect", "unwrap"},
                    .words = {"env::", "dotenv", "env =", "[arg(", "[clap(", "[structopt("}},
    // What a chain of calls runs its own hook tells (calls.cpp); these words make a file worth parsing for it.
    .shell = {.calls_behind = {"process.Command.new"}},
    .exits = {"std.process.exit", "process.exit"},
    .concat_operators = {"+"},
    .self_names = {"self", "Self"},
    .field_prefix = "self.",
    .constructor = "new",
    .transparent_methods = {"to_string", "to_owned", "into", "as_str", "as_bytes", "as_ref", "clone", "unwrap",
                            "to_vec", "as_deref", "into_string", "into_bytes", "as_slice", "trim", "iter", "into_iter",
                            "parse"},
    .trusts_types = true,
    .imports = {.scan = scan_imports},
    .import = import,
    .call = rust_call,
    .spelling = colon_name,
    .destructure = destructure,
    .type_name = type_name};

}  // namespace

const Adapter& rust_adapter() {
  return code_adapter<rust>();
}

}  // namespace tfcheck
