#include "formats/hcl/hcl_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/quoted.h"
#include "base/text.h"
#include "syntax/tree.h"

extern "C" const TSLanguage* tree_sitter_hcl();

namespace tfcheck {

namespace {

constexpr Grammar grammar = guarded<tree_sitter_hcl>;
constexpr int deepest = 100;
constexpr Escapes escapes{
    .letters = "nrt\"\\", .meanings = "\n\r\t\"\\", .hex = escape_hex::U | escape_hex::LongU, .keeps_unknown = true};

// Functions that give back what they are given, or write it down in another form.
constexpr std::string_view transparent[] = {"jsonencode", "yamlencode", "base64encode", "sensitive", "nonsensitive",
                                            "tolist",     "toset",      "tomap",        "tostring",  "trimspace"};

struct Symbols {
  TSSymbol body, block, attribute, object, object_elem, tuple, identifier, expression, string, template_literal,
      interpolation, quoted_template, heredoc, heredoc_start, heredoc_end, number, boolean, null, call, arguments,
      variable, member, index, splat, collection, literal, template_expression;
};

const Symbols& symbols() {
  auto id = [](std::string_view name) { return node_symbol(grammar, name); };
  static const Symbols all = {id("body"),
                              id("block"),
                              id("attribute"),
                              id("object"),
                              id("object_elem"),
                              id("tuple"),
                              id("identifier"),
                              id("expression"),
                              id("string_lit"),
                              id("template_literal"),
                              id("template_interpolation"),
                              id("quoted_template"),
                              id("heredoc_template"),
                              id("heredoc_start"),
                              id("heredoc_identifier"),
                              id("numeric_lit"),
                              id("bool_lit"),
                              id("null_lit"),
                              id("function_call"),
                              id("function_arguments"),
                              id("variable_expr"),
                              id("get_attr"),
                              id("index"),
                              id("splat"),
                              id("collection_value"),
                              id("literal_value"),
                              id("template_expr")};
  return all;
}

using MapKey = std::pair<NodeId, std::string_view>;
struct MapKeyHash {
  size_t operator()(const MapKey& key) const {
    return std::hash<std::string_view>{}(key.second) ^ (size_t{key.first} * 0x9E3779B97F4A7C15u);
  }
};

// What a value is put into: an entry of a map, or the next element of a list.
struct Slot {
  NodeId parent = no_node;
  std::string_view key;
  Span key_span;
};

// The children that mean something, in one walk.
std::vector<Node> named_children(const Node& node) {
  std::vector<Node> out;
  TSTreeCursor cursor = ts_tree_cursor_new(node.raw());
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    Node child(ts_tree_cursor_current_node(&cursor));
    if (child.named() && !ts_node_is_extra(child.raw())) out.push_back(child);
  }
  ts_tree_cursor_delete(&cursor);
  return out;
}

class HclReader {
 public:
  HclReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts), tree_(text) {}

  ConfigTree read(const Node& root) {
    NodeId top = tree_.add(no_node);
    tree_[top].kind = NodeKind::Map;
    for (const Node& child : named_children(root)) {
      if (child.symbol() == s_.body) add_body(child, top, 0);
      if (child.symbol() == s_.object) add_object(child, top, 0);
    }
    if (too_deep_) facts_.lose(Unread::TooDeep, "nested too deeply; what lies below is left out");
    return std::move(tree_);
  }

 private:
  NodeId add(const Slot& slot, NodeKind kind, Span span) {
    NodeId id = tree_.add(slot.parent);
    ConfigNode& node = tree_[id];
    node.kind = kind;
    node.key = slot.key;
    node.key_span = slot.key_span;
    node.span = span;
    return id;
  }

  // The map of that name below another; blocks of one type share it.
  NodeId below(NodeId parent, const Slot& slot) {
    auto [known, fresh] = maps_.try_emplace(MapKey{parent, slot.key}, no_node);
    if (fresh) known->second = add({parent, slot.key, slot.key_span}, NodeKind::Map, slot.key_span);
    return known->second;
  }

  bool goes_deeper(int depth) {
    too_deep_ = too_deep_ || depth >= deepest;
    return depth < deepest;
  }

  void add_body(const Node& body, NodeId map, int depth) {
    if (!goes_deeper(depth)) return;
    std::vector<Node> children = named_children(body);
    std::unordered_map<std::string_view, int> plain;  // how often blocks without labels stand here
    for (const Node& child : children) {
      if (child.symbol() != s_.block) continue;
      std::vector<Node> head = head_of(child);
      if (head.size() == 1) ++plain[head[0].text(text_)];
    }
    std::unordered_map<std::string_view, NodeId> lists;
    for (const Node& child : children) {
      if (child.symbol() == s_.attribute) add_attribute(child, map, depth);
      if (child.symbol() != s_.block) continue;
      std::vector<Node> head = head_of(child);
      if (head.empty()) continue;
      Slot slot{map, head[0].text(text_), head[0].span()};
      if (depth > 0 && head.size() == 1 && plain[slot.key] > 1) {
        auto [list, fresh] = lists.try_emplace(slot.key, no_node);
        if (fresh) list->second = add(slot, NodeKind::List, slot.key_span);
        slot = {list->second, {}, {}};
      }
      add_block(child, head, slot, depth);
    }
  }

