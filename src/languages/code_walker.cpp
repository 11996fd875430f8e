#include "languages/code_walker.h"

#include <algorithm>

#include "base/text.h"
#include "languages/conditions.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

// Deeper nesting is generated or hostile; what lies below is left out.
constexpr int deepest = 180;
// Maps and lists nested deeper than this, or longer, are data.
constexpr int deepest_entry = 8;
constexpr size_t longest_name = 200;
// Texts longer than this are not folded into others, nor more entries than this taken from a file: `a = a + a` and
// `a = [a, a]` double with every line.
constexpr size_t longest_folded = 4000;
constexpr size_t most_entries = 50000;

bool contains(std::span<const std::string_view> set, std::string_view word) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

// Calls `visit` for each child; cursors make this linear where indexing is not.
template <typename Visit>
void for_each_child(Node node, Visit visit) {
  TSTreeCursor cursor = ts_tree_cursor_new(node.raw());
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do visit(Node(ts_tree_cursor_current_node(&cursor)));
    while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
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
  if (text.size() < 2 || !(text[0] >= 'A' && text[0] <= 'Z')) return false;
  return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

// getenv_or("X", d), envString("X"), env("X", d): a project's own door to the environment.
bool is_environment_wrapper(std::string_view callee, std::span<const Arg> args) {
  if (args.empty() || !args[0].value.is(ValueKind::String) || !looks_like_variable(args[0].value.text)) return false;
  std::string_view last = callee.substr(callee.rfind('.') + 1);
  std::string word = lower(last);
  size_t at = word.find("env");
  if (at == std::string::npos || word.starts_with("set") || word.starts_with("put") || word.starts_with("del")) return false;
  // "env" must be a word of the name: get_env, getEnv, envOr; not "convenv" or "environmentName".
  bool starts = at == 0 || last[at - 1] == '_' || last[at] == 'E' || word.substr(0, at).ends_with("get");
  return starts && !word.substr(at).starts_with("envelope");
}

// int(x), parseInt(x), strconv.Atoi(x): the value stays what it was.
bool is_conversion(std::string_view callee) {
  static constexpr std::string_view names[] = {"int",    "str",      "bool",       "float",   "list",       "parseInt", "parseFloat", "Number",
                                               "String", "Boolean",  "Integer",    "Float",   "Atoi",       "ParseInt", "ParseBool",  "valueOf",
                                               "Parse",  "intval",   "strtobool",  "boolval", "parseLong",  "ToInt32",  "ToBoolean",  "parseBoolean",
                                               "trim",   "TrimSpace", "literal_eval", "loads", "Path",       "URI",      "Uri",        "URL"};
  return contains(names, callee.substr(callee.rfind('.') + 1));
}

// The named part of a node: by field, or by position where the grammar has no field for it.
Node part(Node node, TSFieldId field, uint32_t position) { return field ? node.field(field) : node.named_child(position); }

// A map's key that only the running program knows.
bool is_computed(Role key) {
  return key == Role::Member || key == Role::Subscript || key == Role::Call || key == Role::Binary || key == Role::Conditional;
}

// What folding may put in the place of a name.
bool is_foldable(const Value& value) {
  return value.is_literal() || value.is(ValueKind::Template) || value.is(ValueKind::Map) || value.is(ValueKind::List) ||
         value.is(ValueKind::Env);
}

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
  walk(tree.root());
}

Context CodeWalker::context() const {
  Context context = context_;
  context.scope = scope_;
  return context;
}

// --- names ---------------------------------------------------------------------------------------------------------

void CodeWalker::push_scope() { scopes_.push_back(bindings_.size()); }

void CodeWalker::pop_scope() {
  size_t keep = scopes_.back();
  scopes_.pop_back();
  while (bindings_.size() > keep) {
    const Binding& gone = bindings_.back();
    if (gone.shadowed < 0) newest_.erase(gone.name);
    else newest_[gone.name] = gone.shadowed;
    bindings_.pop_back();
  }
}

void CodeWalker::bind(std::string_view name, const Value& value) {
  if (name.empty()) return;
  std::string_view kept = facts_.keep(name);
  auto [place, fresh] = newest_.try_emplace(kept, -1);
  size_t scope_begin = scopes_.empty() ? 0 : scopes_.back();
  if (!fresh && static_cast<size_t>(place->second) >= scope_begin) {
    bindings_[static_cast<size_t>(place->second)].value = value;
    return;
  }
  bindings_.push_back({kept, value, fresh ? -1 : place->second});
  place->second = static_cast<int32_t>(bindings_.size() - 1);
}

