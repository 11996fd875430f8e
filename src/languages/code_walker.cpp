#include "languages/code_walker.h"

#include <algorithm>

#include "base/text.h"
#include "languages/conditions.h"
#include "languages/shell_calls.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

// Deeper nesting is generated or hostile; what lies below is left out.
constexpr int deepest = 180;
// Maps and lists nested deeper than this are data.
constexpr int deepest_entry = 8;
constexpr size_t longest_name = 200;
// A file that doubles a value on every line (`a = a + a`, `a = [a, a]`) must not double the work: texts longer than this
// are not folded into others, values with more parts not copied into others, nor more entries taken from a file.
constexpr size_t longest_folded = 4000;
constexpr int largest_copied = 256;
constexpr size_t most_entries = 20000;

bool contains(std::span<const std::string_view> set, std::string_view word) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

// The named part of a node: by field, or by position where the grammar has no field for it.
Node part(Node node, TSFieldId field, uint32_t position) { return field ? node.field(field) : node.named_child(position); }

bool is_same(Node a, Node b) { return a && b && a.id() == b.id(); }

bool is_collection(const Value& value) { return value.is(ValueKind::Map) || value.is(ValueKind::List); }

// What folding may put in the place of a name. What starts as null is about to change.
bool is_foldable(const Value& value) {
  bool constant = value.is_literal() && !value.is(ValueKind::Null);
  return constant || value.is(ValueKind::Template) || is_collection(value) || value.is(ValueKind::Env);
}

// The parts of a value, counted no further than the budget.
int count_parts(const Value& value, int budget) {
  int count = 1;
  for (const Arg& item : value.items()) {
    if (count >= budget) break;
    count += count_parts(item.value, budget - count);
  }
  return count;
}

bool is_large(const Value& value) { return value.item_count > 0 && count_parts(value, largest_copied) >= largest_copied; }

// A read whose fallbacks, if any, are reads themselves: `A || B` of two variables.
bool lacks_default(const Value& value) {
  const Value* read = &value;
  while (read->is(ValueKind::Env) && read->item_count) read = &read->items()[0].value;
  return read->is(ValueKind::Env);
}

std::string_view first_anonymous_text(Node node, std::string_view source) {
  std::string_view found;
  for_each_child(node, [&](Node child) {
    if (!child.named() && found.empty()) found = child.text(source);
  });
  return found;
}

// Operators are Call values too; their names are no names of things.
bool is_operator(std::string_view name) {
  static constexpr std::string_view words[] = {"in", "not in", "is", "is not", "instanceof"};
  return name.empty() || "=!<>&|?+-*/%^~` "sv.find(name[0]) != std::string_view::npos || contains(words, name);
}

uint32_t guard_flags(Guard guard) {
  return context::InCondition | (guard == Guard::Development ? context::DevGuard : 0) | (guard == Guard::Main ? context::InMain : 0);
}

void append_escape(std::string& out, std::string_view escape) {
  if (escape.size() != 2 || escape[0] != '\\') {
    out += escape;
    return;
  }
  switch (escape[1]) {
    case 'n': out += '\n'; break;
    case 't': out += '\t'; break;
    case 'r': out += '\r'; break;
    case '0': break;
    default: out += escape[1];
  }
}

// The text between a literal's quotes, for grammars that give a string no pieces.
std::string_view strip_quotes(std::string_view text) {
  size_t quote = text.find_first_of("\"'`");
  if (quote == std::string_view::npos) return text;
  char mark = text[quote];
  std::string_view body = text.substr(quote);
  size_t width = body.size() >= 6 && body[1] == mark && body[2] == mark ? 3 : 1;
  if (body.size() < 2 * width) return {};
  return body.substr(width, body.size() - 2 * width);
}

// "FOO_BAR": how variables of the environment are written.
bool looks_like_variable(std::string_view text) {
  if (text.size() < 2 || !(text[0] >= 'A' && text[0] <= 'Z') || text.back() == '_') return false;
  return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

// getenv_or("X", d), envString("X"), env("X", d): a project's own door to the environment.
bool is_environment_wrapper(std::string_view callee, std::span<const Arg> args) {
  if (args.empty() || !args[0].value.is(ValueKind::String) || !looks_like_variable(args[0].value.text)) return false;
  std::string_view last = callee.substr(callee.rfind('.') + 1);
  std::string word = lower(last);
  size_t at = word.find("env");
  bool writes = word.starts_with("set") || word.starts_with("put") || word.starts_with("del") || word.starts_with("add");
  if (at == std::string::npos || writes) return false;
  // "env" must be a word of the name: get_env, getEnv, envOr; not "convenv" or "environmentName".
  bool starts = at == 0 || last[at - 1] == '_' || last[at] == 'E' || word.substr(0, at).ends_with("get");
  return starts && !word.substr(at).starts_with("envelope");
}

bool is_last_name(std::string_view callee, std::span<const std::string_view> names) { return contains(names, callee.substr(callee.rfind('.') + 1)); }

// int(x), parseInt(x), strconv.Atoi(x): the value stays what it was.
bool is_conversion(std::string_view callee) {
  static constexpr std::string_view names[] = {"int",    "str",      "bool",       "float",   "list",       "parseInt", "parseFloat", "Number",
                                               "String", "Boolean",  "Integer",    "Float",   "Atoi",       "ParseInt", "ParseBool",  "valueOf",
                                               "Parse",  "intval",   "strtobool",  "boolval", "parseLong",  "ToInt32",  "ToBoolean",  "parseBoolean",
                                               "trim",   "TrimSpace", "literal_eval", "loads", "Path",       "URI",      "Uri",        "URL",
                                               "ofNullable", "len"};
  return is_last_name(callee, names);
}

// "x".getBytes(), "x".toCharArray(), Encoding.UTF8.GetBytes("x"): the same secret in another type.
bool is_text_conversion(std::string_view callee) {
  static constexpr std::string_view names[] = {"toCharArray", "ToCharArray", "getBytes", "GetBytes", "encode"};
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
  static constexpr std::string_view names[] = {"default", "getOrElse", "ifEmpty"};
  return is_fallback_call(callee) || is_last_name(callee, names);
}

// a.equals(b)
bool is_comparison(std::string_view callee) {
  static constexpr std::string_view names[] = {"equals", "equalsIgnoreCase", "Equals", "contentEquals", "eql?"};
  return is_last_name(callee, names);
}

// printf-like calls, whose text is a template.
bool is_format_call(std::string_view callee) {
  static constexpr std::string_view names[] = {"fmt.Sprintf", "sprintf", "String.format", "string.Format", "String.Format"};
  return contains(names, callee);
}

// The read of the environment that a condition is about: `v == ""`, `!ok`, `v.isEmpty()`.
Value tested_read(const Value& test, int depth = 0) {
  if (test.is(ValueKind::Env) || depth > 3) return test;
  for (const Arg& item : test.items()) {
    if (Value read = tested_read(item.value, depth + 1); read.is(ValueKind::Env)) return read;
  }
  return {};
}

uint64_t key_of(Span span) { return uint64_t{span.begin} << 32 | span.end; }

}  // namespace

