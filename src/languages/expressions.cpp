// The values of expressions: names, members, operators, functions.
#include <algorithm>

#include "languages/walker_parts.h"

namespace tfcheck {

namespace {

std::string_view first_anonymous_text(Node node, std::string_view source) {
  std::string_view found;
  for_each_child(node, [&](Node child) {
    if (!child.named() && found.empty()) found = child.text(source);
  });
  return found;
}

}  // namespace

Value CodeWalker::eval(Node node) {
  if (!node) return {};
  if (!links_.empty()) {
    if (auto known = links_.find(node.id()); known != links_.end()) return known->second;
  } else if (depth_ > deepest / 2 && role(node) == Role::Call) {
    return eval_chain(node);
  }
  return eval_known(node);
}

Value CodeWalker::eval_known(Node node) {
  if (is_too_deep()) return {};
  ++depth_;
  Value value = eval_role(node, compiled_.row(node.symbol()));
  --depth_;
  return value;
}

// What a call or member is asked of.
Node CodeWalker::object_of(Node node) const {
  const Row& row = compiled_.row(node.symbol());
  switch (row.role) {
    case Role::Call:
      return row.a.of(node);
    case Role::Member:
    case Role::Subscript:
      return part(node, row.a, 0);
    case Role::Through:
      return inner_of(node, row.a);
    default:
      return {};
  }
}

// `a.b().c().d()…`: the links of a long chain one after the other, the first one first, as they run.
Value CodeWalker::eval_chain(Node last) {
  std::vector<Node> calls;
  for (Node node = object_of(last); node; node = object_of(node)) {
    if (role(node) == Role::Call) calls.push_back(node);
  }
  for (size_t i = calls.size(); i > chain_step; i -= chain_step) {
    Node link = calls[i - chain_step];
    links_[link.id()] = eval_known(link);
  }
  Value value = eval_known(last);
  links_.clear();
  return value;
}

Value CodeWalker::eval_role(Node node, const Row& row) {
  switch (row.role) {
    case Role::Through:
    case Role::Spread:
    case Role::Interpolation:
      return eval(inner_of(node, row.a));
    case Role::Pair:
    case Role::KeywordArg:
      return eval_pair(node, row).value;
    case Role::String:
      return eval_string(node);
    case Role::Number: {
      std::string digits(text(node));
      std::erase(digits, '_');
      return facts_.value(ValueKind::Number, digits, node.span());
    }
    case Role::True:
      return facts_.value(ValueKind::Bool, text(node) == "false" ? "false" : "true", node.span());
    case Role::False:
      return facts_.value(ValueKind::Bool, "false", node.span());
    case Role::Null:
      return facts_.value(ValueKind::Null, {}, node.span());
    case Role::Name:
      return eval_name(node);
    case Role::Member:
      return eval_member(node, row);
    case Role::Subscript:
      return eval_subscript(node, row);
    case Role::Call:
      if (language_.reads_member && statement_ != node.id() && language_.reads_member(*this, node))
        return eval_member(node, row);
      return eval_call(node, row);
    case Role::New:
    case Role::Annotation:
      return eval_call(node, row);
    case Role::Custom:
      return row.expression(*this, node);
    case Role::Return:
      return eval_return(node, row);
    case Role::Binary:
      return eval_binary(node, row);
    case Role::Not:
      return eval_unary(node, row);
    case Role::Conditional:
      return eval_conditional(node, row);
    case Role::Map:
      return eval_collection(node, ValueKind::Map);
    case Role::List:
      return eval_collection(node, ValueKind::List);
    case Role::Lambda:
    case Role::Block:
      return eval_function(node, row);
    case Role::Assign:
      return walk_assign(node, row);
    default:
      walk(node);
      return facts_.value(ValueKind::Unknown, {}, node.span());
  }
}

Value CodeWalker::eval_name(Node node) {
  std::string_view written = text(node);
  if (!language_.literal_names.empty() && language_.literal_names.contains(written))
    return facts_.value(written == "null" ? ValueKind::Null : ValueKind::Bool, written == "null" ? "" : written,
                        node.span());
  if (!language_.loop_exits.empty() && statement_ == node.id() && language_.loop_exits.contains(written))
    leave_loop(node);
  const Value* bound = lookup(written);
  bool says = bound && !bound->is(ValueKind::Absent) && !bound->is(ValueKind::Unknown) &&
              !(bound->is(ValueKind::Function) && bound->text.empty()) && !bound->is(ValueKind::Null);
  if (says && !may_have_changed(written, *bound)) {
    Value value = *bound;
    if (value.is(ValueKind::Name) || value.is(ValueKind::Call)) value.span = node.span();
    if (!is_collection(value) && is_large(value)) value.item_count = 0;
    return value;
  }
  std::string name = spelled(node);
  if (name.find('.') != std::string::npos) name = qualify(name);
  if (language_.is_bare_call && !bound && statement_ == node.id() && language_.is_bare_call(*this, node))
    add_call(name, {}, node.span());
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
  if (base.empty()) return facts_.value(ValueKind::Unknown, {}, span);
  if (language_.transparent_members.contains(property)) return object;
  std::string name = shortened(base.append(".").append(property));
  return facts_.value(name.empty() ? ValueKind::Unknown : ValueKind::Name, name, span);
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
  if (language_.self_names.contains(object_name(object))) return field_of_self(property, node.span());
  if (role(node) == Role::Call && is_transparent(object, property)) return object;
  if (Value text = join_elements(property, object, {}, node.span()); text && role(node) == Role::Call) return text;
  if (object.is(ValueKind::Env) && property.ends_with('?')) return operation(property, {Arg{{}, object}}, node.span());
  if (std::string base = object_name(object); language_.environment.indexed_only && is_environment_map(base))
    return facts_.value(ValueKind::Name, base + "." + property, node.span());
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
  if (index_node && role(index_node) == Role::None && index_node.named_count() == 1)
    index_node = index_node.named_child(0);
  Value index = index_node ? eval(index_node) : Value{};
  if (index.is(ValueKind::String)) {
    Value member = member_of(object, index.text, node.span());
    if (member.is(ValueKind::Env) && language_.environment.failing.contains(name_of(object))) fails_without(member);
    return member;
  }
  if (is_environment_key(name_of(object), {})) return environment_read({}, {}, node.span());
  return facts_.value(ValueKind::Unknown, {}, node.span());
}

Value CodeWalker::operation(std::string_view name, std::initializer_list<Arg> operands, Span span) {
  return facts_.with_items(ValueKind::Call, name, {operands.begin(), operands.size()}, span);
}

Value CodeWalker::eval_binary(Node node, const Row& row) {
  Node op_node = row.c.of(node);
  std::string_view op = op_node ? text(op_node) : first_anonymous_text(node, source_);
  return operate(op, part(node, row.a, 0), part(node, row.b, 1), node.span());
}

Value CodeWalker::operate(std::string_view op, Node left_node, Node right_node, Span span) {
  if (op == "===") op = "==";
  if (op == "!==") op = "!=";
  if (op == "and") op = "&&";
  Value left = eval(left_node);
  Value right;
  if (op == "&&")
    within(guard_flags(guard_of(left)), {}, [&] { right = eval(right_node); });
  else
    right = eval(right_node);
  if (language_.fallback_operators.contains(op)) {
    if (lacks_default(left)) return with_default(left, right);
    if (right.is(ValueKind::Env) && !left.is(ValueKind::Env)) return right;
    return operation("||", {Arg{{}, left}, Arg{{}, right}}, span);
  }
  if (language_.concat_operators.contains(op)) return concat(left, right, span);
  if (op == "%" && left.is(ValueKind::String)) return facts_.value(ValueKind::Template, left.text, span);
  return operation(op, {Arg{{}, left}, Arg{{}, right}}, span);
}

Value CodeWalker::eval_unary(Node node, const Row& row) {
  std::string_view op = first_anonymous_text(node, source_);
  if (op == "delete") return facts_.value(ValueKind::Unknown, {}, node.span());  // `delete process.env.X` reads nothing
  Node inner = inner_of(node, row.a);
  Value operand = eval(inner);
  if (op == "++" || op == "--") {  // what the variable holds now is not known
    Value unknown = facts_.value(ValueKind::Unknown, {}, node.span());
    if (inner) bind(binding_key(inner), unknown);
    return unknown;
  }
  if (op == "!" && inner && op.data() > text(inner).data()) return operand;  // `x!` is never null
  if (op == "!" || op == "not") return operation("!", {Arg{{}, operand}}, node.span());
  if (op == "-" && operand.is(ValueKind::Number))
    return facts_.value(ValueKind::Number, "-" + std::string(operand.text), node.span());
  if (op == "&" || op == "*" || op == "+" || op == "!!") return operand;
  return facts_.value(ValueKind::Unknown, {}, node.span());
}

Value CodeWalker::eval_return(Node node, const Row& row) {
  leave_function(node);
  Node returned = inner_of(node, row.a);
  if (!returned) return facts_.value(ValueKind::Unknown, {}, node.span());
  Value value = eval(returned);
  // A function that returns a variable says nothing new; a file that does is a configuration file.
  bool here = returned.span().begin <= value.span.begin && value.span.end <= returned.span().end;
  bool says = here || !context_.has(context::InFunction);
  if (says && is_collection(value)) add_entries("return", value);
  if (here) add_returned(value);
  return value;
}

Value CodeWalker::eval_conditional(Node node, const Row& row) {
  Value condition = eval(part(node, row.a, 1));  // Python: `then if condition else otherwise`
  Guard guard = guard_of(condition);
  Value then, otherwise;
  within(guard_flags(guard), {}, [&] { then = eval(part(node, row.b, 0)); });
  within(guard_flags(opposite(guard)), {}, [&] { otherwise = eval(part(node, row.c, 2)); });
  // What a deploy takes.
  if (guard == Guard::Production && then) return then;
  if (guard == Guard::Development && otherwise) return otherwise;
  if (!then) then = condition;  // `a ?: b`
  if (lacks_default(then)) return with_default(then, otherwise);
  if (lacks_default(otherwise)) return with_default(otherwise, then);
  return operation("?", {Arg{{}, condition}, Arg{{}, then}, Arg{{}, otherwise}}, node.span());
}

// Walks a function's parts; the value of a body that is one expression.
Value CodeWalker::eval_body(Node node, Node body) {
  Value result;
  for_each_child(node, [&](Node child) {
    if (!child.named()) return;
    bool is_body = is_same(body, child);
    // The parameter of `host => …`.
    if (!is_body && role(child) == Role::Name)
      return bind(text(child), facts_.value(ValueKind::Unknown, {}, child.span()));
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
  Node body = row.b.of(node);
  Value result;
  if (row.role == Role::Block) {
    push_scope();
    within_switch([&] { result = eval_body(node, body); });
    pop_scope();
  } else {
    within(context::InFunction, {}, [&] { within_function([&] { result = eval_body(node, body); }); });
  }
  bool bare =
      body && !has_content(body) && (role(body) == Role::None || role(body) == Role::Map || is_same(body, node));
  bool nothing = body && (role(body) == Role::Null || text(body) == "undefined");  // `lambda *_: None`
  bool empty = nothing || (row.b && !body) || (bare && (body.named_count() > 0 || text(body).size() <= 8));
  Value value = facts_.value(ValueKind::Function, empty ? "empty" : "", node.span());
  if (result) {
    Arg item{{}, result};
    facts_.set_items(value, {&item, 1});
  }
  return value;
}

}  // namespace tfcheck
