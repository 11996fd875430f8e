// Python: imports in their two forms, and the decorators of the language itself.
#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/code_walker.h"

extern "C" const TSLanguage* tree_sitter_python();

namespace tfcheck {

namespace {

constexpr NameList types("aliased_import", "dotted_name", "decorator", "function_definition", "pattern_list",
                         "tuple_pattern");
constexpr NameList fields("name", "alias", "module_name", "definition");

// One `a.b` or `a.b as c` of an import; `module` is "" for a plain import.
void import_one(CodeWalker& walker, Node node, std::string_view module) {
  bool aliased = walker.is(node, types["aliased_import"]);
  std::string_view name = walker.text(aliased ? walker.field(node, fields["name"]) : node);
  std::string_view alias = aliased ? walker.text(walker.field(node, fields["alias"])) : std::string_view{};
  if (module.empty()) {
    walker.add_import(name, node.span(), alias);
    if (aliased) walker.bind_name(alias, name);
    return;
  }
  std::string qualified = std::string(module) + "." + std::string(name);
  walker.add_import(qualified, node.span(), alias);
  walker.bind_name(aliased ? alias : name, qualified);
}

void import(CodeWalker& walker, Node node) {
  Node module_node = walker.field(node, fields["module_name"]);
  std::string_view module = module_node ? walker.text(module_node) : std::string_view{};
  bool wildcard = true;
  for (uint32_t i = 0; i < node.named_count(); ++i) {
    Node child = node.named_child(i);
    if (module_node && child.id() == module_node.id()) continue;
    if (!walker.is(child, types["dotted_name"]) && !walker.is(child, types["aliased_import"])) continue;
    import_one(walker, child, module);
    wildcard = false;
  }
  if (wildcard && !module.empty()) walker.add_import(module, node.span());
}

// Decorators of the language itself say nothing.
Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg>) {
  bool plain = name == "property" || name == "staticmethod" || name == "classmethod" || name.ends_with(".setter");
  bool says_nothing = plain && walker.role(node) == Role::Annotation;
  return says_nothing ? walker.facts().value(ValueKind::Unknown, {}, node.span()) : Value{};
}

// Decorators stand in the scope of what they decorate.
bool decorated(CodeWalker& walker, Node node) {
  Node definition = walker.field(node, fields["definition"]);
  bool function = walker.is(definition, types["function_definition"]);
  std::string_view name = walker.text(walker.field(definition, fields["name"]));
  for (Node child : walker.parts(node)) {
    if (!walker.is(child, types["decorator"])) continue;
    walker.within(function ? context::InFunction : 0, name, [&] { walker.walk(child); });
  }
  walker.walk(definition);
  return true;
}

// `user, password = "x", "y"`
void destructure(CodeWalker& walker, Node pattern, const Value& value) {
  std::vector<Node> targets = walker.parts(pattern);
  bool pairs = value.is(ValueKind::List) && value.item_count == targets.size();
  bool list = walker.is(pattern, types["pattern_list"]) || walker.is(pattern, types["tuple_pattern"]);
  // In a function they are as often two results of which these are the ones for want of better.
  if (!pairs || !list || walker.context().has(context::InFunction)) return walker.walk(pattern);
  for (size_t i = 0; i < targets.size(); ++i) walker.assign(targets[i], value.items()[i].value, targets[i].span());
}

constexpr Shape shapes[] = {
    {"comment", Role::Skip},
    {"type", Role::Skip},
    {"parenthesized_expression", Role::Through},
    {"await", Role::Through},
    {"string", Role::String},
    {"concatenated_string", Role::String},
    {"string_content", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"interpolation", Role::Interpolation, "expression"},
    {"integer", Role::Number},
    {"float", Role::Number},
    {"true", Role::True},
    {"false", Role::False},
    {"none", Role::Null},
    {"identifier", Role::Name},
    {"attribute", Role::Member, "object", "attribute"},
    {"subscript", Role::Subscript, "value", "subscript"},
    {"call", Role::Call, "function", "", "arguments"},
    {"decorator", Role::Annotation},
    {"assignment", Role::Assign, "left", "right"},
    {"augmented_assignment", Role::Assign, "left", "right"},
    {"named_expression", Role::Assign, "name", "value"},
    {"pair", Role::Pair, "key", "value"},
    {"keyword_argument", Role::KeywordArg, "name", "value"},
    {"dictionary", Role::Map},
    {"list", Role::List},
    {"tuple", Role::List},
    {"expression_list", Role::List},
    {"set", Role::List},
    {"boolean_operator", Role::Binary, "left", "right", "operator"},
    {"binary_operator", Role::Binary, "left", "right", "operator"},
    {"comparison_operator", Role::Binary},
    {"not_operator", Role::Not, "argument"},
    {"conditional_expression", Role::Conditional},
    {"default_parameter", Role::Parameter, "", "name", "value"},
    {"typed_default_parameter", Role::Parameter, "type", "name", "value"},
    {"lambda", Role::Lambda, "", "body", "parameters"},
    {"function_definition", Role::Function, "name", "body", "parameters"},
    {"class_definition", Role::Class, "name", "body", "superclasses"},
    {"if_statement", Role::If, "condition", "consequence", "alternative"},
    {"elif_clause", Role::If, "condition", "consequence"},
    {"while_statement", Role::While, "condition", "body"},
    {"for_statement", Role::For, "", "body"},
    {"try_statement", Role::Try},
    {"except_clause", handles_failure},
    {"pass_statement", Role::Skip},
    {"break_statement", leaves_loop},
    {"return_statement", leaves_function},
    {"decorated_definition", decorated},
    {"import_statement", Role::Import},
    {"import_from_statement", Role::Import},
    {"future_import_statement", Role::Skip},
};

constexpr Words branches = {"try:", "try :", "except", "finally",       "if ",
                            "if(",  "elif ", "else:",  "with suppress", "with contextlib.suppress"};

// The triple quotes that a line leaves open, or that are still open behind it: "" for none.
std::string_view open_quotes(std::string_view line, std::string_view open) {
  for (size_t at = 0; at < line.size();) {
    if (!open.empty()) {
      size_t end = line.find(open, at);
      if (end == std::string_view::npos) return open;
      at = end + open.size();
      open = {};
      continue;
    }
    size_t begin = std::min(line.find("\"\"\"", at), line.find("'''", at));
    if (begin == std::string_view::npos || before_first(line, '#').size() < begin) return {};
    open = line[begin] == '"' ? "\"\"\"" : "'''";
    at = begin + open.size();
  }
  return open;
}

// `import a.b, c` and `from a.b import c` at the start of a line, at any indentation, outside of texts.
void scan_imports(const SourceFile& file, FileFacts& facts) {
  IndentedBlocks blocks(branches);
  std::string_view open;
  for_each_line(file.text, [&](const SourceLine& line) {
    bool inside = !open.empty();
    open = open_quotes(line.raw, open);
    if (inside || line.text.starts_with('#')) return true;
    Context context = blocks.take(line);
    auto add = [&](std::string_view name) { facts.add(FactKind::Import, name, line.span, {}, {}, context); };
    if (line.text.starts_with("from ")) {
      std::vector<std::string_view> words = split_words(line.text);
      if (words.size() >= 4 && words[2] == "import") add(words[1]);
    } else if (line.text.starts_with("import ")) {
      for (std::string_view part : split(before_first(line.text.substr(7), '#'), ',')) {
        std::vector<std::string_view> words = split_words(part);
        if (words.size() == 1 || (words.size() == 3 && words[1] == "as")) add(words[0]);
      }
    }
    return true;
  });
}

constexpr Language python = {
    .name = "python",
    .grammar = guarded<tree_sitter_python>,
    .files = {"*.py", "*.pyw", "*.wsgi", "*.ipynb"},
    .interpreters = {"python", "python2", "python3"},
    .test_files = {"*_test.py", "test_*.py", "tests.py", "conftest.py"},
    .example = "app.py",
    .alias = "py",
    .shapes = shapes,
    .types = types.names,
    .fields = fields.names,
    .environment = {.calls = {"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop", "environ.get",
                              "decouple.config", "starlette.config.Config", "environs.Env.str", "environ.Env.str"},
                    .maps = {"os.environ", "environ"},
                    .failing = {"os.environ", "environ", "os.environ.pop", "decouple.config", "environs.Env",
                                "environ.Env", "environs.Env.str", "environ.Env.str"},
                    .words = {"environ", "getenv", "decouple", "BaseSettings", "envvar"}},
    .shell = {.calls = {"os.system", "os.popen", "subprocess.run", "subprocess.call", "subprocess.check_call",
                        "subprocess.check_output", "subprocess.Popen", "subprocess.getoutput",
                        "subprocess.getstatusoutput", "commands.getoutput", "commands.getstatusoutput",
                        "asyncio.create_subprocess_shell", "asyncio.create_subprocess_exec", "pexpect.spawn",
                        "fabric.api.run", "fabric.api.sudo", "fabric.api.local", "invoke.run"},
              .calls_behind = {"os.execl", "os.execlp", "os.execv", "os.execvp", "os.execvpe"}},
    .exits = {"sys.exit", "exit", "quit", "os._exit"},
    .fallback_operators = {"or"},
    .concat_operators = {"+"},
    .self_names = {"self", "cls"},
    .imports = {.header = {.ecosystem = "pypi",
                           .opens = "# /// script",
                           .closes = "# ///",
                           .line = "#",
                           .version = "=<>~!;[ @"},
                .scan = scan_imports},
    .import = import,
    .call = call,
    .destructure = destructure,
    .comment_line = [](std::string_view line) { return line[0] == '#'; }};

}  // namespace

const Adapter& python_adapter() {
  return code_adapter<python>();
}

}  // namespace tfcheck