CompiledLanguage::CompiledLanguage(const Language& language) : language_(language) {
  const TSLanguage* grammar = grammar_language(language.grammar);
  std::unordered_map<std::string_view, const Shape*> by_name;
  for (const Shape& shape : language.shapes) by_name[shape.node] = &shape;
  auto field = [&](std::string_view name) { return name.empty() ? TSFieldId{0} : field_id(language.grammar, name); };
  rows_.resize(ts_language_symbol_count(grammar));
  for (TSSymbol symbol = 0; symbol < rows_.size(); ++symbol) {
    if (ts_language_symbol_type(grammar, symbol) != TSSymbolTypeRegular) continue;
    auto found = by_name.find(ts_language_symbol_name(grammar, symbol));
    if (found == by_name.end()) continue;
    const Shape& shape = *found->second;
    rows_[symbol] = {shape.role, field(shape.a), field(shape.b), field(shape.c)};
  }
  for (const Shape& shape : language.shapes) node_symbol(language.grammar, shape.node);  // asserts that it exists
}

CodeWalker::CodeWalker(const CompiledLanguage& compiled, const SourceFile& file, FileFacts& facts)
    : compiled_(compiled), language_(compiled.language()), source_(file.text), path_(file.path), facts_(facts) {}

void CodeWalker::run() {
  Tree tree(language_.grammar, source_);
  facts_.set_format(language_.name);
  if (!tree) return facts_.notice("not parsed: it takes longer than a second");
  if (tree.root().has_error()) facts_.set_has_errors();
  if (language_.reassigned) {
    std::vector<std::string_view> names = language_.reassigned(source_);
    reassigned_.insert(names.begin(), names.end());
  }
  walk(tree.root());
}

Context CodeWalker::context() const {
  Context context = context_;
  context.scope = scope_;
  return context;
}

// --- statements ----------------------------------------------------------------------------------------------------

void CodeWalker::walk_children(Node node) {
  for_each_child(node, [&](Node child) {
    if (child.named()) walk(child);
  });
}

void CodeWalker::walk(Node node) {
  if (!node || depth_ > deepest) return;
  ++depth_;
  walk_statement(node, compiled_.row(node.symbol()));
  --depth_;
}

void CodeWalker::walk_statement(Node node, const Row& row) {
  switch (row.role) {
    case Role::None:
      if (!language_.node || !language_.node(*this, node)) walk_children(node);
      break;
    case Role::Skip:
    case Role::StringPart:
    case Role::Escape: break;
    case Role::Import: language_.import(*this, node); break;
    case Role::Assign: walk_assign(node, row); break;
    case Role::TypedName: walk_typed_name(node, row); break;
    case Role::Parameter: walk_parameter(node, row); break;
    case Role::Pair:
    case Role::KeywordArg:
    case Role::Interpolation: walk_children(node); break;
    case Role::Function: walk_function(node, row.a ? text(node.field(row.a)) : std::string_view{}); break;
    case Role::Class: walk_class(node, row); break;
    case Role::If: walk_if(node, row, false); break;
    case Role::Unless: walk_if(node, row, true); break;
    case Role::While:
    case Role::Until:
    case Role::For: walk_loop(node, row); break;
    case Role::Try: within(context::InTry, {}, [&] { walk_children(node); }); break;
    default:
      statement_ = node.id();
      eval(node);
  }
}

void CodeWalker::walk_class(Node node, const Row& row) {
  within(0, spelled(node.field(row.a)), [&] {
    auto outer = std::exchange(fields_, {});
    push_scope();
    walk_children(node);
    pop_scope();
    fields_ = std::move(outer);
  });
}

Value CodeWalker::walk_assign(Node node, const Row& row) {
  Node target = part(node, row.a, 0);
  Node right = part(node, row.b, 1);
  Value value = right ? eval_named(right, target_name(target)) : Value{};
  if (!target) return value;
  if (Node op = node.field("operator")) value = compound(text(op), target, value, node.span());
  assign(target, value, node.span());
  return value;
}

// What `target op= value` leaves in its target.
Value CodeWalker::compound(std::string_view op, Node target, const Value& value, Span span) {
  if (op.size() < 2 || op == ":=" || value.is(ValueKind::Function)) return value;
  const Value* bound = lookup(binding_key(target));
  Value old = bound ? *bound : facts_.value(ValueKind::Unknown, {}, span);
  op.remove_suffix(1);
  if (contains(language_.concat_operators, op)) return concat(old, value, span);
  if (!contains(language_.fallback_operators, op)) return facts_.value(ValueKind::Unknown, {}, span);
  return lacks_default(old) ? with_default(old, value) : value;
}

void CodeWalker::assign(Node target, const Value& value, Span span) {
  std::string name = target_name(target);
  if (name.empty()) return language_.destructure ? language_.destructure(*this, target, value) : walk(target);
  if (name.size() > longest_name) return;
  std::string key = binding_key(target);
  Value stored = key.empty() ? value : reassigned(key, value);
  facts_.add(FactKind::Assign, name, span, stored, {}, context());
  if (is_collection(stored)) add_entries(name, stored);
  if (!key.empty()) bind(key, stored);
}

void CodeWalker::declare(Node type, Node name) {
  if (!type || !name) return;
  std::string_view spelled = text(type);
  std::string qualified = language_.type_name ? language_.type_name(*this, spelled) : std::string(before_first(spelled, '<'));
  bool named = !qualified.empty() && qualified.size() <= longest_name;
  bind(text(name), named ? facts_.value(ValueKind::Call, qualified, type.span()) : facts_.value(ValueKind::Unknown, {}, type.span()));
}

void CodeWalker::walk_typed_name(Node node, const Row& row) {
  Node type = row.a ? node.field(row.a) : Node();
  Node name = node.field(row.b);
  Node right = row.c ? node.field(row.c) : Node();
  for_each_child(node, [&](Node child) {
    if (child.named() && !is_same(type, child) && !is_same(name, child) && !is_same(right, child)) walk(child);
  });
  declare_value(type, name, right, node.span());
}