  // The type and the labels of a block.
  std::vector<Node> head_of(const Node& block) {
    std::vector<Node> head;
    for (const Node& child : named_children(block)) {
      if (child.symbol() == s_.identifier || child.symbol() == s_.string) head.push_back(child);
    }
    return head;
  }

  void add_block(const Node& block, const std::vector<Node>& head, const Slot& slot, int depth) {
    NodeId map = slot.key.empty() ? add(slot, NodeKind::Map, head[0].span()) : below(slot.parent, slot);
    for (size_t i = 1; i < head.size(); ++i) {
      bool quoted = head[i].symbol() == s_.string;
      std::string_view label = quoted ? tree_.keep(literal_text(head[i])) : head[i].text(text_);
      map = below(map, {map, label, head[i].span()});
    }
    for (const Node& child : named_children(block)) {
      if (child.symbol() == s_.body) add_body(child, map, depth + 1);
    }
  }

  void add_attribute(const Node& attribute, NodeId map, int depth) {
    std::vector<Node> parts = named_children(attribute);
    if (parts.size() == 2) add_value(parts[1], {map, parts[0].text(text_), parts[0].span()}, depth + 1);
  }

  // One value of an expression, whatever it is wrapped in.
  void add_value(Node node, const Slot& slot, int depth) {
    if (!goes_deeper(depth)) return;
    std::vector<Node> parts;
    bool wraps = true;
    while (wraps) {
      parts = named_children(node);
      TSSymbol symbol = node.symbol();
      wraps = parts.size() == 1 && (symbol == s_.expression || symbol == s_.collection || symbol == s_.literal ||
                                    symbol == s_.template_expression);
      if (wraps) node = parts[0];
    }
    TSSymbol symbol = node.symbol();
    if (symbol == s_.object) return add_object(node, add(slot, NodeKind::Map, node.span()), depth);
    if (symbol == s_.tuple) return add_tuple(node, slot, depth);
    if (symbol == s_.call) return add_call(node, slot, depth);
    if (symbol == s_.heredoc) return add_heredoc(node, slot);
    if (symbol == s_.string || symbol == s_.quoted_template) return add_text(node, slot);
    if (symbol == s_.null) return void(add(slot, NodeKind::Null, node.span()));
    ValueKind kind = ValueKind::Unknown;
    if (symbol == s_.number) kind = ValueKind::Number;
    if (symbol == s_.boolean) kind = ValueKind::Bool;
    if (symbol == s_.variable || (symbol == s_.expression && is_reference(parts))) kind = ValueKind::Name;
    add_scalar(slot, node.span(), kind, kind == ValueKind::Unknown ? std::string_view{} : node.text(text_));
  }

  // var.name, data.x.y[0].z
  bool is_reference(const std::vector<Node>& parts) {
    for (const Node& part : parts) {
      TSSymbol symbol = part.symbol();
      if (symbol != s_.variable && symbol != s_.member && symbol != s_.index && symbol != s_.splat) return false;
    }
    return !parts.empty() && parts[0].symbol() == s_.variable;
  }

  NodeId add_scalar(const Slot& slot, Span span, ValueKind type, std::string_view text) {
    NodeId id = add(slot, NodeKind::Scalar, span);
    tree_[id].type = type;
    tree_[id].text = text;
    return id;
  }

  void add_object(const Node& object, NodeId map, int depth) {
    if (!goes_deeper(depth)) return;
    for (const Node& element : named_children(object)) {
      if (element.symbol() != s_.object_elem) continue;
      std::vector<Node> parts = named_children(element);
      if (parts.size() != 2) continue;
      std::string_view key = parts[0].text(text_);
      if (key.starts_with('"')) key = tree_.keep(literal_text(parts[0]));
      add_value(parts[1], {map, key, parts[0].span()}, depth + 1);
    }
  }

  void add_tuple(const Node& tuple, const Slot& slot, int depth) {
    NodeId list = add(slot, NodeKind::List, tuple.span());
    for (const Node& child : named_children(tuple)) {
      if (child.symbol() == s_.expression) add_value(child, {list, {}, {}}, depth + 1);
    }
  }

