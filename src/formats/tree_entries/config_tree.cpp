#include "formats/tree_entries/config_tree.h"

#include <cstring>

namespace tfcheck {

namespace {

constexpr int most_walked = 16;  // entries of a map that are compared one by one

}  // namespace

NodeId ConfigTree::add(NodeId parent) {
  auto id = static_cast<NodeId>(nodes_.size());
  if (!indices_.empty()) indices_.clear();
  ConfigNode& made = nodes_.emplace_back();
  made.parent = parent;
  if (parent == no_node) {
    documents_.push_back(id);
    return id;
  }
  ConfigNode& above = nodes_[parent];
  if (above.last == no_node) {
    above.first = id;
  } else {
    nodes_[above.last].next = id;
  }
  above.last = id;
  return id;
}

std::string_view ConfigTree::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(memory_->allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

NodeId ConfigTree::resolve(NodeId id) const {
  if (id != no_node && nodes_[id].kind == NodeKind::Alias) id = nodes_[id].target;
  return id;
}

const ConfigNode& ConfigTree::node(NodeId id) const {
  return own(resolve(id));
}

NodeId ConfigTree::find(NodeId map, std::string_view key) const {
  map = resolve(map);
  if (own(map).kind != NodeKind::Map) return no_node;
  NodeId id = own(map).first;
  for (int walked = 0; id != no_node && walked < most_walked; id = nodes_[id].next, ++walked) {
    ++steps_;
    if (nodes_[id].key == key) return id;
  }
  if (id == no_node) return no_node;
  const Index& index = index_of(map);
  auto found = index.find(key);
  return found == index.end() ? no_node : found->second;
}

const ConfigTree::Index& ConfigTree::index_of(NodeId map) const {
  auto [place, fresh] = indices_.try_emplace(map);
  if (!fresh) return place->second;
  for (NodeId id = nodes_[map].first; id != no_node; id = nodes_[id].next, ++steps_)
    place->second.try_emplace(nodes_[id].key, id);
  return place->second;
}

NodeId ConfigTree::find_path(NodeId map, std::string_view path) const {
  while (!path.empty()) {
    if (NodeId whole = find(map, path); whole != no_node) return whole;
    // The longest written prefix is followed; documents that mix both for one prefix are rare.
    NodeId below = no_node;
    size_t dot = path.rfind('.');
    for (; dot != std::string_view::npos && dot > 0; dot = path.rfind('.', dot - 1)) {
      below = find(map, path.substr(0, dot));
      if (below != no_node) break;
    }
    if (below == no_node) return no_node;
    map = below;
    path.remove_prefix(dot + 1);
  }
  return no_node;
}

std::string_view ConfigTree::text(NodeId id) const {
  const ConfigNode& scalar = node(id);
  return scalar.kind == NodeKind::Scalar && !scalar.is_reference() ? scalar.text : std::string_view{};
}

}  // namespace tfcheck