void CodeWalker::declare_value(Node type, Node name, Node value_node, Span span) {
  if (!name) return;
  Value value = value_node ? eval_named(value_node, target_name(name)) : Value{};
  if (type) declare(type, name);
  if (!value) return;
  const Value* bound = lookup(text(name));
  Value declared = language_.trusts_types && type && bound ? *bound : Value{};
  assign(name, value, span);
  // A constructor's class says more than an interface, an interface more than a call's name.
  bool opaque = value.is(ValueKind::Name) || value.is(ValueKind::Unknown) || (value.is(ValueKind::Call) && role(value_node) != Role::New);
  if (declared.is(ValueKind::Call) && opaque && !is_environment_map(name_of(value))) bind(text(name), declared);
}

void CodeWalker::walk_parameter(Node node, const Row& row) {
  Node name = node.field(row.b);
  Node right = row.c ? node.field(row.c) : Node();
  if (!name) return walk_children(node);
  if (Value fallback = right ? eval(right) : Value{}) {
    facts_.add(FactKind::Assign, spelled(name), node.span(), fallback, {}, context());
  }
  bind(text(name), facts_.value(ValueKind::Unknown, {}, name.span()));
  if (row.a) declare(node.field(row.a), name);
}

// Runs `body` with the variables of a function of its own.
template <typename Body>
void CodeWalker::within_function(Body body) {
  context_.flags &= ~(context::InLoop | context::LoopForever | context::InTry);
  size_t outer_begin = std::exchange(function_begin_, bindings_.size());
  size_t outer = std::exchange(function_, ++functions_);
  push_scope();
  body();
  pop_scope();
  function_ = outer;
  function_begin_ = outer_begin;
}

void CodeWalker::walk_function(Node node, std::string_view name) {
  within(context::InFunction, name, [&] { within_function([&] { walk_children(node); }); });
}

void CodeWalker::walk_if(Node node, const Row& row, bool negated) {
  Node condition = node.field(row.a);
  Node then = node.field(row.b);
  auto is_initializer = [&](Node child) {  // `if v := f(); v == ""`
    return condition && then && !is_same(then, child) && child.span().begin < condition.span().begin;
  };
  for_each_child(node, [&](Node child) {
    if (child.named() && is_initializer(child)) walk(child);
  });
  Value test = condition ? eval(condition) : Value{};
  Value outer = std::exchange(tested_, tested_read(test));
  facts_.add(FactKind::Branch, negated ? "unless" : "if", condition ? condition.span() : node.span(), test, {}, context());
  Guard guard = negated ? opposite(guard_of(test)) : guard_of(test);
  bool seen_then = false;
  size_t overwritten_before = overwritten_.size();
  for_each_child(node, [&](Node child) {
    if (!child.named() || is_same(condition, child) || is_initializer(child)) return;
    bool is_then = then ? is_same(then, child) : !seen_then;
    seen_then |= is_then;
    within(guard_flags(is_then ? guard : opposite(guard)), {}, [&] { walk(child); });
  });
  tested_ = outer;
  forget_overwritten(overwritten_before);
}

void CodeWalker::walk_loop(Node node, const Row& row) {
  Node condition = row.a ? node.field(row.a) : Node();
  if (condition && text(condition) == ";") condition = Node();
  Value test = condition ? eval(condition) : Value{};
  bool endless = row.role == Role::While   ? test.is(ValueKind::Number) && test.text == "1"
                 : row.role == Role::Until ? test.is(ValueKind::Bool) && test.text == "false"
                                           : false;
  bool empty = !condition && (row.role == Role::While || (row.role == Role::For && row.a));
  if (row.role == Role::Until && test.is(ValueKind::Bool) && !endless) test = {};
  if (endless || empty) test = facts_.value(ValueKind::Bool, "true", node.span());
  walk_loop(node, row.role == Role::For && !empty ? "for" : "while", condition, test);
}

void CodeWalker::walk_loop(Node node, std::string_view keyword, Node condition, Value test) {
  facts_.add(FactKind::Branch, keyword, node.span(), test, {}, context());
  bool forever = test.is(ValueKind::Bool) && test.text == "true";
  within(context::InLoop | (forever ? context::LoopForever : 0), {}, [&] {
    for_each_child(node, [&](Node child) {
      if (child.named() && !is_same(condition, child)) walk(child);
    });
  });
}

// --- names ---------------------------------------------------------------------------------------------------------

void CodeWalker::push_scope() { scopes_.push_back({bindings_.size(), overwritten_.size()}); }

void CodeWalker::pop_scope() {
  Scope scope = scopes_.back();
  scopes_.pop_back();
  while (bindings_.size() > scope.bindings) {
    const Binding& gone = bindings_.back();
    if (gone.shadowed < 0) newest_.erase(gone.name);
    else newest_[gone.name] = gone.shadowed;
    bindings_.pop_back();
  }
  auto begin = overwritten_.begin() + static_cast<ptrdiff_t>(std::min(scope.overwritten, overwritten_.size()));
  auto is_gone = [&](const Overwritten& entry) { return entry.index >= scope.bindings; };
  overwritten_.erase(std::remove_if(begin, overwritten_.end(), is_gone), overwritten_.end());
}

void CodeWalker::forget_overwritten(size_t from) {
  while (overwritten_.size() > from) {
    const Value& before = overwritten_.back().before;
    Value& now = bindings_[overwritten_.back().index].value;
    if (now.is_literal()) now = before.is(ValueKind::Env) ? before : facts_.value(ValueKind::Unknown, {}, now.span);
    overwritten_.pop_back();
  }
}

void CodeWalker::bind(std::string_view name, const Value& value) {
  if (name.empty()) return;
  if (is_field(name)) return bind_field(name, value);
  std::string_view kept = facts_.keep(name);
  auto [place, fresh] = newest_.try_emplace(kept, -1);
  size_t scope_begin = scopes_.empty() ? 0 : scopes_.back().bindings;
  if (!fresh && static_cast<size_t>(place->second) >= scope_begin) {
    Value& now = bindings_[static_cast<size_t>(place->second)].value;
    bool was_known = now.is_literal() || now.is(ValueKind::Env);
    if (was_known && context_.has(context::InCondition)) overwritten_.push_back({static_cast<size_t>(place->second), now});
    now = value;
    return;
  }
  bindings_.push_back({kept, value, fresh ? -1 : place->second});
  place->second = static_cast<int32_t>(bindings_.size() - 1);
}

void CodeWalker::bind_field(std::string_view name, const Value& value) {
  auto [place, fresh] = fields_.try_emplace(facts_.keep(name), Field{value, function_});
  Field& field = place->second;
  field.shared |= !fresh && field.function != function_;
  field.value = value;
  field.function = function_;
}

void CodeWalker::bind_name(std::string_view name, std::string_view qualified, Span span) {
  bind(name, facts_.value(ValueKind::Name, qualified, span));
}

