// A configuration document as a plain tree: maps, lists and scalars with their places in the file. YAML, JSON and TOML
// are all read into it, so that everything behind (entries, dialects, derived facts) exists once.
//
// Nodes are stored in document order in one vector; an alias (`*x`, or an entry that a merge key brought) points to
// the node that it stands for and is resolved when it is read, so an alias bomb takes no memory. Readers that go
// through the same aliases again and again come to an end: a tree has a number of steps that depends on its size.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/span.h"
#include "facts/fact.h"

namespace tfcheck {

using NodeId = uint32_t;
inline constexpr NodeId no_node = UINT32_MAX;
// Nesting below which a document is no longer followed.
inline constexpr uint32_t deepest_level = 200;

enum class NodeKind : uint8_t { Null, Scalar, Map, List, Alias };

struct ConfigNode {
  NodeKind kind = NodeKind::Null;
  bool quoted = false;                 // scalar in quotes or a block scalar: always a string
  bool verbatim = false;               // the text stands in the file as it is, at text_begin
  bool literal = false;                // a `|` block: the lines below its first one stand in the file, indented
  bool merge = false;                  // a `<<` key; its entries have been added to the map
  std::string_view key;                // "" for list elements and documents
  Span key_span;                       // empty for list elements
  std::string_view text;               // decoded scalar
  ValueKind type = ValueKind::Absent;  // of a plain scalar, where the format says it; Absent: what YAML takes it for
  uint32_t text_begin = 0;             // where the text begins when it is verbatim
  Span span;                           // of the value; of the key when there is none
  std::string_view tag;                // "!Ref", "" when there is none
  NodeId parent = no_node;
  NodeId first = no_node;
  NodeId last = no_node;
  NodeId next = no_node;
  NodeId target = no_node;  // what an alias stands for: never an alias, always an earlier node

  // Its text names what stands elsewhere: `!Ref X`, var.x.
  bool is_reference() const {
    return type == ValueKind::Name || type == ValueKind::Unknown || tag == "!Ref" || tag == "!GetAtt" ||
           tag == "!ImportValue";
  }
};

class ConfigTree {
 public:
  explicit ConfigTree(std::string_view source)
      : source_(source), memory_(std::make_unique<std::pmr::monotonic_buffer_resource>()) {}

  std::string_view source() const { return source_; }
  size_t size() const { return nodes_.size(); }
  const std::vector<NodeId>& documents() const { return documents_; }
  ConfigNode& operator[](NodeId id) { return nodes_[id]; }

  // Appends a node below `parent`; without a parent it is the root of a document.
  NodeId add(NodeId parent);
  // Copies text into the tree's memory.
  std::string_view keep(std::string_view text);

  // The node itself, behind its aliases; `no_node` stays what it is.
  const ConfigNode& node(NodeId id) const;
  // The node as it stands at this place: its key and place, not those of what it is an alias of.
  const ConfigNode& own(NodeId id) const { return id == no_node ? nothing_ : nodes_[id]; }
  NodeId resolve(NodeId id) const;
  bool is(NodeId id, NodeKind kind) const { return node(id).kind == kind; }
  NodeId first(NodeId id) const { return node(id).first; }
  NodeId next(NodeId id) const { return ++steps_ > most_steps() ? no_node : own(id).next; }

  // How many nodes were looked at, and whether that were too many: then what lies behind was not read.
  uint64_t steps() const { return steps_; }
  bool exhausted() const { return steps_ > most_steps(); }

  // The first entry of a map with this key, or `no_node`.
  NodeId find(NodeId map, std::string_view key) const;
  // The entry at a dotted path, whether it is nested or written with dots ("spring.profiles: dev").
  NodeId find_path(NodeId map, std::string_view path) const;
  // The text of a scalar; "" for anything else, and for references.
  std::string_view text(NodeId id) const;
  std::string_view text(NodeId map, std::string_view key) const { return text(find(map, key)); }

 private:
  using Index = std::unordered_map<std::string_view, NodeId>;
  uint64_t most_steps() const { return nodes_.size() * uint64_t{64} + 100'000; }
  const Index& index_of(NodeId map) const;

  std::string_view source_;
  std::vector<ConfigNode> nodes_;
  std::vector<NodeId> documents_;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
  ConfigNode nothing_;
  // Of maps that are looked into and have many entries: made when first asked for, by the one thread that reads a file.
  mutable std::unordered_map<NodeId, Index> indices_;
  mutable uint64_t steps_ = 0;
};

}  // namespace tfcheck
