#include <algorithm>
#include <array>

#include "base/text.h"
#include "languages/javascript/hooks.h"

namespace tfcheck::javascript {

namespace {

using namespace std::string_view_literals;

constexpr int deepest_schema = 6;

std::string_view last_segment(std::string_view name) {
  return name.substr(name.find_last_of("./") + 1);
}

bool is_environment(const Value& value) {
  return value.is(ValueKind::Name) &&
         (value.text == "process.env" || value.text == "import.meta.env" || value.text == "Bun.env");
}

// require("x"), import("x"): the module, as a name.
Value module_call(CodeWalker& walker, Node node, std::span<const Arg> args) {
  if (args.empty() || !args[0].value.is(ValueKind::String) || args[0].value.text.empty()) return {};
  std::string_view module = module_name(args[0].value.text);
  walker.add_import(module, node.span());
  return walker.facts().value(ValueKind::Name, module, node.span());
}

// config.get("X", "default") and its kin of NestJS, Adonis and wrappers called `env`.
bool reads_by_key(const CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  if (args.empty() || !args[0].value.is(ValueKind::String) || !is_variable(args[0].value.text)) return false;
  std::string_view method = last_segment(name);
  if (method != "get" && method != "getOrThrow") return false;
  std::string_view receiver =
      last_segment(name.substr(0, name.size() - method.size() - (name.size() > method.size() ? 1 : 0)));
  if (iequals(receiver, "ConfigService") || iequals(receiver, "env")) return true;
  // `config.get<string>("X")` of an injected service; node-config's `get` takes no type.
  return name == "config.get" && walker.field(node, fields["type_arguments"]);
}

Value keyed_read(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  const Value& fallback = argument(args, {}, 1);
  Value read = walker.environment_read(args[0].value.text, fallback, node.span());
  if (!fallback && last_segment(name) == "getOrThrow") walker.fails_without(read);
  return read;
}

// A schema's own words for a variable that may be missing: z.string().optional(), str({ optional: true }).
bool may_be_missing(const Value& rule) {
  for (std::string_view word : {"optional"sv, "nullish"sv, "nullable"sv, "any"sv}) {
    if (rule.text.find(word) != std::string_view::npos) return true;
  }
  return std::any_of(rule.items().begin(), rule.items().end(), [](const Arg& item) {
    return item.value.is(ValueKind::Map) && argument(item.value.items(), "optional");
  });
}

// What a schema says about one variable: port({ default: 3000 }), z.string().default("x").
Value schema_default(const Value& rule) {
  if (!rule.is(ValueKind::Call)) return {};
  if (rule.text.ends_with(".default") && rule.item_count) return rule.items()[0].value;
  for (const Arg& item : rule.items()) {
    if (!item.value.is(ValueKind::Map)) continue;
    if (const Value& found = argument(item.value.items(), "default")) return found;
  }
  return {};
}

// cleanEnv(process.env, { PORT: port() }): each key of the schema is a read; the result maps them to it.
Value read_schema(CodeWalker& walker, const Value& schema, Span span) {
  std::vector<Arg> reads;
  for (const Arg& item : schema.items()) {
    if (!is_variable(item.name)) continue;
    Span where = item.value.span.end ? item.value.span : span;
    Value fallback = schema_default(item.value);
    reads.push_back({item.name, walker.environment_read(item.name, fallback, where)});
    if (!fallback && item.value.is(ValueKind::Call) && !may_be_missing(item.value))
      walker.fails_without(reads.back().value);
  }
  return walker.facts().with_items(ValueKind::Map, {}, reads, span);
}

// createEnv({ server: { DATABASE_URL: z.string() }, client: { … } })
void read_parts(CodeWalker& walker, const Value& schema, Span span) {
  for (std::string_view part : {"server"sv, "client"sv, "shared"sv}) {
    const Value& variables = argument(schema.items(), part);
    if (variables.is(ValueKind::Map)) read_schema(walker, variables, span);
  }
}

// convict({ port: { env: "PORT", default: 3000 } }), at any depth.
void read_convict(CodeWalker& walker, const Value& schema, int depth) {
  if (depth > deepest_schema || !schema.is(ValueKind::Map)) return;
  const Value& variable = argument(schema.items(), "env");
  if (variable.is(ValueKind::String))
    walker.environment_read(variable.text, argument(schema.items(), "default"), schema.span);
  for (const Arg& item : schema.items()) read_convict(walker, item.value, depth + 1);
}

// The object of schemas that a call validates the environment against: an argument, or what the receiver was made of.
Value schema_of(CodeWalker& walker, Node node, std::span<const Arg> args) {
  for (const Arg& arg : args) {
    if (arg.value.is(ValueKind::Map)) return arg.value;
  }
  Node function = walker.field(node, fields["function"]);
  Node object = function ? walker.field(function, fields["object"]) : Node();
  const Value* receiver = object ? walker.lookup(walker.text(object)) : nullptr;
  if (!receiver || !receiver->is(ValueKind::Call)) return {};
  for (const Arg& item : receiver->items()) {
    if (item.value.is(ValueKind::Map)) return item.value;
  }
  return {};
}

Value validated_environment(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  static constexpr std::array validators = {
      "cleanEnv"sv,   "customCleanEnv"sv, "parseEnv"sv,     "parse"sv,   "safeParse"sv,
      "parseAsync"sv, "validate"sv,       "validateSync"sv, "attempt"sv, "load"sv};
  std::string_view method = last_segment(name);
  if (method == "createEnv" && !args.empty()) read_parts(walker, args[0].value, node.span());
  bool own = method == "envsafe" && !args.empty();
  bool given = contains(validators, method) &&
               std::any_of(args.begin(), args.end(), [](const Arg& arg) { return is_environment(arg.value); });
  if (!own && !given) return {};
  Value schema = schema_of(walker, node, args);
  if (!schema.is(ValueKind::Map)) return {};
  Value reads = read_schema(walker, schema, node.span());
  walker.add_call(name, args, node.span());
  return reads;
}

// app.get(ConfigService): an instance of the class that is named.
bool is_injection(std::string_view name, std::span<const Arg> args) {
  static constexpr std::array methods = {"get"sv, "resolve"sv, "inject"sv};
  if (args.size() != 1 || !args[0].value.is(ValueKind::Name) || !contains(methods, last_segment(name))) return false;
  std::string_view type = last_segment(args[0].value.text);
  return type.size() > 1 && type[0] >= 'A' && type[0] <= 'Z' && !is_variable(type);
}

// What compilers wrap a module in.
bool is_interop(std::string_view name) {
  static constexpr std::array wrappers = {"__importDefault"sv,         "__importStar"sv, "_interopRequireDefault"sv,
                                          "_interopRequireWildcard"sv, "__toESM"sv,      "promisify"sv};
  return contains(wrappers, last_segment(name));
}

}  // namespace

Value special_call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  Node function = walker.field(node, fields["function"]);
  std::string_view spelled = function ? walker.text(function) : std::string_view{};
  if (spelled == "require" || spelled == "import") return module_call(walker, node, args);
  if (args.empty()) return {};
  if (is_interop(name) && args[0].value.is(ValueKind::Name)) return args[0].value;
  if (reads_by_key(walker, node, name, args)) return keyed_read(walker, node, name, args);
  if (Value reads = validated_environment(walker, node, name, args)) return reads;
  if (last_segment(name) == "convict") read_convict(walker, args[0].value, 0);
  if (is_injection(name, args)) {
    walker.add_call(name, args, node.span());
    return walker.facts().value(ValueKind::Call, args[0].value.text, node.span());
  }
  return {};
}

}  // namespace tfcheck::javascript