const Value* CodeWalker::lookup(std::string_view name) const {
  if (is_field(name)) {
    auto field = fields_.find(name);
    if (field == fields_.end()) return nullptr;
    // Of two functions that set a literal, nobody knows which ran last.
    bool unsure = field->second.shared && field->second.function != function_ && field->second.value.is_literal();
    return unsure ? nullptr : &field->second.value;
  }
  auto found = newest_.find(name);
  return found == newest_.end() ? nullptr : &bindings_[static_cast<size_t>(found->second)].value;
}

// A literal of outside this function, where the file assigns to the name elsewhere too.
bool CodeWalker::may_have_changed(std::string_view name, const Value& value) const {
  if (!value.is_literal() || !reassigned_.contains(name)) return false;
  auto found = newest_.find(name);
  return found != newest_.end() && static_cast<size_t>(found->second) < function_begin_;
}

// `if v == "" { v = "d" }` gives the read behind v its default, `p = "d"; if v != "" { p = v }` the one behind p.
Value CodeWalker::reassigned(std::string_view key, const Value& value) {
  const Value* old = tested_.is(ValueKind::Env) ? lookup(key) : nullptr;
  if (!old) return value;
  auto is_tested = [&](const Value& read) { return read.is(ValueKind::Env) && read.span == tested_.span && read.item_count == 0; };
  if (is_tested(*old) && value.is_literal() && !value.is(ValueKind::Null)) return with_default(*old, value);
  if (is_tested(value) && old->is_literal() && !old->is(ValueKind::Null)) return with_default(value, *old);
  return value;
}

std::string CodeWalker::qualify(std::string_view dotted) const {
  std::string_view root = before_first(dotted, '.');
  std::string_view rest = dotted.substr(root.size());
  if (contains(language_.self_names, root) && !rest.empty()) return qualify(rest.substr(1));
  const Value* bound = lookup(root);
  std::string base = bound ? name_of(*bound) : std::string();
  if (base.empty() || base.size() > longest_name) return std::string(dotted);
  return base.append(rest);
}

std::string CodeWalker::name_of(const Value& value) const {
  if (value.is(ValueKind::Name)) return std::string(value.text);
  if (!value.is(ValueKind::Call)) return {};
  if (value.text != "||" && value.text != "?") return is_operator(value.text) ? std::string() : std::string(value.text);
  // `cached || connect()`, `tls ? https.createServer() : http.createServer()`: what made the last one that was made.
  for (size_t i = value.item_count; i-- > 0;) {
    const Value& item = value.items()[i].value;
    if (item.is(ValueKind::Call) && !is_operator(item.text)) return std::string(item.text);
  }
  return {};
}

std::string CodeWalker::spelled(Node node) const {
  return language_.spelling ? language_.spelling(text(node)) : std::string(text(node));
}

// The name of what a method is called on: `Foo.new` is a Foo.
std::string CodeWalker::object_name(const Value& value) const {
  std::string name = name_of(value);
  std::string_view last = language_.constructor;
  bool made = !last.empty() && value.is(ValueKind::Call) && name.size() > last.size() + 1 && name.ends_with(last) &&
              name[name.size() - last.size() - 1] == '.';
  if (made) name.resize(name.size() - last.size() - 1);
  return name;
}

// The name of a member or method, without type arguments (`Get<int>`) and the dot of `a?.b`.
std::string CodeWalker::property_of(Node member, const Row& row) const {
  std::string name = spelled(row.b ? member.field(row.b) : member.named_child(member.named_count() - 1));
  if (name.starts_with('.')) name.erase(0, 1);
  if (size_t at = name.find('<'); at != std::string::npos && at > 0) name.resize(at);
  return name;
}

std::vector<Node> CodeWalker::parts(Node node) const {
  std::vector<Node> found;
  if (!node) return found;
  for_each_child(node, [&](Node child) {
    if (child.named() && role(child) != Role::Skip) found.push_back(child);
  });
  return found;
}

// The part of a node that wraps one other.
Node CodeWalker::inner_of(Node node, TSFieldId field) const {
  if (field) return node.field(field);
  Node child = node.named_child(0);
  while (child && role(child) == Role::Skip) child = child.next_named();
  return child;
}

// More than comments.
bool CodeWalker::has_content(Node node) const {
  bool found = false;
  for_each_child(node, [&](Node child) { found |= child.named() && role(child) != Role::Skip; });
  return found;
}

// `this` is no named node in every grammar; where it is, it is a name like others.
bool CodeWalker::is_self(Node node) const {
  return node && role(node) == Role::None && node.span().end - node.span().begin < 8 && contains(language_.self_names, text(node));
}

// What the target of an assignment is bound under, "" when it is not a variable of the file.
std::string CodeWalker::binding_key(Node target) const {
  const Row& row = compiled_.row(target.symbol());
  if (row.role == Role::Name) return std::string(text(target));
  if (row.role != Role::Member) return {};
  Node object = part(target, row.a, 0);
  bool own = is_self(object) || contains(language_.self_names, target_name(object));
  return own ? std::string(language_.field_prefix) + property_of(target, row) : std::string();
}

std::string CodeWalker::target_name(Node node, int depth) const {
  if (!node || depth > deepest) return {};
  const Row& row = compiled_.row(node.symbol());
  switch (row.role) {
    case Role::Name: return spelled(node);
    case Role::Through: return target_name(inner_of(node, row.a), depth + 1);
    case Role::Member: {
      std::string property = property_of(node, row);
      Node object_node = part(node, row.a, 0);
      std::string object = target_name(object_node, depth + 1);
      if (is_self(object_node) || contains(language_.self_names, object)) return property;
      return object.empty() ? std::string() : object + "." + property;
    }
    case Role::Subscript: {
      std::string object = target_name(part(node, row.a, 0), depth + 1);
      Node index = part(node, row.b, 1);
      bool symbol = index && text(index).starts_with(':');
      if (object.empty() || !index || (role(index) != Role::String && !symbol)) return object.empty() ? object : object + ".*";
      return object + "." + std::string(symbol ? text(index).substr(1) : strip_quotes(text(index)));
    }
    case Role::Call: return target_name_of_call(node, row, depth);
    default: return {};
  }
}

// `config.action_mailer` in Ruby is a call without arguments.
std::string CodeWalker::target_name_of_call(Node node, const Row& row, int depth) const {
  if (!row.b || (row.c && node.field(row.c))) return {};
  std::string method(text(node.field(row.b)));
  Node receiver = node.field(row.a);
  if (!receiver) return method;
  std::string object = target_name(receiver, depth + 1);
  if (contains(language_.self_names, object)) return method;
  return object.empty() ? std::string() : object + "." + method;
}