void CodeWalker::bind_name(std::string_view name, std::string_view qualified, Span span) {
  bind(name, facts_.value(ValueKind::Name, qualified, span));
}

const Value* CodeWalker::lookup(std::string_view name) const {
  auto found = newest_.find(name);
  return found == newest_.end() ? nullptr : &bindings_[static_cast<size_t>(found->second)].value;
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
  bool operation = value.is(ValueKind::Call) && !value.text.empty() && "|&!=<>+-*/%?^~`"sv.find(value.text[0]) != std::string_view::npos;
  return !operation && (value.is(ValueKind::Name) || value.is(ValueKind::Call)) ? std::string(value.text) : std::string();
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

bool CodeWalker::is_transparent(const Value& receiver, std::string_view method) const {
  bool holds = is_foldable(receiver) && !receiver.is(ValueKind::Null);
  return holds && ((receiver.is(ValueKind::Env) && !method.ends_with('?')) || contains(language_.transparent_methods, method));
}

// What the target of an assignment is bound under, "" when it is not a variable of the file.
std::string CodeWalker::binding_key(Node target) const {
  Role target_role = role(target);
  const Row& row = compiled_.row(target.symbol());
  if (target_role == Role::Name) return std::string(text(target));
  if (target_role != Role::Member) return {};
  bool own = contains(language_.self_names, target_name(part(target, row.a, 0)));
  return own ? std::string(language_.field_prefix) + spelled(part(target, row.b, 1)) : std::string();
}

std::string CodeWalker::target_name(Node node, int depth) const {
  if (!node || depth > deepest) return {};
  const Row& row = compiled_.row(node.symbol());
  switch (row.role) {
    case Role::Name: return spelled(node);
    case Role::Through: return target_name(part(node, row.a, 0), depth + 1);
    case Role::Member: {
      std::string object = target_name(part(node, row.a, 0), depth + 1);
      std::string property = spelled(part(node, row.b, 1));
      if (contains(language_.self_names, object)) return property;
      return object.empty() ? std::string() : object + "." + property;
    }
    case Role::Subscript: {
      std::string object = target_name(part(node, row.a, 0), depth + 1);
      Node index = part(node, row.b, 1);
      bool symbol = index && text(index).starts_with(':');
      if (object.empty() || !index || (role(index) != Role::String && !symbol)) return object.empty() ? object : object + ".*";
      return object + "." + std::string(symbol ? text(index).substr(1) : strip_quotes(text(index)));
    }
    case Role::Call: {  // `config.action_mailer` in Ruby is a call without arguments
      if (!row.b || (row.c && node.field(row.c))) return {};
      std::string method(text(node.field(row.b)));
      Node receiver = node.field(row.a);
      if (!receiver) return method;
      std::string object = target_name(receiver, depth + 1);
      if (contains(language_.self_names, object)) return method;
      return object.empty() ? std::string() : object + "." + method;
    }
    default: return {};
  }
}

bool CodeWalker::is_environment_map(std::string_view name) const { return contains(language_.environment_maps, name); }

// --- facts ---------------------------------------------------------------------------------------------------------

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
  Value read = facts_.value(ValueKind::Env, name, span);
  if (fallback) {
    Arg item{{}, fallback};
    facts_.set_items(read, {&item, 1});
  }
  return read;
}

// A fallback found after the read itself (`ENV["X"] || "y"`): the read's fact learns of it.
Value CodeWalker::with_default(Value read, const Value& fallback) {
  Arg item{{}, fallback};
  facts_.set_items(read, {&item, 1});
  auto& all = facts_.facts();
  for (size_t i = all.size(); i-- > 0;) {
    Fact& fact = all[i];
    if (fact.kind != FactKind::EnvRead || fact.span != read.span) continue;
    fact.value = fallback;
    break;
  }
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
    if (inner.is(ValueKind::Map) || inner.is(ValueKind::List)) {
      add_entries(name, inner, depth + 1);
    } else if (!inner.is(ValueKind::Unknown) && !(item.name.empty() && inner.is(ValueKind::Number))) {
      facts_.add(FactKind::Entry, name, inner.span, inner, {}, context());
    }
  }
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
  const Row& row = compiled_.row(node.symbol());
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
    case Role::Function: walk_function(node, row); break;
    case Role::Class:
      within(0, spelled(node.field(row.a)), [&] {
        push_scope();
        walk_children(node);
        pop_scope();
      });
      break;
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
  --depth_;
}