  void add_call(const Node& call, const Slot& slot, int depth) {
    std::vector<Node> parts = named_children(call);
    std::string_view name = parts.empty() ? std::string_view{} : parts[0].text(text_);
    std::vector<Node> args = parts.size() == 2 ? named_children(parts[1]) : std::vector<Node>{};
    bool through = std::find(std::begin(transparent), std::end(transparent), name) != std::end(transparent);
    if (through && args.size() == 1) return add_value(args[0], slot, depth + 1);
    if (name == "merge" && !args.empty()) {
      NodeId map = add(slot, NodeKind::Map, call.span());
      for (const Node& arg : args) add_entries_of(arg, map, depth + 1);
      return;
    }
    add_scalar(slot, call.span(), ValueKind::Unknown, {});
  }

  // What an object brings to the map that it is merged into; nothing of anything else.
  void add_entries_of(Node node, NodeId map, int depth) {
    for (std::vector<Node> parts = named_children(node);
         parts.size() == 1 && (node.symbol() == s_.expression || node.symbol() == s_.collection);
         parts = named_children(node)) {
      node = parts[0];
    }
    if (node.symbol() == s_.object) add_object(node, map, depth);
  }

  // "text", "a ${b} c"; "${b}" is b.
  void add_text(const Node& node, const Slot& slot) {
    size_t references = 0, texts = 0;
    for (const Node& part : named_children(node)) {
      references += part.symbol() == s_.template_literal ? 0 : 1;
      texts += part.symbol() == s_.template_literal ? 1 : 0;
    }
    bool quotes = node.symbol() == s_.string || node.symbol() == s_.quoted_template;
    references -= quotes ? std::min<size_t>(references, 2) : 0;  // the quotes are nodes, too
    std::string_view raw = node.text(text_);
    std::string_view inside = raw.size() < 2 ? std::string_view{} : raw.substr(1, raw.size() - 2);
    if (references == 0) {
      std::string text = literal_text(node);
      bool same = text == inside;
      NodeId id = add_scalar(slot, node.span(), ValueKind::String, same ? inside : tree_.keep(text));
      ConfigNode& scalar = tree_[id];
      scalar.quoted = true;
      scalar.verbatim = same;
      if (same) scalar.text_begin = static_cast<uint32_t>(inside.data() - text_.data());
      return;
    }
    bool only = references == 1 && texts == 0 && inside.size() > 3;
    if (only) add_scalar(slot, node.span(), ValueKind::Name, trim(inside.substr(2, inside.size() - 3)));
    if (!only) tree_[add_scalar(slot, node.span(), ValueKind::Template, inside)].quoted = true;
  }

  void add_heredoc(const Node& node, const Slot& slot) {
    Span span = node.span();
    bool refers = false;
    size_t begin = span.end, end = span.begin;
    for (const Node& part : named_children(node)) {
      TSSymbol symbol = part.symbol();
      if (symbol == s_.heredoc_start || symbol == s_.heredoc_end) continue;
      refers = refers || symbol != s_.template_literal;
      begin = std::min<size_t>(begin, part.span().begin);
      end = std::max<size_t>(end, part.span().end);
    }
    std::string_view text = begin < end ? text_.substr(begin, end - begin) : std::string_view{};
    NodeId id = add_scalar(slot, span, refers ? ValueKind::Template : ValueKind::String, text);
    ConfigNode& scalar = tree_[id];
    scalar.quoted = true;
    scalar.literal = !refers;
    scalar.verbatim = true;
    scalar.text_begin = static_cast<uint32_t>(std::min<size_t>(begin, span.end));
    scalar.span.end = static_cast<uint32_t>(std::max<size_t>(end, span.begin));
  }

  // What stands between the quotes.
  std::string literal_text(const Node& node) {
    std::string_view raw = node.text(text_);
    if (raw.size() < 2 || raw[0] != '"') return std::string(raw);
    std::string_view inside = raw.substr(1, raw.size() - 2);
    std::string out;
    for (size_t at = 0; at < inside.size();) {
      bool doubled = inside.substr(at, 3) == "$${" || inside.substr(at, 3) == "%%{";
      if (inside[at] == '\\') {
        at = append_escape(out, inside, at, escapes);
      } else {
        at += doubled ? 1u : 0u;
        out += inside[at++];
      }
    }
    return out;
  }

  const Symbols& s_ = symbols();
  std::string_view text_;
  FileFacts& facts_;
  ConfigTree tree_;
  std::unordered_map<MapKey, NodeId, MapKeyHash> maps_;  // blocks by the one that they stand in and their name
  bool too_deep_ = false;
};

}  // namespace

ConfigTree read_hcl(std::string_view text, FileFacts& facts) {
  Tree parsed(grammar, text, facts.parsing());
  if (!parsed) {
    facts.set_has_errors();
    facts.lose(parsed.unread(), fmt::format("not parsed: {}", to_string(parsed.unread())));
    return ConfigTree(text);
  }
  if (parsed.root().has_error()) facts.set_has_errors();
  return HclReader(text, facts).read(parsed.root());
}

}  // namespace tfcheck