// --- facts and the environment -------------------------------------------------------------------------------------

bool CodeWalker::is_environment_map(std::string_view name) const { return contains(language_.environment_maps, name); }

bool CodeWalker::is_environment_key(std::string_view map, std::string_view key) const {
  return is_environment_map(map) && (!language_.environment_key || language_.environment_key(map, key));
}

void CodeWalker::add_import(std::string_view module, Span span, std::string_view alias) {
  facts_.add(FactKind::Import, module, span, alias.empty() ? Value{} : facts_.string(alias, span), {}, context());
}

void CodeWalker::add_call(std::string_view name, std::span<const Arg> args, Span span, uint32_t extra_flags) {
  Context where = context();
  where.flags |= extra_flags;
  facts_.add(FactKind::Call, name, span, {}, args, where);
}

Value CodeWalker::environment_read(std::string_view name, const Value& fallback, Span span) {
  facts_.add(FactKind::EnvRead, name, span, fallback, {}, context());
  reads_[key_of(span)] = facts_.facts().size() - 1;
  Value read = facts_.value(ValueKind::Env, name, span);
  if (fallback) {
    Arg item{{}, fallback};
    facts_.set_items(read, {&item, 1});
  }
  return read;
}

Value CodeWalker::with_default(Value read, const Value& fallback) {
  bool chained = read.item_count && read.items()[0].value.is(ValueKind::Env);  // `A || B || "y"` of two variables
  Arg item{{}, chained ? with_default(read.items()[0].value, fallback) : fallback};
  facts_.set_items(read, {&item, 1});
  if (auto fact = reads_.find(key_of(read.span)); fact != reads_.end()) facts_.facts()[fact->second].value = item.value;
  return read;
}

void CodeWalker::add_entries(std::string_view anchor, const Value& value, int depth) {
  if (depth > deepest_entry || anchor.size() > longest_name || entries_ > most_entries) return;
  size_t index = 0;
  for (const Arg& item : value.items()) {
    std::string name(anchor);
    name += ".";
    name += item.name.empty() ? std::to_string(index) : std::string(item.name);
    ++index;
    const Value& inner = item.value;
    if (++entries_ > most_entries) return;
    if (is_collection(inner)) {
      add_entries(name, inner, depth + 1);
    } else if (!inner.is(ValueKind::Unknown) && !(item.name.empty() && inner.is(ValueKind::Number))) {
      facts_.add(FactKind::Entry, name, inner.span, inner, {}, context());
    }
  }
}

// --- expressions ---------------------------------------------------------------------------------------------------

Value CodeWalker::eval(Node node) {
  if (!node || depth_ > deepest) return {};
  ++depth_;
  Value value = eval_role(node, compiled_.row(node.symbol()));
  --depth_;
  return value;
}

Value CodeWalker::eval_role(Node node, const Row& row) {
  switch (row.role) {
    case Role::Through:
    case Role::Spread:
    case Role::Interpolation: return eval(inner_of(node, row.a));
    case Role::Pair:
    case Role::KeywordArg: return eval_pair(node, row).value;
    case Role::String: return eval_string(node);
    case Role::Number: {
      std::string digits(text(node));
      std::erase(digits, '_');
      return facts_.value(ValueKind::Number, digits, node.span());
    }
    case Role::True: return facts_.value(ValueKind::Bool, text(node) == "false" ? "false" : "true", node.span());
    case Role::False: return facts_.value(ValueKind::Bool, "false", node.span());
    case Role::Null: return facts_.value(ValueKind::Null, {}, node.span());
    case Role::Name: return eval_name(node);
    case Role::Member: return eval_member(node, row);
    case Role::Subscript: return eval_subscript(node, row);
    case Role::Call:
      if (language_.reads_member && statement_ != node.id() && language_.reads_member(*this, node)) return eval_member(node, row);
      return eval_call(node, row);
    case Role::New:
    case Role::Annotation: return eval_call(node, row);
    case Role::Custom: return language_.custom(*this, node);
    case Role::Return: return eval_return(node, row);
    case Role::Binary: return eval_binary(node, row);
    case Role::Not: return eval_unary(node, row);
    case Role::Conditional: return eval_conditional(node, row);
    case Role::Map: return eval_collection(node, ValueKind::Map);
    case Role::List: return eval_collection(node, ValueKind::List);
    case Role::Lambda:
    case Role::Block: return eval_function(node, row);
    case Role::Assign: return walk_assign(node, row);
    default: walk(node); return facts_.value(ValueKind::Unknown, {}, node.span());
  }
}

Value CodeWalker::eval_name(Node node) {
  std::string_view written = text(node);
  const Value* bound = lookup(written);
  bool says = bound && !bound->is(ValueKind::Absent) && !bound->is(ValueKind::Unknown) && !bound->is(ValueKind::Function) && !bound->is(ValueKind::Null);
  if (says && !may_have_changed(written, *bound)) {
    Value value = *bound;
    if (value.is(ValueKind::Name) || value.is(ValueKind::Call)) value.span = node.span();
    if (!is_collection(value) && is_large(value)) value.item_count = 0;
    return value;
  }
  std::string name = spelled(node);
  if (name.find('.') != std::string::npos) name = qualify(name);
  if (language_.is_bare_call && !bound && statement_ == node.id() && language_.is_bare_call(*this, node)) add_call(name, {}, node.span());
  return facts_.value(ValueKind::Name, name, node.span());
}

Value CodeWalker::member_of(const Value& object, std::string_view property, Span span) {
  std::string base = object_name(object);
  if (is_environment_key(base, property)) return environment_read(property, {}, span);
  if (object.is(ValueKind::Map)) {
    for (const Arg& item : object.items()) {
      if (item.name == property) return item.value;
    }
  }
  if (base.empty() || base.size() > longest_name) return facts_.value(ValueKind::Unknown, {}, span);
  if (contains(language_.transparent_members, property)) return object;
  return facts_.value(ValueKind::Name, base + "." + std::string(property), span);
}

Value CodeWalker::field_of_self(std::string_view property, Span span) {
  const Value* bound = lookup(std::string(language_.field_prefix).append(property));
  if (bound && (is_foldable(*bound) || !name_of(*bound).empty())) return *bound;
  return facts_.value(ValueKind::Name, property, span);
}

