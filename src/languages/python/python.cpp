#include "languages/python/python.h"

#include "base/text.h"
#include "languages/code_walker.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

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
    {"named_expression", Role::Assign, "name", "value"},
    {"pair", Role::Pair, "key", "value"},
    {"keyword_argument", Role::KeywordArg, "name", "value"},
    {"dictionary", Role::Map},
    {"list", Role::List},
    {"tuple", Role::List},
    {"set", Role::List},
    {"boolean_operator", Role::Binary, "left", "right", "operator"},
    {"binary_operator", Role::Binary, "left", "right", "operator"},
    {"comparison_operator", Role::Binary},
    {"not_operator", Role::Not, "argument"},
    {"conditional_expression", Role::Conditional},
    {"lambda", Role::Lambda, "", "body", "parameters"},
    {"function_definition", Role::Function, "name", "body", "parameters"},
    {"class_definition", Role::Class, "name", "body"},
    {"if_statement", Role::If, "condition", "consequence", "alternative"},
    {"elif_clause", Role::If, "condition", "consequence"},
    {"while_statement", Role::While, "condition", "body"},
    {"for_statement", Role::For, "", "body"},
    {"try_statement", Role::Try},
    {"import_statement", Role::Import},
    {"import_from_statement", Role::Import},
    {"future_import_statement", Role::Skip},
};

constexpr std::string_view environment_calls[] = {
    "os.getenv",       "os.environ.get",          "os.environ.setdefault", "os.environ.pop", "environ.get",
    "decouple.config", "starlette.config.Config", "environs.Env.str",      "environ.Env.str"};
constexpr std::string_view environment_maps[] = {"os.environ", "environ"};
constexpr std::string_view fallback_operators[] = {"or"};
constexpr std::string_view concat_operators[] = {"+"};
constexpr std::string_view self_names[] = {"self", "cls"};

// One `a.b` or `a.b as c` of an import; `module` is "" for a plain import.
void import_one(CodeWalker& walker, Node node, std::string_view module) {
  bool aliased = node.type() == "aliased_import";
  std::string_view name = walker.text(aliased ? node.field("name") : node);
  std::string_view alias = aliased ? walker.text(node.field("alias")) : std::string_view{};
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
  Node module_node = node.field("module_name");
  std::string_view module = module_node ? walker.text(module_node) : std::string_view{};
  bool wildcard = true;
  for (uint32_t i = 0; i < node.named_count(); ++i) {
    Node child = node.named_child(i);
    if (module_node && child.id() == module_node.id()) continue;
    if (child.type() != "dotted_name" && child.type() != "aliased_import") continue;
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

const CompiledLanguage& language() {
  static const CompiledLanguage compiled({.name = "python",
                                          .grammar = Grammar::Python,
                                          .shapes = shapes,
                                          .environment_calls = environment_calls,
                                          .environment_maps = environment_maps,
                                          .fallback_operators = fallback_operators,
                                          .concat_operators = concat_operators,
                                          .self_names = self_names,
                                          .import = import,
                                          .call = call,
                                          .comment_line = [](std::string_view line) { return line[0] == '#'; }});
  return compiled;
}

void extract(const SourceFile& file, FileFacts& facts) {
  CodeWalker(language(), file, facts).run();
}

// `import a.b, c` and `from a.b import c` at the start of a line, at any indentation.
void scan_imports(const SourceFile& file, FileFacts& facts) {
  size_t begin = 0;
  for (std::string_view raw : split(file.text, '\n')) {
    std::string_view line = trim(raw);
    auto offset = static_cast<uint32_t>(begin + static_cast<size_t>(line.data() - raw.data()));
    Span span{offset, offset + static_cast<uint32_t>(line.size())};
    begin += raw.size() + 1;
    Context context;
    if (!raw.empty() && (raw[0] == ' ' || raw[0] == '\t')) context.flags = context::InCondition;
    if (line.starts_with("from ")) {
      std::vector<std::string_view> words = split_words(line);
      if (words.size() >= 4 && words[2] == "import") facts.add(FactKind::Import, words[1], span, {}, {}, context);
    } else if (line.starts_with("import ")) {
      for (std::string_view part : split(before_first(line.substr(7), '#'), ',')) {
        std::vector<std::string_view> words = split_words(part);
        bool plain = words.size() == 1 || (words.size() == 3 && words[1] == "as");
        if (plain) facts.add(FactKind::Import, words[0], span, {}, {}, context);
      }
    }
  }
}

constexpr std::string_view patterns[] = {"*.py", "*.pyw", "*.wsgi"};
constexpr std::string_view interpreters[] = {"python", "python2", "python3"};
constexpr std::string_view environment_words[] = {"environ", "getenv", "decouple"};

}  // namespace

const Adapter& python_adapter() {
  static constexpr Format formats[] = {{"python", "app.py", "py"}};
  static constexpr Adapter adapter{.name = "python",
                                   .kind = AdapterKind::Code,
                                   .version = 1,
                                   .patterns = patterns,
                                   .interpreters = interpreters,
                                   .extract = extract,
                                   .scan_imports = scan_imports,
                                   .environment_words = environment_words,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
