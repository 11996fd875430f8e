#include "languages/c/family.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "languages/colon_names.h"

namespace tfcheck::c_family {

namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

// What the preprocessor puts in the place of a name: a number, or texts and names that stand side by side. Absent for
// what is neither.
Value replacement(CodeWalker& walker, std::string_view text, Span span) {
  std::string content;
  bool any = false, open = false;
  size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '"') {
      size_t end = at + 1;
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      if (end >= text.size()) return {};
      content += text.substr(at + 1, end - at - 1);
      any = true;
      at = end + 1;
    } else if (is_word(text[at])) {
      size_t end = at;
      while (end < text.size() && is_word(text[end])) ++end;
      content += "${" + std::string(text.substr(at, end - at)) + "}";
      open = true;
      at = end;
    } else if (text[at] == ' ' || text[at] == '\t' || text[at] == '\\' || text[at] == '\n') {
      ++at;
    } else {
      return {};
    }
  }
  if (any) return walker.facts().value(open ? ValueKind::Template : ValueKind::String, content, span);
  return is_digits(text) ? walker.facts().value(ValueKind::Number, text, span) : Value{};
}

std::string_view without_parentheses(std::string_view text) {
  text = trim(text);
  if (text.starts_with('(') && text.ends_with(')')) text = trim(text.substr(1, text.size() - 2));
  return text;
}

}  // namespace

bool include(CodeWalker& walker, Node node) {
  std::string_view path = walker.text(walker.field(node, fields["path"]));
  if (path.size() > 2) walker.add_import(path.substr(1, path.size() - 2), node.span());
  return true;
}

void scan_includes(const SourceFile& file, FileFacts& facts) {
  for_each_line(file.text, [&](const SourceLine& line) {
    if (!line.text.starts_with('#')) return true;
    std::string_view text = trim(line.text.substr(1));
    if (!text.starts_with("include")) return true;
    text = trim(text.substr(7));
    size_t end = text.empty() ? std::string_view::npos : text.find(text[0] == '<' ? '>' : '"', 1);
    bool quoted = text.starts_with('<') || text.starts_with('"');
    if (quoted && end != std::string_view::npos) facts.add(FactKind::Import, text.substr(1, end - 1), line.span);
    return true;
  });
}

// `#define PORT 8080`
bool definition(CodeWalker& walker, Node node) {
  std::string_view name = walker.text(walker.field(node, fields["name"]));
  Node written = walker.field(node, fields["value"]);
  std::string_view text = without_parentheses(before_first(walker.text(written), '/'));
  if (walker.text(written).find("//") == std::string_view::npos ||
      walker.text(written).find('"') != std::string_view::npos)
    text = without_parentheses(walker.text(written));
  Value value = written ? replacement(walker, text, written.span()) : Value{};
  if (!value) return true;
  walker.facts().add(FactKind::Assign, name, node.span(), value, {}, walker.context());
  walker.bind(name, value);
  return true;
}

// What `#if 0` leaves out is not there; what only a build for developers has is under a guard.
bool conditional(CodeWalker& walker, Node node) {
  Node name = walker.field(node, fields["name"]), condition = walker.field(node, fields["condition"]);
  Node otherwise = walker.field(node, fields["alternative"]);
  std::string_view word = walker.text(name ? name : condition);
  bool negated = walker.text(node).starts_with("#ifndef") || word == "!defined(NDEBUG)";
  bool release = word.find("NDEBUG") != std::string_view::npos;
  bool debug =
      !release && (word.find("DEBUG") != std::string_view::npos || word.find("TEST") != std::string_view::npos);
  for_each_child(node, [&](Node child) {
    if (!child.named() || child.id() == name.id() || child.id() == condition.id()) return;
    bool is_otherwise = otherwise && child.id() == otherwise.id();
    if (word == "0" && !is_otherwise) return;
    bool developed = (debug && negated == is_otherwise) || (release && negated != is_otherwise);
    walker.within(developed ? context::InCondition | context::DevGuard : 0, {}, [&] { walker.walk(child); });
  });
  return true;
}

Node declared(CodeWalker& walker, Node declarator) {
  for (int depth = 0; declarator && depth < 20; ++depth) {
    Node inner = walker.field(declarator, fields["declarator"]);
    bool wraps = !inner && declarator.named_count() == 1 && walker.role(declarator) == Role::None;  // `&name`, `(name)`
    if (wraps) inner = declarator.named_child(0);
    if (!inner) return declarator;
    declarator = inner;
  }
  return {};
}

Node initial_value(CodeWalker& walker, Node field) {
  Node last = field.named_count() > 1 ? field.named_child(field.named_count() - 1) : Node();
  std::string_view before = last ? walker.source().substr(0, last.span().begin) : std::string_view{};
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  return before.ends_with('=') ? last : Node();
}

// `T d("x")`, `T d{1}`: an object of C++.
void construct(CodeWalker& walker, Node node, Node type, Node name, std::span<const Arg> args) {
  std::string made = walker.type_name(walker.text(type));
  bool passes = made.empty() && args.size() == 1;
  walker.assign(name, passes ? args[0].value : walker.finish_call(node, made, args), node.span());
}

// `T d(x);` in a function looks like one that takes an x.
std::vector<Arg> parameters_as_arguments(CodeWalker& walker, Node declarator) {
  std::vector<Arg> args;
  for (Node one : walker.parts(walker.field(declarator, fields["parameters"]))) {
    Node name = walker.field(one, fields["type"]);
    if (!name || walker.field(one, fields["declarator"])) return {};
    const Value* bound = walker.lookup(walker.text(name));
    args.push_back({{},
                    bound && !bound->is(ValueKind::Unknown)
                        ? *bound
                        : walker.facts().value(ValueKind::Name, colon_name(walker.text(name)), name.span())});
  }
  return args;
}