Value CodeWalker::eval_member(Node node, const Row& row) {
  Node object_node = part(node, row.a, 0);
  std::string property = property_of(node, row);
  if (!object_node) return facts_.value(ValueKind::Name, qualify(property), node.span());
  if (is_self(object_node)) return field_of_self(property, node.span());
  Value object = eval(object_node);
  if (contains(language_.self_names, object_name(object))) return field_of_self(property, node.span());
  if (role(node) == Role::Call && is_transparent(object, property)) return object;
  if (object.is(ValueKind::Env) && property.ends_with('?')) return operation(property, {Arg{{}, object}}, node.span());
  Value value = member_of(object, property, node.span());
  if (!value.is(ValueKind::Unknown) || role(object_node) != Role::Name) return value;
  std::string base = spelled(object_node);
  if (base.size() > longest_name) return value;
  return facts_.value(ValueKind::Name, base + "." + property, node.span());
}

Value CodeWalker::eval_subscript(Node node, const Row& row) {
  Value object = eval(part(node, row.a, 0));
  Node index_node = part(node, row.b, 1);
  // Some grammars wrap the index in an argument list.
  if (index_node && role(index_node) == Role::None && index_node.named_count() == 1) index_node = index_node.named_child(0);
  Value index = index_node ? eval(index_node) : Value{};
  if (index.is(ValueKind::String)) return member_of(object, index.text, node.span());
  if (is_environment_key(name_of(object), {})) return environment_read({}, {}, node.span());
  return facts_.value(ValueKind::Unknown, {}, node.span());
}

// An element or argument. Large collections are not copied from where their name stands into other values.
Value CodeWalker::eval_item(Node node) {
  Value value = eval(node);
  bool by_name = role(node) == Role::Name || role(node) == Role::Member;
  if (by_name && is_collection(value) && is_large(value)) return facts_.value(ValueKind::Name, spelled(node), node.span());
  return value;
}

// A lambda is known by the name that it is given.
Value CodeWalker::eval_named(Node node, std::string_view name) {
  if (role(node) != Role::Lambda || name.size() > longest_name) return eval(node);
  Value value;
  within(0, name, [&] { value = eval(node); });
  return value;
}

// The key of a map's pair or the name of an argument; "*" stands for what only the running program knows.
std::string CodeWalker::eval_key(Node key) {
  switch (role(key)) {
    case Role::String: return std::string(eval_string(key).text);
    case Role::Member:
    case Role::Subscript:
    case Role::Call:
    case Role::Binary:
    case Role::Conditional: return "*";
    case Role::Interpolation: {
      Value computed = eval(key);
      return computed.is(ValueKind::String) ? std::string(computed.text) : "*";
    }
    default: break;
  }
  if (role(key) == Role::Name && text(key).starts_with('$')) return "*";
  std::string name = spelled(key);
  while (!name.empty() && name.front() == ':') name.erase(0, 1);
  while (!name.empty() && name.back() == ':') name.pop_back();
  return name;
}

Arg CodeWalker::eval_pair(Node node, const Row& row) {
  uint32_t count = node.named_count();
  if (count == 0 && row.role == Role::Pair) return {facts_.keep(text(node)), eval_name(node)};  // `{ port }`
  if (count == 0) return {{}, facts_.value(ValueKind::Unknown, {}, node.span())};
  Node key = part(node, row.a, 0);
  Node inner = row.b ? node.field(row.b) : node.named_child(row.a ? count - 1 : 1);
  bool positional = row.a ? !key : count == 1;
  if (positional) return {{}, eval_item(node.named_child(count - 1))};
  while (key && role(key) == Role::Through) key = inner_of(key, compiled_.row(key.symbol()).a);
  std::string_view name = key ? facts_.keep(eval_key(key)) : std::string_view{};
  if (!inner) return {name, eval(key)};
  return {name, role(inner) == Role::Lambda ? eval_named(inner, name) : eval_item(inner)};
}

std::vector<Arg> CodeWalker::eval_arguments(Node arguments) {
  std::vector<Arg> args;
  if (!arguments) return args;
  if (role(arguments) == Role::String) return {{{}, eval(arguments)}};  // sql`SELECT …`
  bool is_map = role(arguments) == Role::Map;
  for_each_child(arguments, [&](Node child) {
    if (!child.named()) return;
    const Row& row = compiled_.row(child.symbol());
    if (row.role == Role::Skip) return;
    if (row.role == Role::KeywordArg || row.role == Role::Pair) {
      args.push_back(eval_pair(child, row));
    } else if (row.role == Role::Spread) {
      Value spread = eval_item(inner_of(child, row.a));
      if (is_collection(spread)) args.insert(args.end(), spread.items().begin(), spread.items().end());
      else args.push_back({{}, facts_.value(ValueKind::Unknown, {}, child.span())});
    } else if (row.role == Role::Function && is_map) {  // `{ start() {…} }`
      std::string_view name = facts_.keep(text(child.field(row.a)));
      within(0, name, [&] { args.push_back({name, eval_function(child, row)}); });
    } else {
      args.push_back({{}, eval_item(child)});
    }
  });
  return args;
}

Value CodeWalker::operation(std::string_view name, std::initializer_list<Arg> operands, Span span) {
  return facts_.with_items(ValueKind::Call, name, {operands.begin(), operands.size()}, span);
}

Value CodeWalker::eval_binary(Node node, const Row& row) {
  Node op_node = row.c ? node.field(row.c) : Node();
  std::string_view op = op_node ? text(op_node) : first_anonymous_text(node, source_);
  if (op == "===") op = "==";
  if (op == "!==") op = "!=";
  if (op == "and") op = "&&";
  Value left = eval(part(node, row.a, 0));
  Value right;
  if (op == "&&") within(guard_flags(guard_of(left)), {}, [&] { right = eval(part(node, row.b, 1)); });
  else right = eval(part(node, row.b, 1));
  if (contains(language_.fallback_operators, op)) {
    if (lacks_default(left)) return with_default(left, right);
    if (right.is(ValueKind::Env) && !left.is(ValueKind::Env)) return right;
    return operation("||", {Arg{{}, left}, Arg{{}, right}}, node.span());
  }
  if (contains(language_.concat_operators, op)) return concat(left, right, node.span());
  if (op == "%" && left.is(ValueKind::String)) return facts_.value(ValueKind::Template, left.text, node.span());
  return operation(op, {Arg{{}, left}, Arg{{}, right}}, node.span());
}

Value CodeWalker::eval_unary(Node node, const Row& row) {
  std::string_view op = first_anonymous_text(node, source_);
  if (op == "delete") return facts_.value(ValueKind::Unknown, {}, node.span());  // `delete process.env.X` reads nothing
  Value operand = eval(inner_of(node, row.a));
  if (op == "!" || op == "not") return operation("!", {Arg{{}, operand}}, node.span());
  if (op == "-" && operand.is(ValueKind::Number)) return facts_.value(ValueKind::Number, "-" + std::string(operand.text), node.span());
  if (op == "&" || op == "*" || op == "+") return operand;
  return facts_.value(ValueKind::Unknown, {}, node.span());
}

