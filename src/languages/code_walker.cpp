#include "languages/code_walker.h"

#include <algorithm>

#include "base/text.h"
#include "languages/conditions.h"

namespace tfcheck {

namespace {

// Deeper nesting is generated or hostile; what lies below is left out.
constexpr int deepest = 180;
// Maps and lists nested deeper than this, or longer, are data.
constexpr int deepest_entry = 8;
constexpr size_t longest_name = 200;

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
  return value.is(ValueKind::Name) || value.is(ValueKind::Call) ? std::string(value.text) : std::string();
}

std::string CodeWalker::target_name(Node node) const {
  if (!node) return {};
  const Row& row = compiled_.row(node.symbol());
  switch (row.role) {
    case Role::Name: return std::string(text(node));
    case Role::Through: return target_name(row.a ? node.field(row.a) : node.named_child(0));
    case Role::Member: {
      std::string object = target_name(node.field(row.a));
      std::string property(text(node.field(row.b)));
      if (contains(language_.self_names, object)) return property;
      return object.empty() ? std::string() : object + "." + property;
    }
    case Role::Subscript: {
      std::string object = target_name(node.field(row.a));
      Node index = row.b ? node.field(row.b) : node.named_child(1);
      if (object.empty() || !index || role(index) != Role::String) return object.empty() ? object : object + ".*";
      return object + "." + std::string(strip_quotes(text(index)));
    }
    case Role::Call: {  // `config.action_mailer` in Ruby is a call without arguments
      if (!row.b || (row.c && node.field(row.c))) return {};
      std::string method(text(node.field(row.b)));
      Node receiver = node.field(row.a);
      if (!receiver) return method;
      std::string object = target_name(receiver);
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
  if (depth > deepest_entry || anchor.size() > longest_name) return;
  size_t index = 0;
  for (const Arg& item : value.items()) {
    std::string name(anchor);
    name += ".";
    name += item.name.empty() ? std::to_string(index) : std::string(item.name);
    ++index;
    const Value& inner = item.value;
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
    case Role::Function: walk_function(node, row); break;
    case Role::Class:
      within(0, text(node.field(row.a)), [&] {
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
    default: eval(node);
  }
  --depth_;
}

void CodeWalker::walk_assign(Node node, const Row& row) {
  Node target = node.field(row.a);
  Node right = node.field(row.b);
  Value value = right ? eval(right) : Value{};
  if (target) assign(target, value, node.span());
}

void CodeWalker::assign(Node target, const Value& value, Span span) {
  std::string name = target_name(target);
  if (name.empty()) return walk(target);
  if (name.size() > longest_name) return;
  facts_.add(FactKind::Assign, name, span, value, {}, context());
  if (value.is(ValueKind::Map) || value.is(ValueKind::List)) add_entries(name, value);
  bool local = name.find('.') == std::string::npos;
  if (local) bind(name, value);
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
  Node condition = row.a && row.role != Role::For ? node.field(row.a) : Node();
  Value test = condition ? eval(condition) : Value{};
  bool forever = row.role == Role::While   ? (test.is(ValueKind::Bool) && test.text == "true") || (test.is(ValueKind::Number) && test.text == "1") || !condition
                 : row.role == Role::Until ? test.is(ValueKind::Bool) && test.text == "false"
                                           : false;
  if (forever) test = facts_.value(ValueKind::Bool, "true", node.span());
  facts_.add(FactKind::Branch, row.role == Role::For ? "for" : "while", node.span(), test, {}, context());
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
    case Role::New:
    case Role::Annotation: value = eval_call(node, row); break;
    case Role::Binary: value = eval_binary(node, row); break;
    case Role::Not: value = operation("!", {Arg{{}, eval(row.a ? node.field(row.a) : node.named_child(0))}}, node.span()); break;
    case Role::Conditional: value = eval_conditional(node, row); break;
    case Role::Map: value = eval_collection(node, ValueKind::Map); break;
    case Role::List: value = eval_collection(node, ValueKind::List); break;
    case Role::Lambda: value = eval_function(node, row); break;
    case Role::Assign:
      walk_assign(node, row);
      value = facts_.value(ValueKind::Unknown, {}, node.span());
      break;
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
  auto take = [&](Node child, auto&& self) -> void {
    const Row& row = compiled_.row(child.symbol());
    if (row.role == Role::Interpolation) {
      Value inner = eval(row.a ? child.field(row.a) : child.named_child(0));
      pieces = true;
      if (inner.is(ValueKind::String)) {
        content += inner.text;
      } else {
        open = true;
        content += inner.is(ValueKind::Env) ? "${" + std::string(inner.text) + "}" : "${" + std::string(text(child).substr(0, 60)) + "}";
      }
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
      eval(child);
      pieces = open = true;
      content += "${" + std::string(text(child).substr(0, 60)) + "}";
    }
  };
  for_each_child(node, [&](Node child) { take(child, take); });
  if (!pieces) content = strip_quotes(text(node));
  return facts_.value(open ? ValueKind::Template : ValueKind::String, content, node.span());
}

Value CodeWalker::eval_name(Node node) {
  std::string_view name = text(node);
  if (const Value* bound = lookup(name)) {
    Value value = *bound;
    if (value.is_literal() || value.is(ValueKind::Template) || value.is(ValueKind::Map) || value.is(ValueKind::List)) return value;
    if (value.is(ValueKind::Env)) return value;
    std::string qualified = name_of(value);
    if (!qualified.empty()) {
      Value reference = facts_.value(value.kind, qualified, node.span());
      reference.item_data = value.item_data;
      reference.item_count = value.item_count;
      return reference;
    }
  }
  return facts_.value(ValueKind::Name, name, node.span());
}

Value CodeWalker::eval_member(Node node, const Row& row) {
  Value object = eval(node.field(row.a));
  std::string_view property = text(node.field(row.b));
  std::string base = name_of(object);
  if (contains(language_.self_names, base)) {
    const Value* bound = lookup(property);
    if (bound && (bound->is_literal() || !name_of(*bound).empty())) return *bound;
    return facts_.value(ValueKind::Name, property, node.span());
  }
  if (is_environment_map(base)) return environment_read(property, {}, node.span());
  for (const Arg& item : object.items()) {
    if (object.is(ValueKind::Map) && item.name == property) return item.value;
  }
  if (base.empty() && role(node.field(row.a)) == Role::Name) base = text(node.field(row.a));
  if (base.empty() || base.size() > longest_name) return facts_.value(ValueKind::Unknown, {}, node.span());
  return facts_.value(ValueKind::Name, base + "." + std::string(property), node.span());
}

Value CodeWalker::eval_subscript(Node node, const Row& row) {
  Value object = eval(row.a ? node.field(row.a) : node.named_child(0));
  Node index_node = row.b ? node.field(row.b) : node.named_child(1);
  // Some grammars wrap the index in an argument list.
  if (index_node && role(index_node) == Role::None && index_node.named_count() == 1) index_node = index_node.named_child(0);
  Value index = index_node ? eval(index_node) : Value{};
  std::string base = name_of(object);
  if (is_environment_map(base)) {
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
      std::string name;
      if (key) {
        name = role(key) == Role::String ? std::string(eval_string(key).text) : std::string(text(key));
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
  std::string name = name_of(receiver);
  if (name.empty() && role(object) == Role::Name) name = text(object);
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
    std::string_view method = text(node.field(row.b));
    name = function ? method_name(function, method, receiver) : qualify(method);
  } else if (function && role(function) == Role::Member) {
    const Row& member = compiled_.row(function.symbol());
    name = method_name(function.field(member.a), text(function.field(member.b)), receiver);
  } else if (function) {
    name = name_of(eval(function));
    if (name.empty() && role(function) == Role::Name) name = text(function);
  }
  if (name.size() > longest_name) name.clear();
  std::vector<Arg> args = row.c ? eval_arguments(node.field(row.c)) : std::vector<Arg>{};
  Value value = receiver.is(ValueKind::Env) ? receiver : finish_call(node, name, args, flags);
  // Blocks and lambdas hang below the call in some grammars.
  for_each_child(node, [&](Node child) {
    if (!child.named() || (function && child.id() == function.id())) return;
    if (role(child) == Role::Lambda) {
      Value block = eval(child);
      if (value.is(ValueKind::Env) && value.item_count == 0 && block.item_count == 1) value = with_default(value, block.items()[0].value);
    }
  });
  return value;
}

Value CodeWalker::finish_call(Node node, const std::string& name, std::span<const Arg> args, uint32_t flags) {
  if (language_.call) {
    if (Value special = language_.call(*this, node, name, args)) return special;
  }
  bool reads = contains(language_.environment_calls, name);
  if (!args.empty() && (reads || is_environment_wrapper(name, args))) {
    const Value& variable = args[0].value;
    Value fallback = argument(args, "default", 1);
    return environment_read(variable.is(ValueKind::String) ? variable.text : std::string_view{}, fallback, node.span());
  }
  if (name.empty()) return facts_.value(ValueKind::Unknown, {}, node.span());
  if (!args.empty() && args[0].value.is(ValueKind::Env) && is_conversion(name)) return args[0].value;
  add_call(name, args, node.span(), flags);
  for (const Arg& arg : args) {
    if (arg.value.is(ValueKind::Map) || arg.value.is(ValueKind::List)) add_entries(name, arg.value);
  }
  return facts_.with_items(ValueKind::Call, name, args, node.span());
}

Value CodeWalker::operation(std::string_view name, std::initializer_list<Arg> operands, Span span) {
  return facts_.with_items(ValueKind::Call, name, {operands.begin(), operands.size()}, span);
}

Value CodeWalker::concat(const Value& left, const Value& right, Span span) {
  auto part = [&](const Value& value) -> std::string {
    if (value.is_literal() || value.is(ValueKind::Template)) return std::string(value.text);
    if (value.is(ValueKind::Env) || value.is(ValueKind::Name)) return "${" + std::string(value.text) + "}";
    return "${?}";
  };
  bool whole = left.is(ValueKind::String) && (right.is(ValueKind::String) || right.is(ValueKind::Number));
  bool texty = left.is(ValueKind::String) || left.is(ValueKind::Template) || right.is(ValueKind::String) || right.is(ValueKind::Template);
  if (!texty) return facts_.value(ValueKind::Unknown, {}, span);
  return facts_.value(whole ? ValueKind::String : ValueKind::Template, part(left) + part(right), span);
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
  within(context::InFunction, {}, [&] {
    context_.flags &= ~(context::InLoop | context::LoopForever | context::InTry);
    push_scope();
    for_each_child(node, [&](Node child) {
      if (!child.named()) return;
      bool is_body = body && child.id() == body.id();
      // An expression as the whole body is the function's value: `fetch("X") { "default" }`.
      Node only = is_body ? child : Node();
      while (only && role(only) == Role::None && only.named_count() == 1) only = only.named_child(0);
      if (is_body && only && role(only) != Role::None) result = eval(only);
      else walk(child);
    });
    pop_scope();
  });
  bool empty = body && body.named_count() == 0 && (role(body) == Role::None || role(body) == Role::Map) && text(body).size() <= 8;
  Value value = facts_.value(ValueKind::Function, empty ? "empty" : "", node.span());
  if (result) {
    Arg item{{}, result};
    facts_.set_items(value, {&item, 1});
  }
  return value;
}

}  // namespace tfcheck