Value CodeWalker::walk_assign(Node node, const Row& row) {
  Node target = part(node, row.a, 0);
  Node right = part(node, row.b, 1);
  Value value = right ? eval(right) : Value{};
  if (target) assign(target, value, node.span());
  return value;
}

void CodeWalker::assign(Node target, const Value& value, Span span) {
  std::string name = target_name(target);
  if (name.empty()) return walk(target);
  if (name.size() > longest_name) return;
  facts_.add(FactKind::Assign, name, span, value, {}, context());
  if (value.is(ValueKind::Map) || value.is(ValueKind::List)) add_entries(name, value);
  if (std::string key = binding_key(target); !key.empty()) bind(key, value);
}

void CodeWalker::declare(Node type, Node name) {
  if (!type || !name) return;
  std::string_view spelled = text(type);
  std::string qualified = language_.type_name ? language_.type_name(*this, spelled) : std::string(before_first(spelled, '<'));
  if (qualified.empty() || qualified.size() > longest_name) return;
  bind(text(name), facts_.value(ValueKind::Call, qualified, type.span()));
}

void CodeWalker::walk_typed_name(Node node, const Row& row) {
  Node name = node.field(row.b);
  Node right = row.c ? node.field(row.c) : Node();
  if (row.a) declare(node.field(row.a), name);
  if (!right || !name) return walk_children(node);
  assign(name, eval(right), node.span());
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

void CodeWalker::walk_function(Node node, const Row& row) {
  Node name = row.a ? node.field(row.a) : Node();
  within(context::InFunction, name ? text(name) : std::string_view{}, [&] {
    context_.flags &= ~(context::InLoop | context::LoopForever | context::InTry);
    push_scope();
    walk_children(node);
    pop_scope();
  });
}

void CodeWalker::walk_if(Node node, const Row& row, bool negated) {
  Node condition = node.field(row.a);
  Node then = node.field(row.b);
  Value test = condition ? eval(condition) : Value{};
  facts_.add(FactKind::Branch, negated ? "unless" : "if", condition ? condition.span() : node.span(), test, {}, context());
  Guard guard = guard_of(test);
  if (negated) guard = opposite(guard);
  uint32_t then_flags = context::InCondition | (guard == Guard::Development ? context::DevGuard : 0) |
                        (guard == Guard::Main ? context::InMain : 0);
  uint32_t else_flags = context::InCondition | (guard == Guard::Production ? context::DevGuard : 0);
  bool seen_then = false;
  for_each_child(node, [&](Node child) {
    if (!child.named() || (condition && child.id() == condition.id())) return;
    bool is_then = then ? child.id() == then.id() : !seen_then;
    seen_then |= is_then;
    within(is_then ? then_flags : else_flags, {}, [&] { walk(child); });
  });
}

void CodeWalker::walk_loop(Node node, const Row& row) {
  Node condition = row.a ? node.field(row.a) : Node();
  Value test = condition ? eval(condition) : Value{};
  bool forever = row.role == Role::While   ? (test.is(ValueKind::Bool) && test.text == "true") || (test.is(ValueKind::Number) && test.text == "1") || !condition
                 : row.role == Role::Until ? test.is(ValueKind::Bool) && test.text == "false"
                                           : row.a && !condition;
  if (forever) test = facts_.value(ValueKind::Bool, "true", node.span());
  facts_.add(FactKind::Branch, row.role == Role::For && !forever ? "for" : "while", node.span(), test, {}, context());
  within(context::InLoop | (forever ? context::LoopForever : 0), {}, [&] {
    for_each_child(node, [&](Node child) {
      if (child.named() && !(condition && child.id() == condition.id())) walk(child);
    });
  });
}

// --- expressions ---------------------------------------------------------------------------------------------------

Value CodeWalker::eval(Node node) {
  if (!node || depth_ > deepest) return {};
  ++depth_;
  const Row& row = compiled_.row(node.symbol());
  Value value;
  switch (row.role) {
    case Role::Through: value = eval(row.a ? node.field(row.a) : node.named_child(0)); break;
    case Role::String: value = eval_string(node); break;
    case Role::Number: {
      std::string digits(text(node));
      std::erase(digits, '_');
      value = facts_.value(ValueKind::Number, digits, node.span());
      break;
    }
    case Role::True: value = facts_.value(ValueKind::Bool, "true", node.span()); break;
    case Role::False: value = facts_.value(ValueKind::Bool, "false", node.span()); break;
    case Role::Null: value = facts_.value(ValueKind::Null, {}, node.span()); break;
    case Role::Name: value = eval_name(node); break;
    case Role::Member: value = eval_member(node, row); break;
    case Role::Subscript: value = eval_subscript(node, row); break;
    case Role::Call:
      if (language_.reads_member && statement_ != node.id() && language_.reads_member(*this, node)) value = eval_member(node, row);
      else value = eval_call(node, row);
      break;
    case Role::New:
    case Role::Annotation: value = eval_call(node, row); break;
    case Role::Custom: value = language_.custom(*this, node); break;
    case Role::Return: value = eval_return(node, row); break;
    case Role::Binary: value = eval_binary(node, row); break;
    case Role::Not: value = eval_unary(node, row); break;
    case Role::Conditional: value = eval_conditional(node, row); break;
    case Role::Map: value = eval_collection(node, ValueKind::Map); break;
    case Role::List: value = eval_collection(node, ValueKind::List); break;
    case Role::Lambda:
    case Role::Block: value = eval_function(node, row); break;
    case Role::Assign: value = walk_assign(node, row); break;
    default:
      walk(node);
      value = facts_.value(ValueKind::Unknown, {}, node.span());
  }
  --depth_;
  return value;
}

Value CodeWalker::eval_string(Node node) {
  std::string content;
  bool pieces = false, open = false;
  auto add = [&](const Value& value) {
    pieces = true;
    open |= !value.is_literal() || value.text.size() > longest_folded;
    content += part_of(value);
  };
  auto take = [&](Node child, auto&& self) -> void {
    const Row& row = compiled_.row(child.symbol());
    if (row.role == Role::Interpolation) {
      add(eval(part(child, row.a, 0)));
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
      Value inner = eval_string(child);
      pieces = true;
      open |= !inner.is(ValueKind::String);
      content += inner.text;
    } else if (child.named() && row.role != Role::Skip && row.role != Role::None) {
      add(eval(child));
    }
  };
  for_each_child(node, [&](Node child) { take(child, take); });
  if (!pieces) content = strip_quotes(text(node));
  return facts_.value(open ? ValueKind::Template : ValueKind::String, content, node.span());
}

Value CodeWalker::eval_name(Node node) {
  const Value* bound = lookup(text(node));
  if (bound) {
    Value value = *bound;
    if (is_foldable(value)) return value;
    std::string qualified = name_of(value);
    if (!qualified.empty()) {
      Value reference = facts_.value(value.kind, qualified, node.span());
      reference.item_data = value.item_data;
      reference.item_count = value.item_count;
      return reference;
    }
  }
  std::string name = spelled(node);
  if (name.find('.') != std::string::npos) name = qualify(name);
  if (language_.is_bare_call && !bound && statement_ == node.id() && language_.is_bare_call(*this, node)) add_call(name, {}, node.span());
  return facts_.value(ValueKind::Name, name, node.span());
}

Value CodeWalker::eval_member(Node node, const Row& row) {
  Node object_node = part(node, row.a, 0);
  std::string property = spelled(part(node, row.b, 1));
  if (!object_node) return facts_.value(ValueKind::Name, qualify(property), node.span());
  Value object = eval(object_node);
  std::string base = object_name(object);
  if (contains(language_.self_names, base)) {
    const Value* bound = lookup(std::string(language_.field_prefix) + property);
    if (bound && (is_foldable(*bound) || !name_of(*bound).empty())) return *bound;
    return facts_.value(ValueKind::Name, property, node.span());
  }
  if (role(node) == Role::Call && is_transparent(object, property)) return object;
  if (object.is(ValueKind::Env) && property.ends_with('?')) return operation(property, {Arg{{}, object}}, node.span());
  if (is_environment_map(base)) return environment_read(property, {}, node.span());
  for (const Arg& item : object.items()) {
    if (object.is(ValueKind::Map) && item.name == property) return item.value;
  }
  if (base.empty() && role(object_node) == Role::Name) base = spelled(object_node);
  if (base.empty() || base.size() > longest_name) return facts_.value(ValueKind::Unknown, {}, node.span());
  return facts_.value(ValueKind::Name, base + "." + property, node.span());
}

Value CodeWalker::eval_subscript(Node node, const Row& row) {
  Value object = eval(row.a ? node.field(row.a) : node.named_child(0));
  Node index_node = part(node, row.b, 1);
  // Some grammars wrap the index in an argument list.
  if (index_node && role(index_node) == Role::None && index_node.named_count() == 1) index_node = index_node.named_child(0);
  Value index = index_node ? eval(index_node) : Value{};
  std::string base = name_of(object);
  if (is_environment_map(base) && (!language_.environment_key || language_.environment_key(base, index.text))) {
    return environment_read(index.is(ValueKind::String) ? index.text : std::string_view{}, {}, node.span());
  }
  for (const Arg& item : object.items()) {
    if (object.is(ValueKind::Map) && index.is(ValueKind::String) && item.name == index.text) return item.value;
  }
  if (base.empty() || base.size() > longest_name || !index.is(ValueKind::String)) return facts_.value(ValueKind::Unknown, {}, node.span());
  return facts_.value(ValueKind::Name, base + "." + std::string(index.text), node.span());
}

std::vector<Arg> CodeWalker::eval_arguments(Node arguments) {
  std::vector<Arg> args;
  if (!arguments) return args;
  for_each_child(arguments, [&](Node child) {
    if (!child.named()) return;
    const Row& row = compiled_.row(child.symbol());
    if (row.role == Role::Skip) return;
    if (row.role == Role::KeywordArg || row.role == Role::Pair) {
      Node key = row.a ? child.field(row.a) : child.named_child(0);
      Node inner = row.b ? child.field(row.b) : child.named_child(1);
      bool positional = row.a ? !key : child.named_count() == 1;
      if (positional) {
        args.push_back({{}, eval(child.named_child(child.named_count() - 1))});
        return;
      }
      std::string name;
      if (key) {
        name = role(key) == Role::String ? std::string(eval_string(key).text) : is_computed(role(key)) ? "*" : spelled(key);
        if (role(key) == Role::Name && text(key).starts_with('$')) name = "*";
        while (!name.empty() && name.front() == ':') name.erase(0, 1);
        while (!name.empty() && name.back() == ':') name.pop_back();
      }
      Value value = inner ? eval(inner) : eval(key);
      args.push_back({facts_.keep(name), value});
    } else {
      args.push_back({{}, eval(child)});
    }
  });
  return args;
}

// The qualified name of `object.method(…)`; "?" stands for an object that has no name. `receiver` is what it evaluates to.
std::string CodeWalker::method_name(Node object, std::string_view method, Value& receiver) {
  receiver = eval(object);
  std::string name = object_name(receiver);
  if (name.empty() && role(object) == Role::Name) name = spelled(object);
  if (contains(language_.self_names, name)) return std::string(method);
  return (name.empty() ? "?" : name) + "." + std::string(method);
}

Value CodeWalker::eval_call(Node node, const Row& row) {
  Node function = row.a ? node.field(row.a) : Node();
  uint32_t flags = row.role == Role::Annotation ? context::Annotation : 0;
  std::string name;
  Value receiver;
  if (row.role == Role::New || row.role == Role::Annotation) {
    if (row.role == Role::Annotation && function && role(function) == Role::Call) {
      within(context::Annotation, {}, [&] { eval(function); });
      return facts_.value(ValueKind::Unknown, {}, node.span());
    }
    std::string_view spelled = function ? text(function) : std::string_view{};
    name = language_.type_name ? language_.type_name(*this, spelled) : qualify(before_first(spelled, '<'));
  } else if (row.b && node.field(row.b)) {
    std::string method = spelled(node.field(row.b));
    name = function ? method_name(function, method, receiver) : language_.is_bare_call ? method : qualify(method);
  } else if (function && role(function) == Role::Member) {
    const Row& member = compiled_.row(function.symbol());
    name = method_name(part(function, member.a, 0), spelled(part(function, member.b, 1)), receiver);
  } else if (function) {
    name = name_of(eval(function));
    if (name.empty() && role(function) == Role::Name) name = spelled(function);
  }
  if (name.size() > longest_name) name.clear();
  std::vector<Arg> args = row.c ? eval_arguments(node.field(row.c)) : std::vector<Arg>{};
  Node block;  // hangs below the call in some grammars
  for_each_child(node, [&](Node child) {
    if (!child.named() || (function && child.id() == function.id())) return;
    if (role(child) == Role::Lambda || role(child) == Role::Block) block = child;
  });
  if (block) args.push_back({{}, block_argument(block)});
  Value value;
  if ((receiver.is(ValueKind::Env) && !name.ends_with('?')) || (args.empty() && is_transparent(receiver, after_last(name, '.')))) value = receiver;
  else if (Value special = language_.call ? language_.call(*this, node, name, args) : Value{}) return special;
  else value = finish_call(node, name, args, flags);
  Value result = block ? eval(block) : Value{};
  if (value.is(ValueKind::Env) && value.item_count == 0 && result.item_count == 1) value = with_default(value, result.items()[0].value);
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
  if (!args.empty() && args[0].value.is(ValueKind::Env) && is_conversion(name)) return args[0].value;
  add_call(name, args, node.span(), flags);
  for (const Arg& arg : args) {
    if (arg.value.is(ValueKind::Map) || arg.value.is(ValueKind::List)) add_entries(name, arg.value);
  }
  if (contains(language_.path_calls, name)) return join_path(name, args, node.span());
  return facts_.with_items(ValueKind::Call, name, args, node.span());
}

// File.join("a", "b") is "a/b", Rails.root.join("b") "${Rails.root}/b", storage_path("b") "${storage_path}/b".
Value CodeWalker::join_path(std::string_view name, std::span<const Arg> args, Span span) {
  std::string path;
  bool open = name != "File.join";
  if (open) path = "${" + std::string(name.ends_with(".join") ? name.substr(0, name.size() - 5) : name) + "}";
  for (const Arg& arg : args) {
    std::string piece = part_of(arg.value);
    open |= !arg.value.is(ValueKind::String) || arg.value.text.size() > longest_folded;
    if (!path.empty() && !path.ends_with('/') && !piece.starts_with('/')) path += '/';
    path += piece;
  }
  return facts_.value(open ? ValueKind::Template : ValueKind::String, path, span);
}

Value CodeWalker::operation(std::string_view name, std::initializer_list<Arg> operands, Span span) {
  return facts_.with_items(ValueKind::Call, name, {operands.begin(), operands.size()}, span);
}

// A value as a part of a text.
std::string CodeWalker::part_of(const Value& value) const {
  if (value.text.size() > longest_folded) return "${?}";
  if (value.is_literal() || value.is(ValueKind::Template)) return std::string(value.text);
  if (value.is(ValueKind::Env) || value.is(ValueKind::Name)) return "${" + std::string(value.text) + "}";
  if (value.is(ValueKind::Call) && value.item_count == 0) return "${" + std::string(value.text) + "}";
  return "${?}";
}

Value CodeWalker::concat(const Value& left, const Value& right, Span span) {
  bool whole = left.is(ValueKind::String) && (right.is(ValueKind::String) || right.is(ValueKind::Number));
  bool texty = left.is(ValueKind::String) || left.is(ValueKind::Template) || right.is(ValueKind::String) || right.is(ValueKind::Template);
  texty = texty && left.text.size() <= longest_folded && right.text.size() <= longest_folded;
  if (!texty) return facts_.value(ValueKind::Unknown, {}, span);
  return facts_.value(whole ? ValueKind::String : ValueKind::Template, part_of(left) + part_of(right), span);
}

Value CodeWalker::eval_binary(Node node, const Row& row) {
  Node left_node = row.a ? node.field(row.a) : node.named_child(0);
  Node right_node = row.b ? node.field(row.b) : node.named_child(1);
  std::string_view op;
  if (row.c && node.field(row.c)) {
    op = text(node.field(row.c));
  } else {
    for_each_child(node, [&](Node child) {
      if (!child.named() && op.empty()) op = text(child);
    });
  }
  Value left = eval(left_node);
  Value right = eval(right_node);
  if (contains(language_.fallback_operators, op)) {
    if (left.is(ValueKind::Env) && left.item_count == 0) return with_default(left, right);
    if (right.is(ValueKind::Env) && !left.is(ValueKind::Env)) return right;
    return operation("||", {Arg{{}, left}, Arg{{}, right}}, node.span());
  }
  if (contains(language_.concat_operators, op)) return concat(left, right, node.span());
  if (op == "%" && left.is(ValueKind::String)) return facts_.value(ValueKind::Template, left.text, node.span());
  if (op == "===") op = "==";
  if (op == "!==") op = "!=";
  if (op == "and") op = "&&";
  return operation(op, {Arg{{}, left}, Arg{{}, right}}, node.span());
}

Value CodeWalker::eval_unary(Node node, const Row& row) {
  std::string_view op;
  for_each_child(node, [&](Node child) {
    if (!child.named() && op.empty()) op = text(child);
  });
  Value operand = eval(row.a ? node.field(row.a) : node.named_child(0));
  if (op == "!" || op == "not") return operation("!", {Arg{{}, operand}}, node.span());
  if (op == "-" && operand.is(ValueKind::Number)) return facts_.value(ValueKind::Number, "-" + std::string(operand.text), node.span());
  if (op == "&" || op == "*" || op == "+") return operand;
  return facts_.value(ValueKind::Unknown, {}, node.span());
}

Value CodeWalker::eval_return(Node node, const Row& row) {
  Node returned = part(node, row.a, 0);
  if (!returned) return facts_.value(ValueKind::Unknown, {}, node.span());
  Value value = eval(returned);
  // A function that returns a variable says nothing new; a file that does is a configuration file.
  bool here = returned.span().begin <= value.span.begin && value.span.end <= returned.span().end;
  bool says = here || !context_.has(context::InFunction);
  if (says && (value.is(ValueKind::Map) || value.is(ValueKind::List))) add_entries("return", value);
  return value;
}

Value CodeWalker::eval_conditional(Node node, const Row& row) {
  Value condition = eval(row.a ? node.field(row.a) : node.named_child(1));
  Value then = eval(row.b ? node.field(row.b) : node.named_child(0));
  Value otherwise = eval(row.c ? node.field(row.c) : node.named_child(2));
  if (!then) then = condition;  // `a ?: b`
  if (then.is(ValueKind::Env) && then.item_count == 0) return with_default(then, otherwise);
  if (otherwise.is(ValueKind::Env) && otherwise.item_count == 0) return with_default(otherwise, then);
  return operation("?", {Arg{{}, condition}, Arg{{}, then}, Arg{{}, otherwise}}, node.span());
}

Value CodeWalker::eval_collection(Node node, ValueKind kind) {
  std::vector<Arg> items = eval_arguments(node);
  bool named = std::any_of(items.begin(), items.end(), [](const Arg& item) { return !item.name.empty(); });
  if (kind == ValueKind::List && named) kind = ValueKind::Map;  // PHP arrays are both
  return facts_.with_items(kind, {}, items, node.span());
}

Value CodeWalker::eval_function(Node node, const Row& row) {
  Node body = row.b ? node.field(row.b) : Node();
  Value result;
  bool apart = row.role != Role::Block;
  within(apart ? context::InFunction : 0, {}, [&] {
    if (apart) context_.flags &= ~(context::InLoop | context::LoopForever | context::InTry);
    push_scope();
    for_each_child(node, [&](Node child) {
      if (!child.named()) return;
      bool is_body = body && child.id() == body.id();
      // An expression as the whole body is the function's value: `fetch("X") { "default" }`.
      Node only = is_body ? child : Node();
      while (only && role(only) == Role::None && only.named_count() == 1) only = only.named_child(0);
      if (is_body && only && role(only) != Role::None) {
        statement_ = only.id();
        result = eval(only);
      } else {
        walk(child);
      }
    });
    pop_scope();
  });
  bool empty = (row.b && !body) || (body && body.named_count() == 0 && (role(body) == Role::None || role(body) == Role::Map) && text(body).size() <= 8);
  Value value = facts_.value(ValueKind::Function, empty ? "empty" : "", node.span());
  if (result) {
    Arg item{{}, result};
    facts_.set_items(value, {&item, 1});
  }
  return value;
}

}  // namespace tfcheck
