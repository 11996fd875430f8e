// tree-sitter behind RAII and value types: a parser per thread and grammar, a tree per file, nodes as small values.
#pragma once

#include <tree_sitter/api.h>

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/span.h"
#include "base/unread.h"
#include "base/work.h"
#include "syntax/grammars.h"

namespace tfcheck {

// A node of a tree; valid as long as its tree.
class Node {
 public:
  Node() : node_{} {}
  explicit Node(TSNode node) : node_(node) {}

  explicit operator bool() const { return !ts_node_is_null(node_); }
  TSSymbol symbol() const { return ts_node_symbol(node_); }
  std::string_view type() const { return ts_node_type(node_); }
  bool named() const { return ts_node_is_named(node_); }
  bool is_error() const { return ts_node_is_error(node_) || ts_node_is_missing(node_); }
  bool has_error() const { return ts_node_has_error(node_); }
  Span span() const { return {ts_node_start_byte(node_), ts_node_end_byte(node_)}; }
  std::string_view text(std::string_view source) const {
    return source.substr(ts_node_start_byte(node_), ts_node_end_byte(node_) - ts_node_start_byte(node_));
  }
  Node field(TSFieldId id) const { return Node(ts_node_child_by_field_id(node_, id)); }
  Node field(std::string_view name) const {
    return Node(ts_node_child_by_field_name(node_, name.data(), static_cast<uint32_t>(name.size())));
  }
  uint32_t child_count() const { return ts_node_child_count(node_); }
  Node child(uint32_t i) const { return Node(ts_node_child(node_, i)); }
  uint32_t named_count() const { return ts_node_named_child_count(node_); }
  Node named_child(uint32_t i) const { return Node(ts_node_named_child(node_, i)); }
  Node parent() const { return Node(ts_node_parent(node_)); }
  Node next_named() const { return Node(ts_node_next_named_sibling(node_)); }
  Node previous_named() const { return Node(ts_node_prev_named_sibling(node_)); }
  uint32_t line() const { return ts_node_start_point(node_).row + 1; }
  const void* id() const { return node_.id; }
  TSNode raw() const { return node_; }

 private:
  TSNode node_;
};

class Tree {
 public:
  // Parses with this thread's parser for the grammar and adds what that cost to `work`. A text that needs more than
  // is left there, or more than its grammar can hold, gives no tree: operator bool is false, and unread() says why.
  Tree(Grammar grammar, std::string_view text, ParseWork& work);
  explicit operator bool() const { return tree_ != nullptr; }
  Unread unread() const { return unread_; }
  Node root() const { return Node(ts_tree_root_node(tree_.get())); }

 private:
  struct Delete {
    // Releasing a tree takes memory; without any the tree stays where it is.
    void operator()(TSTree* tree) const noexcept;
  };
  std::unique_ptr<TSTree, Delete> tree_;
  Unread unread_ = Unread::None;
};

}  // namespace tfcheck
