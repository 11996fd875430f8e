#include <algorithm>
#include <array>

#include "base/text.h"
#include "languages/conditions.h"
#include "languages/javascript/hooks.h"

namespace tfcheck::javascript {

namespace {

constexpr int deepest_pattern = 16;

void bind_pattern(CodeWalker& walker, Node pattern, const Value& value, int depth);

// One name of a pattern: where a default is given and the value is no read, either may hold, so nothing is folded.
void bind_variable(CodeWalker& walker, Node name, Value value, const Value& fallback, Span span) {
  bool read = value.is(ValueKind::Env);
  if (read && fallback) value = walker.with_default(value, fallback);
  if (read || value.is_literal())
    walker.facts().add(FactKind::Assign, walker.text(name), span, value, {}, walker.context());
  else if (fallback)
    walker.facts().add(FactKind::Assign, walker.text(name), span, fallback, {}, walker.context());
  walker.bind(walker.text(name), value);
}

// `target = fallback` or `target` inside a pattern.
void bind_target(CodeWalker& walker, Node target, const Value& value, int depth) {
  bool has_default =
      walker.is(target, types["assignment_pattern"]) || walker.is(target, types["object_assignment_pattern"]);
  Node name = has_default ? walker.field(target, fields["left"]) : target;
  Value fallback = has_default ? walker.eval(walker.field(target, fields["right"])) : Value{};
  if (walker.is(name, types["identifier"]) || walker.is(name, types["shorthand_property_identifier_pattern"])) {
    return bind_variable(walker, name, value, fallback, target.span());
  }
  bind_pattern(walker, name, value, depth + 1);
}

void bind_pattern(CodeWalker& walker, Node pattern, const Value& value, int depth) {
  if (!pattern || depth > deepest_pattern) return;
  bool object = walker.is(pattern, types["object_pattern"]);
  if (!object && !walker.is(pattern, types["array_pattern"])) return;
  Value unknown = walker.facts().value(ValueKind::Unknown, {}, pattern.span());
  for_each_child(pattern, [&](Node child) {
    if (!child.named() || walker.role(child) == Role::Skip) return;
    if (walker.is(child, types["rest_pattern"]))
      return bind_target(walker, child.named_child(0), object ? value : unknown, depth);
    if (!object) return bind_target(walker, child, unknown, depth);
    bool pair = walker.is(child, types["pair_pattern"]);
    Node key = pair                                                   ? walker.field(child, fields["key"])
               : walker.is(child, types["object_assignment_pattern"]) ? walker.field(child, fields["left"])
                                                                      : child;
    Node target = pair ? walker.field(child, fields["value"]) : child;
    if (!key || !target) return;
    bool computed = walker.role(key) == Role::Interpolation;
    std::string_view name = walker.role(key) == Role::String ? walker.eval(key).text : walker.text(key);
    bind_target(walker, target, computed ? unknown : walker.member_of(value, name, child.span()), depth);
  });
}

// TypeScript's `private readonly config: ConfigService`, JavaScript's plain names and patterns.
void parameter(CodeWalker& walker, Node node) {
  bool typed = walker.is(node, types["required_parameter"]) || walker.is(node, types["optional_parameter"]);
  bool has_default = walker.is(node, types["assignment_pattern"]);
  Node name = typed ? walker.field(node, fields["pattern"]) : has_default ? walker.field(node, fields["left"]) : node;
  Node fallback_node = typed         ? walker.field(node, fields["value"])
                       : has_default ? walker.field(node, fields["right"])
                                     : Node();
  if (!name) return;
  Value fallback = fallback_node ? walker.eval(fallback_node) : Value{};
  Value unknown = walker.facts().value(ValueKind::Unknown, {}, name.span());
  if (walker.is(name, types["rest_pattern"])) name = name.named_child(0);
  if (!name || walker.role(name) != Role::Name) return bind_pattern(walker, name, unknown, 0);
  if (fallback) walker.facts().add(FactKind::Assign, walker.text(name), node.span(), fallback, {}, walker.context());
  // A caller may pass something else than a literal default; a read of the environment is what the app does by itself.
  walker.bind(walker.text(name), unknown);
  if (typed) walker.declare(walker.field(node, fields["type"]), name);
  if (fallback.is(ValueKind::Env)) walker.bind(walker.text(name), fallback);
  if (!typed) return;
  bool property = false;
  for_each_child(node, [&](Node child) {
    if (walker.is(child, types["decorator"])) walker.eval(child);
    property |= walker.is(child, types["accessibility_modifier"]) || walker.text(child) == "readonly";
  });
  const Value* bound = walker.lookup(walker.text(name));
  if (property && bound) walker.bind_member(walker.text(name), *bound);
}

// `a++`: what the variable holds now is not known.
void forget(CodeWalker& walker, Node variable) {
  if (!variable || walker.role(variable) != Role::Name) return;
  walker.bind(walker.text(variable), walker.facts().value(ValueKind::Unknown, {}, variable.span()));
}

}  // namespace

bool parameters(CodeWalker& walker, Node node) {
  for_each_child(node, [&](Node child) {
    if (child.named() && walker.role(child) != Role::Skip) parameter(walker, child);
  });
  return true;
}

bool field(CodeWalker& walker, Node node) {
  Node name = walker.part_a(node);
  Node value_node = walker.field(node, fields["value"]);
  std::string_view member = walker.text(name);
  for_each_child(node, [&](Node child) {
    if (walker.is(child, types["decorator"])) walker.eval(child);
  });
  if (Node type = walker.field(node, fields["type"])) {
    std::string qualified = type_name(walker, walker.text(type));
    if (!qualified.empty()) walker.bind_member(member, walker.facts().value(ValueKind::Call, qualified, type.span()));
  }
  if (!value_node) return true;
  Value value;
  bool lambda = walker.role(value_node) == Role::Lambda;
  walker.within(0, lambda ? member : std::string_view{}, [&] { value = walker.eval(value_node); });
  walker.facts().add(FactKind::Assign, member, node.span(), value, {}, walker.context());
  if (value.is(ValueKind::Map) || value.is(ValueKind::List)) walker.add_entries(member, value);
  if (!value.is(ValueKind::Unknown) && !value.is(ValueKind::Null)) walker.bind_member(member, value);
  return true;
}

// A method's decorators stand before it, in its scope.
bool class_body(CodeWalker& walker, Node node) {
  std::vector<Node> decorators;
  for_each_child(node, [&](Node child) {
    if (!child.named() || walker.role(child) == Role::Skip) return;
    if (walker.is(child, types["decorator"])) return decorators.push_back(child);
    bool method = walker.is(child, types["method_definition"]);
    std::string_view name = method ? walker.text(walker.field(child, fields["name"])) : std::string_view{};
    walker.within(method ? context::InFunction : 0, name, [&] {
      for (Node decorator : decorators) walker.walk(decorator);
    });
    decorators.clear();
    walker.walk(child);
  });
  return true;
}

bool enumeration(CodeWalker& walker, Node node) {
  std::string name(walker.text(walker.field(node, fields["name"])));
  Node body = walker.field(node, fields["body"]);
  std::vector<Arg> members;
  if (!body) return true;
  for_each_child(body, [&](Node child) {
    if (!walker.is(child, types["enum_assignment"])) return;
    Node key = walker.field(child, fields["name"]);
    std::string_view member = walker.role(key) == Role::String ? walker.eval(key).text : walker.text(key);
    Value value = walker.eval(walker.field(child, fields["value"]));
    walker.facts().add(FactKind::Assign, name + "." + std::string(member), child.span(), value, {}, walker.context());
    members.push_back({walker.facts().keep(member), value});
  });
  walker.bind(name, walker.facts().with_items(ValueKind::Map, {}, members, node.span()));
  return true;
}

// `switch (process.env.NODE_ENV) { case "development": … }`
bool switch_statement(CodeWalker& walker, Node node) {
  Value subject = walker.eval(walker.field(node, fields["value"]));
  Node body = walker.field(node, fields["body"]);
  if (!body) return true;
  for_each_child(body, [&](Node entry) {
    if (!entry.named()) return;
    Node value_node = walker.field(entry, fields["value"]);
    Value test;
    if (value_node) {
      test = walker.operation("==", {Arg{{}, subject}, Arg{{}, walker.eval(value_node)}}, value_node.span());
      walker.facts().add(FactKind::Branch, "case", value_node.span(), test, {}, walker.context());
    }
    bool development = guard_of(test) == Guard::Development;
    auto statements = [&] {
      for_each_child(entry, [&](Node child) {
        if (child.named() && !(value_node && child.id() == value_node.id())) walker.walk(child);
      });
    };
    uint32_t flags = context::InCondition | (development ? context::DevGuard : 0);
    walker.within_switch([&] { walker.within(flags, {}, statements); });
  });
  return true;
}

// `export default value`; declarations are walked where they stand.
bool export_statement(CodeWalker& walker, Node node) {
  if (walker.field(node, fields["source"])) {
    reexport(walker, node);
    return true;
  }
  Node value_node = walker.field(node, fields["value"]);
  if (!value_node) return false;
  bool lambda = walker.role(value_node) == Role::Lambda;
  Value value;
  walker.within(0, lambda ? "default" : "", [&] { value = walker.eval(value_node); });
  walker.facts().add(FactKind::Assign, "exports.default", node.span(), value, {}, walker.context());
  if (value.is(ValueKind::Map) || value.is(ValueKind::List)) walker.add_entries("exports.default", value);
  return true;
}

bool update(CodeWalker& walker, Node node) {
  forget(walker, walker.field(node, fields["argument"]));
  return true;
}

void destructure(CodeWalker& walker, Node pattern, const Value& value) {
  bool is_pattern = walker.is(pattern, types["object_pattern"]) || walker.is(pattern, types["array_pattern"]);
  if (is_pattern)
    bind_pattern(walker, pattern, value, 0);
  else
    walker.walk(pattern);
}

// U+2028 and U+2029 end a line too.
bool is_comment_line(std::string_view line) {
  return line.starts_with("//") && line.find("\xE2\x80\xA8") == std::string_view::npos &&
         line.find("\xE2\x80\xA9") == std::string_view::npos;
}

std::string type_name(CodeWalker& walker, std::string_view spelled) {
  bool annotation = spelled.starts_with(':');
  std::string_view type = trim(annotation ? spelled.substr(1) : spelled);
  size_t end = 0;
  auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           c == '.';
  };
  while (end < type.size() && is_part(type[end])) ++end;
  std::string_view name = type.substr(0, end);
  if (name.empty()) return {};
  // Of annotations only the imported ones say what a variable is; `Options` or `string[]` would be noise.
  bool list = trim(type.substr(end)).starts_with('[');
  if (annotation && (list || !walker.lookup(before_first(name, '.')))) return {};
  return walker.qualify(name);
}

}  // namespace tfcheck::javascript
