// The values of calls: what is called, and what its result is worth.
#include "base/text.h"
#include "languages/shell_calls.h"
#include "languages/walker_parts.h"

namespace tfcheck {

namespace {

// getenv_or("X", d), envString("X"), env("X", d): a project's own door to the environment.
bool is_environment_wrapper(std::string_view callee, std::span<const Arg> args) {
  if (args.empty() || !args[0].value.is(ValueKind::String) || !is_variable(args[0].value.text)) return false;
  if (args[0].value.text.ends_with('_')) return false;  // a prefix of variables
  std::string_view last = last_word(callee);
  std::string word = lower(last);
  // env.str("X", d)
  size_t dot = callee.rfind('.');
  static constexpr std::string_view typed[] = {"str",  "string", "get",  "bool",  "int", "url",
                                               "json", "list",   "dict", "float", "db",  "cache"};
  bool of_env = dot != std::string_view::npos && iequals(last_word(callee.substr(0, dot)), "env");
  if (of_env && contains(typed, word)) return true;
  size_t at = word.find("env");
  bool writes =
      word.starts_with("set") || word.starts_with("put") || word.starts_with("del") || word.starts_with("add");
  if (at == std::string::npos || writes) return false;
  // "env" must be a word of the name: get_env, getEnv, envOr; not "convenv" or "environmentName".
  bool starts = at == 0 || last[at - 1] == '_' || last[at] == 'E' || word.substr(0, at).ends_with("get");
  return starts && !word.substr(at).starts_with("envelope");
}

bool is_last_name(std::string_view callee, std::span<const std::string_view> names) {
  return contains(names, last_word(callee));
}

// int(x), parseInt(x), strconv.Atoi(x): the value stays what it was.
bool is_conversion(std::string_view callee) {
  static constexpr std::string_view names[] = {
      "int",       "str",       "bool",         "float",   "list",       "parseInt",     "parseFloat",
      "Number",    "String",    "Boolean",      "Integer", "Float",      "Atoi",         "ParseInt",
      "ParseBool", "valueOf",   "Parse",        "intval",  "strtobool",  "boolval",      "parseLong",
      "ToInt32",   "ToBoolean", "parseBoolean", "trim",    "TrimSpace",  "literal_eval", "loads",
      "Path",      "URI",       "Uri",          "URL",     "ofNullable", "len"};
  static constexpr std::string_view of_elixir[] = {"to_integer", "to_atom", "to_existing_atom", "to_charlist",
                                                   "to_string"};
  return is_last_name(callee, names) || is_last_name(callee, of_elixir);
}

// "x".getBytes(), "x".toCharArray(), "x".encode("ascii"): the same secret in another type.
bool is_text_conversion(std::string_view callee) {
  static constexpr std::string_view names[] = {"toCharArray", "ToCharArray", "getBytes", "GetBytes",
                                               "encode",      "ToArray",     "decode",   "toByteArray"};
  return is_last_name(callee, names);
}

// Buffer.from("x", "base64").toString(), b64decode("x").decode(): bytes that were written as a text.
bool is_decoding(std::string_view callee) {
  static constexpr std::string_view names[] = {"from",    "b64decode", "urlsafe_b64decode", "decode64",     "hex2bin",
                                               "fromhex", "unhexlify", "FromBase64String",  "FromHexString"};
  return is_last_name(callee, names);
}

// x.orElse(d), defaultIfBlank(x, d): the last argument stands in for an absent x.
bool is_fallback_call(std::string_view callee) {
  static constexpr std::string_view names[] = {"orElse",         "orElseGet",    "requireNonNullElse", "defaultIfBlank",
                                               "defaultIfEmpty", "firstNonNull", "defaultIfNull",      "defaultString"};
  return callee == "cmp.Or" || is_last_name(callee, names);
}

// env.get("X").default("y"): methods of a read that give its fallback.
bool is_fallback_method(std::string_view callee) {
  static constexpr std::string_view names[] = {"default", "getOrElse", "ifEmpty", "unwrap_or",  "unwrap_or_else",
                                               "or",      "or_else",   "map_or",  "map_or_else"};
  return is_fallback_call(callee) || is_last_name(callee, names);
}

// What a function that is handed over gives back, where that is one expression; other values as they are.
Value result_of(const Value& value) {
  if (!value.is(ValueKind::Function)) return value;
  return value.item_count == 1 ? value.items()[0].value : Value{};
}

// a.equals(b)
bool is_comparison(std::string_view callee) {
  static constexpr std::string_view names[] = {"equals", "equalsIgnoreCase", "Equals", "contentEquals", "eql?"};
  return is_last_name(callee, names);
}

// printf-like calls, whose text is a template.
bool is_format_call(std::string_view callee) {
  static constexpr std::string_view names[] = {"fmt.Sprintf", "sprintf", "String.format", "string.Format",
                                               "String.Format"};
  return contains(names, callee);
}

constexpr int most_links = 4;            // of a chain, without calls between
constexpr size_t longest_break = 1'000;  // between the links of a chain

}  // namespace

bool CodeWalker::is_transparent(const Value& receiver, std::string_view method) const {
  return is_foldable(receiver) &&
         ((receiver.is(ValueKind::Env) && !method.ends_with('?')) || language_.transparent_methods.contains(method));
}

// The qualified name of `object.method(…)`; "?" stands for an object that has no name. `receiver` is what it evaluates
// to.
std::string CodeWalker::method_name(Node object, std::string_view method, Value& receiver) {
  if (is_self(object)) return std::string(method);
  receiver = eval(object);
  std::string name = object_name(receiver);
  if (name.empty() && role(object) == Role::Name) name = spelled(object);
  if (language_.self_names.contains(name)) return std::string(method);
  return (name.empty() ? "?" : name) + "." + std::string(method);
}

// The qualified name of what a call calls; `receiver` is what its object evaluates to.
std::string CodeWalker::callee_name(Node node, const Row& row, Node function, Value& receiver) {
  if (row.role == Role::New || row.role == Role::Annotation) {
    Role kind = role(function);
    // A class that is named by more than a name: `new (require("ws").Server)()`, `new this.Store()`.
    bool computed =
        kind == Role::Member || kind == Role::Call || (kind == Role::Through && text(function).starts_with('('));
    if (row.role == Role::New && computed) return name_of(eval(function));
    return type_name(text(function));
  }
  if (row.b && row.b.of(node)) {
    std::string method = property_of(node, row);
    if (function) return method_name(function, method, receiver);
    // A function may share its name with a variable; only an import renames it.
    const Value* bound = lookup(method);
    bool plain = language_.is_bare_call || (bound && !bound->is(ValueKind::Name));
    return plain ? method : qualify(method);
  }
  if (!function) return {};
  if (role(function) == Role::Member) {
    const Row& member = compiled_.row(function.symbol());
    return method_name(part(function, member.a, 0), property_of(function, member), receiver);
  }
  std::string name = name_of(eval(function));
  return name.empty() && role(function) == Role::Name ? spelled(function) : name;
}

// What a method gives back of its receiver: itself, a read with its fallback, a comparison; Absent for other methods.
Value CodeWalker::converted(Node node, std::string_view name, const Value& receiver, std::span<const Arg> args) {
  if (!receiver) return {};
  if (args.size() == 1 && is_comparison(name)) return operation("==", {Arg{{}, receiver}, args[0]}, node.span());
  if (receiver.is(ValueKind::Env) && !name.ends_with('?')) {
    if (!lacks_default(receiver)) return receiver;
    if (last_word(name) == "unwrap_or_default") return with_default(receiver, facts_.string("", node.span()));
    if (language_.environment.failing.contains(last_word(name))) fails_without(receiver);
    if (args.empty() || !is_fallback_method(name)) return receiver;
    Value fallback = result_of(args[0].value);
    return fallback ? with_default(receiver, fallback) : receiver;
  }
  if (receiver.is(ValueKind::String) && is_text_conversion(name)) return receiver;
  bool bytes = receiver.is(ValueKind::Call) && receiver.item_count && is_decoding(receiver.text);
  if (bytes && (is_text_conversion(name) || last_word(name) == "toString")) return receiver;
  if (Value text = join_elements(name, receiver, args, node.span())) return text;
  if (receiver.is(ValueKind::String) && name == "?.format")  // Python
    return facts_.value(ValueKind::Template, receiver.text, node.span());
  return args.empty() && is_transparent(receiver, after_last(name, '.')) ? receiver : Value{};
}

Value CodeWalker::eval_call(Node node, const Row& row) {
  Node function = row.a.of(node);
  bool annotates = row.role == Role::Annotation;
  if (annotates && !function) function = inner_of(node, Part());
  if (annotates && (role(function) == Role::Call || role(function) == Role::New)) {
    within(context::Annotation, {}, [&] { eval(function); });
    return facts_.value(ValueKind::Unknown, {}, node.span());
  }
  // `x.parse::<u16>()`: type arguments name nothing.
  if (role(function) == Role::Through && compiled_.row(function.symbol()).a) function = part_a(function);
  Node arguments = row.c.of(node);
  Node block = block_of(node, function);
  // `route("/x") { … }`: where the block is no part of the call, a call of the call hands it over.
  if (block && !arguments && row.c && !row.b && role(function) == Role::Call) {
    const Row& inner = compiled_.row(function.symbol());
    arguments = inner.c.of(function);
    function = inner.a.of(function);
  }
  Value receiver;
  std::string name = shortened(callee_name(node, row, function, receiver));
  uint32_t guard = declares_development_command(receiver) ? guard_flags(Guard::Development) : 0;
  std::vector<Arg> args;
  within(guard, {}, [&] { args = eval_arguments(arguments); });
  if (block) args.push_back({{}, block_argument(block)});
  Value value = converted(node, name, receiver, args);
  if (!value && language_.call) {
    if (Value special = language_.call(*this, node, name, args)) return special;
  }
  if (!value) value = finish_call(node, name, args, annotates ? context::Annotation : 0);
  Value result;
  if (block) within(guard, {}, [&] { result = eval(block); });
  if (lacks_default(value) && result.item_count == 1) value = with_default(value, result.items()[0].value);
  return value;
}

// What hangs below a call in some grammars.
Node CodeWalker::block_of(Node call, Node function) const {
  Node block;
  for_each_child(call, [&](Node child) {
    if (!child.named() || is_same(function, child)) return;
    Node inner = role(child) == Role::Through ? inner_of(child, compiled_.row(child.symbol()).a) : child;
    if (role(inner) == Role::Lambda || role(inner) == Role::Block) block = inner;
  });
  return block;
}

// A block as the last argument of its call; what it says comes after the call.
Value CodeWalker::block_argument(Node block) {
  const Row& row = compiled_.row(block.symbol());
  Node body = row.b.of(block);
  return facts_.value(ValueKind::Function, !body || !has_content(body) ? "empty" : "", block.span());
}

// A call of a chain that stands on a line of its own begins there, not where the chain does.
Span CodeWalker::place_of_call(Node node) const {
  const Row& row = compiled_.row(node.symbol());
  Node object = row.a.of(node), method = row.b ? row.b.of(node) : Node();
  for (int links = 0; links < most_links; ++links) {  // `.WriteTo.File(…)`
    if (links > 0 || !row.b) {
      if (role(object) != Role::Member) return node.span();
      const Row& member = compiled_.row(object.symbol());
      method = part(object, member.b, 1);
      object = part(object, member.a, 0);
    }
    if (!object || !method || object.span().end >= method.span().begin) return node.span();
    std::string_view between = source_.substr(object.span().end, method.span().begin - object.span().end);
    if (between.size() < longest_break && between.find('\n') != std::string_view::npos)
      return {method.span().begin, node.span().end};
  }
  return node.span();
}

Value CodeWalker::finish_call(Node node, const std::string& name, std::span<const Arg> args, uint32_t flags) {
  bool reads = language_.environment.calls.contains(name);
  if (!args.empty() && (reads || is_environment_wrapper(name, args))) {
    const Value& variable = args[0].value;
    Value fallback = result_of(argument(args, "default", 1));
    Value read =
        environment_read(variable.is(ValueKind::String) ? variable.text : std::string_view{}, fallback, node.span());
    if (!fallback && language_.environment.failing.contains(name)) fails_without(read);
    return read;
  }
  // _.get(process.env, "X", d)
  bool map = args.size() > 1 && args[1].value.is(ValueKind::String) && args[0].value.is(ValueKind::Name) &&
             last_word(name) == "get" && is_environment_map(args[0].value.text);
  if (map) return environment_read(args[1].value.text, args.size() > 2 ? args[2].value : Value{}, node.span());
  if (name.empty()) return facts_.value(ValueKind::Unknown, {}, node.span());
  const Value first = args.empty() ? Value{} : args[0].value;
  if (first.is(ValueKind::Env)) {
    if (lacks_default(first) && language_.environment.failing.contains(name)) fails_without(first);
    if (is_conversion(name)) return first;
    if (is_fallback_call(name) && args.size() == 2 && lacks_default(first)) return with_default(first, args[1].value);
  }
  if (args.size() == 1 && first.is(ValueKind::String) && name.ends_with(".GetBytes"))
    return first;  // Encoding.UTF8.GetBytes("x")
  if (language_.exits.contains(name) && (args.empty() || first.text == "0")) leave_function(node);
  add_call(name, args, place_of_call(node), flags);
  add_shell_call(facts_, language_.shell, name, args, node.span(), context());
  for (const Arg& arg : args) {
    if (is_collection(arg.value)) add_entries(arg.name.empty() ? name : name + "." + std::string(arg.name), arg.value);
  }
  if (language_.path_calls.contains(name)) return join_path(name, args, node.span());
  if (Value text = join_texts(name, args, node.span())) return text;
  if (is_format_call(name) && first.is(ValueKind::String)) return format(args, node.span());
  return facts_.with_items(ValueKind::Call, name, args, node.span());
}

}  // namespace tfcheck
