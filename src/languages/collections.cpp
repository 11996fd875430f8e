// The values of map and list literals, and the arguments of calls.
#include <algorithm>

#include "languages/walker_parts.h"

namespace tfcheck {

Value CodeWalker::eval_item(Node node) {
  Value value = eval(node);
  bool by_name = role(node) == Role::Name || role(node) == Role::Member;
  if (by_name && is_collection(value) && is_large(value))
    return facts_.value(ValueKind::Name, spelled(node), node.span());
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
  std::string name;
  switch (role(key)) {
    case Role::Subscript:
    case Role::Call:
    case Role::Binary:
    case Role::Conditional:
      return "*";
    case Role::String:
    case Role::Interpolation: {
      Value known = eval(key);
      if (!known.is(ValueKind::String) && role(key) == Role::Interpolation) return "*";
      name = known.text;
      break;
    }
    default:
      if (language_.spelling && text(key).starts_with('$')) return "*";  // `$key => 1`, `$item->id => 1`
      name = spelled(key);
  }
  while (!name.empty() && name.front() == ':') name.erase(0, 1);
  while (!name.empty() && name.back() == ':') name.pop_back();
  return name;
}

Arg CodeWalker::eval_pair(Node node, const Row& row) {
  uint32_t count = node.named_count();
  if (count == 0 && row.role == Role::Pair) return {facts_.keep(text(node)), eval_name(node)};  // `{ port }`
  if (count == 0) return {{}, facts_.value(ValueKind::Unknown, {}, node.span())};
  Node key = part(node, row.a, 0);
  Node inner = row.b ? row.b.of(node) : node.named_child(row.a ? count - 1 : 1);
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
      if (is_collection(spread))
        args.insert(args.end(), spread.items().begin(), spread.items().end());
      else
        args.push_back({{}, facts_.value(ValueKind::Unknown, {}, child.span())});
    } else if (row.role == Role::Function && is_map) {  // `{ start() {…} }`
      std::string_view name = facts_.keep(text(row.a.of(child)));
      within(0, name, [&] { args.push_back({name, eval_function(child, row)}); });
    } else {
      args.push_back({{}, eval_item(child)});
    }
  });
  return args;
}

Value CodeWalker::eval_collection(Node node, ValueKind kind) {
  std::vector<Arg> items = eval_arguments(node);
  bool named = std::any_of(items.begin(), items.end(), [](const Arg& item) { return !item.name.empty(); });
  if (kind == ValueKind::List && named) kind = ValueKind::Map;  // PHP arrays are both
  return facts_.with_items(kind, {}, items, node.span());
}

}  // namespace tfcheck