Value CodeWalker::eval_return(Node node, const Row& row) {
  Node returned = inner_of(node, row.a);
  if (!returned) return facts_.value(ValueKind::Unknown, {}, node.span());
  Value value = eval(returned);
  // A function that returns a variable says nothing new; a file that does is a configuration file.
  bool here = returned.span().begin <= value.span.begin && value.span.end <= returned.span().end;
  bool says = here || !context_.has(context::InFunction);
  if (says && is_collection(value)) add_entries("return", value);
  return value;
}

Value CodeWalker::eval_conditional(Node node, const Row& row) {
  Value condition = eval(part(node, row.a, 1));  // Python: `then if condition else otherwise`
  Guard guard = guard_of(condition);
  Value then, otherwise;
  within(guard_flags(guard), {}, [&] { then = eval(part(node, row.b, 0)); });
  within(guard_flags(opposite(guard)), {}, [&] { otherwise = eval(part(node, row.c, 2)); });
  if (!then) then = condition;  // `a ?: b`
  if (lacks_default(then)) return with_default(then, otherwise);
  if (lacks_default(otherwise)) return with_default(otherwise, then);
  return operation("?", {Arg{{}, condition}, Arg{{}, then}, Arg{{}, otherwise}}, node.span());
}

Value CodeWalker::eval_collection(Node node, ValueKind kind) {
  std::vector<Arg> items = eval_arguments(node);
  bool named = std::any_of(items.begin(), items.end(), [](const Arg& item) { return !item.name.empty(); });
  if (kind == ValueKind::List && named) kind = ValueKind::Map;  // PHP arrays are both
  return facts_.with_items(kind, {}, items, node.span());
}

// Walks a function's parts; the value of a body that is one expression.
Value CodeWalker::eval_body(Node node, Node body) {
  Value result;
  for_each_child(node, [&](Node child) {
    if (!child.named()) return;
    bool is_body = is_same(body, child);
    // The parameter of `host => …`.
    if (!is_body && role(child) == Role::Name) return bind(text(child), facts_.value(ValueKind::Unknown, {}, child.span()));
    // An expression as the whole body is the function's value: `fetch("X") { "default" }`.
    Node only = is_body ? child : Node();
    while (only && role(only) == Role::None && only.named_count() == 1) only = only.named_child(0);
    if (!is_body || !only || role(only) == Role::None) return walk(child);
    statement_ = only.id();
    result = eval(only);
  });
  return result;
}

Value CodeWalker::eval_function(Node node, const Row& row) {
  Node body = row.b ? node.field(row.b) : Node();
  Value result;
  if (row.role == Role::Block) {
    push_scope();
    result = eval_body(node, body);
    pop_scope();
  } else {
    within(context::InFunction, {}, [&] { within_function([&] { result = eval_body(node, body); }); });
  }
  bool bare = body && !has_content(body) && (role(body) == Role::None || role(body) == Role::Map);
  bool empty = (row.b && !body) || (bare && (body.named_count() > 0 || text(body).size() <= 8));
  Value value = facts_.value(ValueKind::Function, empty ? "empty" : "", node.span());
  if (result) {
    Arg item{{}, result};
    facts_.set_items(value, {&item, 1});
  }
  return value;
}

// --- texts ---------------------------------------------------------------------------------------------------------

// A value as a part of a text.
std::string CodeWalker::part_of(const Value& value) const {
  if (value.text.size() > longest_folded) return "${?}";
  if (value.is_literal() || value.is(ValueKind::Template)) return std::string(value.text);
  if (value.is(ValueKind::Env) || value.is(ValueKind::Name)) return "${" + std::string(value.text) + "}";
  if (value.is(ValueKind::Call) && value.item_count == 0 && !is_operator(value.text)) return "${" + std::string(value.text) + "}";
  return "${?}";
}

Value CodeWalker::eval_string(Node node) {
  std::string content;
  bool pieces = false, open = false;
  auto add = [&](Node expression) {
    Value value = eval(expression);
    bool fits = content.size() + value.text.size() <= longest_folded;
    std::string piece = fits ? part_of(value) : "${?}";
    if (piece == "${?}") piece = "${" + std::string(text(expression).substr(0, 60)) + "}";
    pieces = true;
    open |= !fits || !value.is_literal() || value.is(ValueKind::Null);
    content += piece;
  };
  auto take = [&](Node child, auto&& self) -> void {
    const Row& row = compiled_.row(child.symbol());
    if (row.role == Role::Interpolation) {
      add(inner_of(child, row.a));
    } else if (row.role == Role::Escape) {
      pieces = true;
      append_escape(content, text(child));
    } else if (row.role == Role::StringPart) {
      pieces = true;
      size_t at = child.span().begin;  // escapes may be nested in the part
      for_each_child(child, [&](Node inner) {
        if (this->role(inner) != Role::Escape) return;
        content += source_.substr(at, inner.span().begin - at);
        self(inner, self);
        at = inner.span().end;
      });
      content += source_.substr(at, child.span().end - at);
    } else if (row.role == Role::String) {
      Value inner = eval(child);
      pieces = true;
      open |= !inner.is(ValueKind::String);
      content += inner.text;
    } else if (child.named() && row.role != Role::Skip && row.role != Role::None) {
      add(child);
    }
  };
  for_each_child(node, [&](Node child) { take(child, take); });
  if (!pieces) content = strip_quotes(text(node));
  return facts_.value(open ? ValueKind::Template : ValueKind::String, content, node.span());
}

Value CodeWalker::concat(const Value& left, const Value& right, Span span) {
  bool whole = left.is(ValueKind::String) && (right.is(ValueKind::String) || right.is(ValueKind::Number));
  bool texty = left.is(ValueKind::String) || left.is(ValueKind::Template) || right.is(ValueKind::String) || right.is(ValueKind::Template);
  texty = texty && left.text.size() <= longest_folded && right.text.size() <= longest_folded;
  if (!texty) return facts_.value(ValueKind::Unknown, {}, span);
  return facts_.value(whole ? ValueKind::String : ValueKind::Template, part_of(left) + part_of(right), span);
}