void declare_one(CodeWalker& walker, Node type, Node declarator) {
  Node name = declared(walker, declarator), value = walker.field(declarator, fields["value"]);
  bool init = walker.is(declarator, types["init_declarator"]);
  if (walker.is(declarator, types["function_declarator"])) {
    bool local = walker.context().has(context::InFunction) && walker.role(name) == Role::Name;
    std::vector<Arg> args = local ? parameters_as_arguments(walker, declarator) : std::vector<Arg>{};
    if (!args.empty()) construct(walker, declarator, type, name, args);
  } else if (!init) {
    if (walker.role(name) == Role::Name) walker.declare(type, name);
  } else if (walker.is(value, types["argument_list"]) ||
             (walker.is(value, types["initializer_list"]) && !initial_value(walker, declarator))) {
    construct(walker, declarator, type, name, walker.eval_arguments(value));
  } else {
    walker.declare_value(type, name, value, declarator.span());
  }
}

// `T a, *b = x, c[2] = {…};`
bool declaration(CodeWalker& walker, Node node) {
  Node type = walker.field(node, fields["type"]);
  for (Node child : walker.parts(node)) {
    if (child.id() == type.id())
      walker.walk(child);
    else
      declare_one(walker, type, child);
  }
  return true;
}

bool parameter(CodeWalker& walker, Node node) {
  Node name = declared(walker, walker.field(node, fields["declarator"]));
  if (walker.role(name) != Role::Name) return true;
  walker.bind(walker.text(name), walker.facts().value(ValueKind::Unknown, {}, name.span()));
  walker.declare(walker.field(node, fields["type"]), name);
  return true;
}

bool function(CodeWalker& walker, Node node) {
  walker.walk_function(node, colon_name(walker.text(declared(walker, walker.field(node, fields["declarator"])))));
  return true;
}

// Calls that hand on what they are given: a port in another order of bytes, a copy of a text.
Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  static constexpr Words same = {"htons",
                                 "htonl",
                                 "ntohs",
                                 "strdup",
                                 "xstrdup",
                                 "zstrdup",
                                 "g_strdup",
                                 "std.string",
                                 "string",
                                 "std.move",
                                 "std.string_view",
                                 "QString",
                                 "QStringLiteral",
                                 "QLatin1String",
                                 "std.to_string",
                                 "_T",
                                 "TEXT",
                                 "std.filesystem.path",
                                 "atoi",
                                 "std.atoi",
                                 "std.stoi",
                                 "std.stol"};
  bool known = args.size() == 1 && (args[0].value.is_literal() || args[0].value.is(ValueKind::Env) ||
                                    args[0].value.is(ValueKind::Template));
  if (known && same.contains(name)) return args[0].value;
  bool compares = (name == "strcmp" || name == "strcasecmp" || name == "strncmp") && args.size() > 1;
  if (compares) return walker.operation("!=", {args[0], args[1]}, node.span());  // 0 is for the same
  if ((name == "qEnvironmentVariable" || name == "qgetenv") && !args.empty())
    return walker.environment_read(args[0].value.text, args.size() > 1 ? args[1].value : Value{}, node.span());
  return {};
}

std::string type_name(CodeWalker& walker, std::string_view type) {
  static constexpr Words plain = {"int",
                                  "char",
                                  "void",
                                  "long",
                                  "short",
                                  "unsigned",
                                  "signed",
                                  "float",
                                  "double",
                                  "bool",
                                  "auto",
                                  "size_t",
                                  "ssize_t",
                                  "uint8_t",
                                  "uint16_t",
                                  "uint32_t",
                                  "uint64_t",
                                  "int32_t",
                                  "int64_t",
                                  "std.string",
                                  "string",
                                  "std.string_view",
                                  "std.vector",
                                  "std.map",
                                  "std.unordered_map",
                                  "QString",
                                  ""};
  for (std::string_view word : {"const ", "struct ", "class ", "union ", "enum ", "typename "}) {
    if (type.starts_with(word)) type = trim(type.substr(word.size()));
  }
  if (type.find_first_of("({[") != std::string_view::npos) return {};
  std::string name = colon_name(before_first(type, ' '));
  return plain.contains(name) ? std::string() : walker.qualify(name);
}

// `name = x` at the beginning of a statement: a type before it would declare it.
std::vector<std::string_view> reassigned(std::string_view source) {
  std::vector<std::string_view> names;
  for (size_t at = source.find('='); at != std::string_view::npos; at = source.find('=', at + 1)) {
    if (at + 1 < source.size() && source[at + 1] == '=') {
      ++at;
      continue;
    }
    size_t end = at;
    while (end > 0 && (source[end - 1] == ' ' || source[end - 1] == '\t')) --end;
    size_t begin = end;
    while (begin > 0 && is_word(source[begin - 1])) --begin;
    size_t before = begin;
    while (before > 0 && std::isspace(static_cast<unsigned char>(source[before - 1]))) --before;
    bool begins = before == 0 || std::string_view(";{}):(").find(source[before - 1]) != std::string_view::npos;
    if (begins && begin < end) names.push_back(source.substr(begin, end - begin));
  }
  return names;
}

}  // namespace tfcheck::c_family
