// What names stand for: scopes, the fields of a class, qualified names and the targets of assignments.
#include <algorithm>

#include "base/text.h"
#include "languages/walker_parts.h"

namespace tfcheck {

std::string shortened(std::string name) {
  constexpr size_t longest_head = 60;
  constexpr std::string_view gap = ".?";
  if (name.size() <= longest_name) return name;
  size_t cut = name.find(".?.");  // where it was shortened before
  size_t head = cut <= longest_head ? cut : name.rfind('.', longest_head);
  if (head == std::string::npos) return {};
  size_t tail = name.find('.', name.size() - (longest_name - head - gap.size()));
  return tail == std::string::npos ? std::string() : name.substr(0, head).append(gap).append(name, tail);
}

void CodeWalker::push_scope() {
  scopes_.push_back({bindings_.size(), overwritten_.size()});
}

void CodeWalker::pop_scope() {
  Scope scope = scopes_.back();
  scopes_.pop_back();
  while (bindings_.size() > scope.bindings) {
    const Binding& gone = bindings_.back();
    if (gone.shadowed < 0)
      newest_.erase(gone.name);
    else
      newest_[gone.name] = gone.shadowed;
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
    if (was_known && context_.has(context::InCondition))
      overwritten_.push_back({static_cast<size_t>(place->second), now});
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
  if (function_ == class_function_) field.declared = value;
}

// `host = "db"` in the class is only what an object begins with where a method sets `self.host` to something else.
void CodeWalker::forget_class_value(std::string_view name) {
  auto found = newest_.find(name);
  auto index = found == newest_.end() ? bindings_.size() : static_cast<size_t>(found->second);
  // A local of the method may have the same name.
  while (index < bindings_.size() && index >= function_begin_ && bindings_[index].shadowed >= 0)
    index = static_cast<size_t>(bindings_[index].shadowed);
  if (index < class_begin_ || index >= function_begin_) return;
  Value& declared = bindings_[index].value;
  if (declared.is_literal()) declared = facts_.value(ValueKind::Unknown, {}, declared.span);
}

void CodeWalker::bind_name(std::string_view name, std::string_view qualified, Span span) {
  bind(name, facts_.value(ValueKind::Name, qualified, span));
}

const Value* CodeWalker::lookup(std::string_view name) const {
  if (is_field(name)) {
    auto field = fields_.find(name);
    if (field == fields_.end()) return nullptr;
    bool elsewhere = field->second.function != function_;
    if (elsewhere && language_.trusts_types && field->second.declared.is(ValueKind::Call))
      return &field->second.declared;
    // Of two functions that set a literal, nobody knows which ran last.
    bool unsure = elsewhere && field->second.shared && field->second.value.is_literal();
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
  bool elsewhere =
      old && old->span.end > 0 && old->span.begin >= other_branch_.begin && old->span.end <= other_branch_.end;
  if (!old || elsewhere) return value;
  auto is_tested = [&](const Value& read) {
    return read.is(ValueKind::Env) && read.span == tested_.span && read.item_count == 0;
  };
  if (is_tested(*old) && value.is_literal() && !value.is(ValueKind::Null)) return with_default(*old, value);
  if (is_tested(value) && old->is_literal() && !old->is(ValueKind::Null)) return with_default(value, *old);
  return value;
}

std::string CodeWalker::qualify(std::string_view dotted) const {
  std::string_view root = before_first(dotted, '.');
  std::string_view rest = dotted.substr(root.size());
  if (language_.self_names.contains(root) && !rest.empty()) return qualify(rest.substr(1));
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
  std::string name = spelled(row.b ? row.b.of(member) : member.named_child(member.named_count() - 1));
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

Node CodeWalker::child(Node node, NameId type) const {
  Node found;
  if (!node) return found;
  for_each_child(node, [&](Node one) {
    if (!found && is(one, type)) found = one;
  });
  return found;
}

// A named part of a node, by position where the row has no part.
Node CodeWalker::part(Node node, const Part& part, uint32_t position) const {
  return part ? part.of(node) : node.named_child(position);
}

// The part of a node that wraps one other.
Node CodeWalker::inner_of(Node node, const Part& part) const {
  if (part) return part.of(node);
  Node child = node.named_child(0);
  while (child && role(child) == Role::Skip) child = child.next_named();
  return child;
}

std::string CodeWalker::type_name(std::string_view spelled) {
  if (language_.type_name) return language_.type_name(*this, spelled);
  std::string_view plain = trim(before_first(before_first(before_first(spelled, '<'), '['), '?'));
  if (plain.starts_with("@")) plain = after_last(plain, ' ');
  if (plain.starts_with("(") || language_.plain_types.contains(plain)) return {};
  std::string name = language_.spelling ? language_.spelling(plain) : std::string(plain);
  if (size_t at = name.rfind("::"); at != std::string::npos) name.erase(0, at + 2);  // global::A.B
  return qualify(name);
}

// More than comments.
bool CodeWalker::has_content(Node node) const {
  bool found = false;
  for_each_child(node, [&](Node child) { found |= child.named() && role(child) != Role::Skip; });
  return found;
}

// `this` is no named node in every grammar; where it is, it is a name like others.
bool CodeWalker::is_self(Node node) const {
  return node && role(node) == Role::None && node.span().end - node.span().begin < 8 &&
         language_.self_names.contains(text(node));
}

// What the target of an assignment is bound under, "" when it is not a variable of the file.
std::string CodeWalker::binding_key(Node target) const {
  const Row& row = compiled_.row(target.symbol());
  if (row.role == Role::Name) return std::string(text(target));
  if (row.role != Role::Member) return {};
  Node object = part(target, row.a, 0);
  bool own = is_self(object) || language_.self_names.contains(target_name(object));
  return own ? std::string(language_.field_prefix) + property_of(target, row) : std::string();
}

std::string CodeWalker::target_name(Node node, int depth) const {
  if (!node || depth > deepest) return {};
  const Row& row = compiled_.row(node.symbol());
  switch (row.role) {
    case Role::Name:
      return spelled(node);
    case Role::Through:
      return target_name(inner_of(node, row.a), depth + 1);
    case Role::Member: {
      std::string property = property_of(node, row);
      Node object_node = part(node, row.a, 0);
      std::string object = target_name(object_node, depth + 1);
      if (is_self(object_node) || language_.self_names.contains(object)) return property;
      return object.empty() ? std::string() : object + "." + property;
    }
    case Role::Subscript: {
      std::string object = target_name(part(node, row.a, 0), depth + 1);
      Node index = part(node, row.b, 1);
      // Some grammars wrap the index in a list of arguments.
      for (int i = 0; i < 2 && index && (role(index) == Role::None || role(index) == Role::KeywordArg); ++i)
        index = index.named_count() == 1 ? index.named_child(0) : Node();
      bool symbol = index && text(index).starts_with(':');
      if (object.empty() || !index || (role(index) != Role::String && !symbol))
        return object.empty() ? object : object + ".*";
      return object + "." + std::string(symbol ? text(index).substr(1) : strip_quotes(text(index)));
    }
    case Role::Call:
      return target_name_of_call(node, row, depth);
    default:
      return {};
  }
}

// `config.action_mailer` in Ruby is a call without arguments.
std::string CodeWalker::target_name_of_call(Node node, const Row& row, int depth) const {
  if (!row.b || (row.c && row.c.of(node))) return {};
  std::string method(text(row.b.of(node)));
  Node receiver = row.a.of(node);
  if (!receiver) return method;
  std::string object = target_name(receiver, depth + 1);
  if (language_.self_names.contains(object)) return method;
  return object.empty() ? std::string() : object + "." + method;
}

}  // namespace tfcheck