// "%s:%d" and "{0}:{1}" with their arguments put in, a placeholder where one is not known.
Value CodeWalker::format(std::span<const Arg> args, Span span) {
  std::string_view pattern = args[0].value.text;
  std::string out;
  size_t next = 1;
  auto put = [&] {
    const Value* value = next < args.size() ? &args[next].value : nullptr;
    ++next;
    bool fits = value && value->text.size() <= longest_name && out.size() <= longest_folded;
    out += fits ? part_of(*value) : "${?}";
  };
  for (size_t i = 0; i < pattern.size(); ++i) {
    bool more = i + 1 < pattern.size();
    size_t close = pattern[i] == '{' ? pattern.substr(0, i + 4).find('}', i) : std::string_view::npos;
    if (pattern[i] == '%' && more && pattern[i + 1] == '%') {
      out += pattern[i++];
    } else if (pattern[i] == '%' && more) {
      size_t verb = pattern.find_first_not_of("+-# 0123456789.$l", i + 1);
      put();
      i = verb == std::string_view::npos ? pattern.size() : verb;
    } else if (close != std::string_view::npos && is_digits(pattern.substr(i + 1, close - i - 1))) {
      put();
      i = close;
    } else {
      out += pattern[i];
    }
  }
  return facts_.value(ValueKind::Template, out, span);
}

// File.join("a", "b") is "a/b", Rails.root.join("b") "${Rails.root}/b", storage_path("b") "${storage_path}/b".
Value CodeWalker::join_path(std::string_view name, std::span<const Arg> args, Span span) {
  std::string path;
  bool open = name != "File.join";
  if (open) path = "${" + std::string(name.ends_with(".join") ? name.substr(0, name.size() - 5) : name) + "}";
  for (const Arg& arg : args) {
    bool fits = path.size() + arg.value.text.size() <= longest_folded;
    open |= !arg.value.is(ValueKind::String) || !fits;
    std::string piece = fits ? part_of(arg.value) : "${?}";
    if (!path.empty() && !path.ends_with('/') && !piece.starts_with('/')) path += '/';
    path += piece;
  }
  return facts_.value(open ? ValueKind::Template : ValueKind::String, path, span);
}

// --- calls ---------------------------------------------------------------------------------------------------------

bool CodeWalker::is_transparent(const Value& receiver, std::string_view method) const {
  return is_foldable(receiver) && ((receiver.is(ValueKind::Env) && !method.ends_with('?')) || contains(language_.transparent_methods, method));
}

// The qualified name of `object.method(…)`; "?" stands for an object that has no name. `receiver` is what it evaluates to.
std::string CodeWalker::method_name(Node object, std::string_view method, Value& receiver) {
  if (is_self(object)) return std::string(method);
  receiver = eval(object);
  std::string name = object_name(receiver);
  if (name.empty() && role(object) == Role::Name) name = spelled(object);
  if (contains(language_.self_names, name)) return std::string(method);
  return (name.empty() ? "?" : name) + "." + std::string(method);
}

// The qualified name of what a call calls; `receiver` is what its object evaluates to.
std::string CodeWalker::callee_name(Node node, const Row& row, Node function, Value& receiver) {
  if (row.role == Role::New || row.role == Role::Annotation) {
    Role kind = role(function);
    // A class that is named by more than a name: `new (require("ws").Server)()`, `new this.Store()`.
    bool computed = kind == Role::Member || kind == Role::Call || (kind == Role::Through && text(function).starts_with('('));
    if (row.role == Role::New && computed) return name_of(eval(function));
    return language_.type_name ? language_.type_name(*this, text(function)) : qualify(before_first(text(function), '<'));
  }
  if (row.b && node.field(row.b)) {
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
    bool falls_back = !args.empty() && is_fallback_method(name) && lacks_default(receiver);
    return falls_back ? with_default(receiver, args[0].value) : receiver;
  }
  if (receiver.is(ValueKind::String) && is_text_conversion(name)) return receiver;
  return args.empty() && is_transparent(receiver, after_last(name, '.')) ? receiver : Value{};
}

Value CodeWalker::eval_call(Node node, const Row& row) {
  Node function = row.a ? node.field(row.a) : Node();
  bool annotates = row.role == Role::Annotation;
  if (annotates && !function) function = inner_of(node, 0);
  if (annotates && role(function) == Role::Call) {
    within(context::Annotation, {}, [&] { eval(function); });
    return facts_.value(ValueKind::Unknown, {}, node.span());
  }
  Value receiver;
  std::string name = callee_name(node, row, function, receiver);
  if (name.size() > longest_name) name.clear();
  std::vector<Arg> args = row.c ? eval_arguments(node.field(row.c)) : std::vector<Arg>{};
  Node block;  // hangs below the call in some grammars
  for_each_child(node, [&](Node child) {
    if (!child.named() || is_same(function, child)) return;
    if (role(child) == Role::Lambda || role(child) == Role::Block) block = child;
  });
  if (block) args.push_back({{}, block_argument(block)});
  Value value = converted(node, name, receiver, args);
  if (!value && language_.call) {
    if (Value special = language_.call(*this, node, name, args)) return special;
  }
  if (!value) value = finish_call(node, name, args, annotates ? context::Annotation : 0);
  Value result = block ? eval(block) : Value{};
  if (lacks_default(value) && result.item_count == 1) value = with_default(value, result.items()[0].value);
  return value;
}

// A block as the last argument of its call; what it says comes after the call.
Value CodeWalker::block_argument(Node block) {
  const Row& row = compiled_.row(block.symbol());
  Node body = row.b ? block.field(row.b) : Node();
  return facts_.value(ValueKind::Function, !body || body.named_count() == 0 ? "empty" : "", block.span());
}

Value CodeWalker::finish_call(Node node, const std::string& name, std::span<const Arg> args, uint32_t flags) {
  bool reads = contains(language_.environment_calls, name);
  if (!args.empty() && (reads || is_environment_wrapper(name, args))) {
    const Value& variable = args[0].value;
    Value fallback = argument(args, "default", 1);
    if (fallback.is(ValueKind::Function)) fallback = fallback.item_count == 1 ? fallback.items()[0].value : Value{};
    return environment_read(variable.is(ValueKind::String) ? variable.text : std::string_view{}, fallback, node.span());
  }
  if (name.empty()) return facts_.value(ValueKind::Unknown, {}, node.span());
  const Value first = args.empty() ? Value{} : args[0].value;
  if (first.is(ValueKind::Env)) {
    if (is_conversion(name)) return first;
    if (is_fallback_call(name) && args.size() == 2 && lacks_default(first)) return with_default(first, args[1].value);
  }
  if (args.size() == 1 && first.is(ValueKind::String) && is_text_conversion(name)) return first;
  add_call(name, args, node.span(), flags);
  add_shell_call(facts_, language_.name, name, args, node.span(), context_.flags);
  for (const Arg& arg : args) {
    if (is_collection(arg.value)) add_entries(arg.name.empty() ? name : name + "." + std::string(arg.name), arg.value);
  }
  if (contains(language_.path_calls, name)) return join_path(name, args, node.span());
  if (is_format_call(name) && first.is(ValueKind::String)) return format(args, node.span());
  return facts_.with_items(ValueKind::Call, name, args, node.span());
}

}  // namespace tfcheck
