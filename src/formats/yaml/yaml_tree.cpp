#include "formats/yaml/yaml_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/quoted.h"
#include "base/text.h"
#include "formats/yaml/grammar.h"
#include "formats/yaml/repair.h"
#include "formats/yaml/templating.h"
#include "formats/yaml/yaml_scalar.h"
#include "syntax/tree.h"

namespace tfcheck {

namespace {

// A level of configuration is at most this many levels of the grammar's tree.
constexpr size_t deepest_cursor = size_t{deepest_level} * 5;

struct Symbols {
  TSSymbol document, block_node, flow_node, block_mapping, flow_mapping, block_pair, flow_pair, block_sequence,
      flow_sequence, block_item, plain, double_quoted, single_quoted, block_scalar, alias, anchor, tag, comment;
};

const Symbols& symbols() {
  auto id = [](std::string_view name) { return node_symbol(yaml_grammar, name); };
  static const Symbols all = {id("document"),
                              id("block_node"),
                              id("flow_node"),
                              id("block_mapping"),
                              id("flow_mapping"),
                              id("block_mapping_pair"),
                              id("flow_pair"),
                              id("block_sequence"),
                              id("flow_sequence"),
                              id("block_sequence_item"),
                              id("plain_scalar"),
                              id("double_quote_scalar"),
                              id("single_quote_scalar"),
                              id("block_scalar"),
                              id("alias"),
                              id("anchor"),
                              id("tag"),
                              id("comment")};
  return all;
}

// What the walk knows at one level of the grammar's tree.
struct Level {
  TSSymbol symbol = 0;
  NodeId container = no_node;  // the map or list whose entries stand here
  NodeId slot = no_node;       // the node whose value stands here
  bool key = false;            // it is the slot's key that stands here
  uint32_t depth = 0;          // of containers
};

class YamlWalk {
 public:
  YamlWalk(std::string_view source, const Node& root)
      : source_(source), tree_(source), cursor_(ts_tree_cursor_new(root.raw())) {
    key_field_ = field_id(yaml_grammar, "key");
  }
  ~YamlWalk() { ts_tree_cursor_delete(&cursor_); }
  YamlWalk(const YamlWalk&) = delete;
  YamlWalk& operator=(const YamlWalk&) = delete;

  ConfigTree run() {
    levels_.push_back({});
    bool descend = true;
    while (true) {
      if (descend && ts_tree_cursor_goto_first_child(&cursor_)) {
        levels_.push_back(levels_.back());
      } else if (!next()) {
        break;
      }
      descend = enter();
    }
    return std::move(tree_);
  }

  bool too_deep() const { return too_deep_; }

 private:
  // Moves to the next node in document order that is not below this one.
  bool next() {
    while (!ts_tree_cursor_goto_next_sibling(&cursor_)) {
      if (!ts_tree_cursor_goto_parent(&cursor_)) return false;
      levels_.pop_back();
    }
    return true;
  }

  Node node() const { return Node(ts_tree_cursor_current_node(&cursor_)); }

  // Takes in the node under the cursor; true when its children are to be seen.
  bool enter() {
    const Symbols& s = symbols();
    Node here = node();
    const Level& above = levels_[levels_.size() - 2];
    Level level = above;
    level.symbol = here.symbol();
    // Only a pair has a key; elsewhere the question would cost as much as there are nodes beside this one.
    bool in_pair = above.symbol == s.block_pair || above.symbol == s.flow_pair;
    if (in_pair && ts_tree_cursor_current_field_id(&cursor_) == key_field_) level.key = true;
    bool descend = here.named() && level.symbol != s.comment && levels_.size() < deepest_cursor;
    too_deep_ = too_deep_ || levels_.size() >= deepest_cursor;
    if (level.symbol == s.document) {
      level = {level.symbol, no_node, tree_.add(no_node), false, 0};
      anchors_.clear();
    } else if (level.symbol == s.flow_node && above.symbol == s.flow_sequence) {
      level.slot = add(above.container, here);
    } else if (level.symbol == s.flow_node && above.symbol == s.flow_mapping) {
      level.slot = add(above.container, here);
      level.key = true;
    } else if (level.symbol == s.block_item || level.symbol == s.block_pair || level.symbol == s.flow_pair) {
      level.slot = entry(above, level.symbol, here);
      level.key = false;
    } else {
      descend = value(level, here) && descend;
    }
    levels_.back() = level;
    return descend;
  }

  NodeId add(NodeId container, const Node& here) {
    if (container == no_node) return no_node;
    NodeId id = tree_.add(container);
    tree_[id].span = here.span();
    return id;
  }

  NodeId entry(const Level& above, TSSymbol symbol, const Node& here) {
    NodeId container = above.container;
    if (symbol == symbols().flow_pair && above.symbol == symbols().flow_sequence) {
      container = add(container, here);  // [a: b] is a list of a map
      if (container != no_node) tree_[container].kind = NodeKind::Map;
    }
    return add(container, here);
  }

  // Anything that gives the slot its key or value; true when there is more below it.
  bool value(Level& level, const Node& here) {
    const Symbols& s = symbols();
    TSSymbol symbol = level.symbol;
    if (level.slot == no_node) return true;
    bool map = symbol == s.block_mapping || symbol == s.flow_mapping;
    if (map || symbol == s.block_sequence || symbol == s.flow_sequence) return container(level, here, map);
    if (symbol == s.tag && !level.key) {
      tree_[level.slot].tag = here.text(source_);
    } else if (symbol == s.anchor && !level.key) {
      anchors_[here.text(source_).substr(1)] = level.slot;
    } else if (symbol == s.alias) {
      alias(level, here);
    } else if (symbol == s.plain || symbol == s.double_quoted || symbol == s.single_quoted ||
               symbol == s.block_scalar) {
      scalar(level, here);
      return false;
    }
    return symbol != s.tag && symbol != s.anchor && symbol != s.alias;
  }

  bool container(Level& level, const Node& here, bool map) {
    if (level.key) {
      tree_[level.slot].key = here.text(source_);
      tree_[level.slot].key_span = here.span();
      return false;
    }
    if (++level.depth > deepest_level) {
      too_deep_ = true;
      return false;
    }
    tree_[level.slot].kind = map ? NodeKind::Map : NodeKind::List;
    tree_[level.slot].span = here.span();
    level.container = level.slot;
    return true;
  }

  void alias(const Level& level, const Node& here) {
    ConfigNode& slot = tree_[level.slot];
    if (level.key) {
      slot.key = here.text(source_);
      slot.key_span = here.span();
      return;
    }
    auto found = anchors_.find(here.text(source_).substr(1));
    if (found == anchors_.end() || found->second >= level.slot) return;
    slot.kind = NodeKind::Alias;
    slot.target = tree_.resolve(found->second);
    slot.span = here.span();
  }

  void scalar(const Level& level, const Node& here) {
    std::string_view text = here.text(source_);
    const Symbols& s = symbols();
    bool block = level.symbol == s.block_scalar;
    DecodedScalar decoded = block                             ? decode_block(text)
                            : level.symbol == s.single_quoted ? decode_single_quoted(text)
                            : level.symbol == s.double_quoted ? decode_double_quoted(text)
                                                              : decode_plain(text);
    std::string_view kept = decoded.changed ? tree_.keep(decoded.storage) : decoded.verbatim;
    ConfigNode& slot = tree_[level.slot];
    if (level.key) {
      slot.key = kept;
      slot.key_span = here.span();
      slot.merge = kept == "<<" && level.symbol == s.plain;
      slot.span = here.span();
      return;
    }
    slot.kind = NodeKind::Scalar;
    slot.quoted = level.symbol != s.plain;
    slot.verbatim = !decoded.changed;
    slot.literal = block && text.starts_with("|");
    slot.text = kept;
    slot.span = here.span();
    // A block of one word: it stands where the word does.
    if (block && kept.find_first_of(" :") == kept.npos && trim(kept).find('=') >= trim(kept).size() - 2)
      slot.span.begin += static_cast<uint32_t>(only_line(text));
    if (slot.verbatim) slot.text_begin = static_cast<uint32_t>(kept.data() - source_.data());
  }

  std::string_view source_;
  ConfigTree tree_;
  TSTreeCursor cursor_;
  TSFieldId key_field_ = 0;
  std::vector<Level> levels_;
  std::unordered_map<std::string_view, NodeId> anchors_;
  bool too_deep_ = false;
};

// Adds to maps what their `<<` keys bring: aliases of the entries that a map has not got itself.
class Merger {
 public:
  explicit Merger(ConfigTree& tree) : tree_(tree) {}

  // False when there was too much to bring, or to look at for it.
  bool run() {
    auto count = static_cast<NodeId>(tree_.size());
    for (NodeId id = 0; id < count; ++id) {
      if (!tree_.own(id).merge || tree_.own(id).parent == no_node) continue;
      if (added_ >= most_merged || seen_ >= most_seen) return false;
      merge_key(tree_.own(id).parent, id);
    }
    return true;
  }

 private:
  void merge_key(NodeId map, NodeId id) {
    if (!tree_.is(id, NodeKind::List)) return merge(map, id);
    for (NodeId item = tree_.first(id); item != no_node; item = tree_.own(item).next) merge(map, item);
  }

  void merge(NodeId map, NodeId from) {
    if (!tree_.is(from, NodeKind::Map) || tree_.resolve(from) == map) return;
    std::unordered_set<std::string_view>& known = keys_of(map);
    std::vector<std::string_view> brought;
    for (NodeId id = tree_.first(from); id != no_node && added_ < most_merged && seen_ < most_seen;
         id = tree_.own(id).next, ++seen_) {
      ConfigNode entry = tree_.own(id);
      if (entry.merge || known.contains(entry.key)) continue;
      ConfigNode& copy = tree_[tree_.add(map)];
      copy.kind = NodeKind::Alias;
      copy.key = entry.key;
      copy.key_span = entry.key_span;
      copy.span = entry.span;
      copy.target = tree_.resolve(id);
      brought.push_back(entry.key);
      ++added_;
    }
    known.insert(brought.begin(), brought.end());
  }

  std::unordered_set<std::string_view>& keys_of(NodeId map) {
    auto [place, fresh] = keys_.try_emplace(map);
    for (NodeId id = fresh ? tree_.first(map) : no_node; id != no_node; id = tree_.own(id).next)
      place->second.insert(tree_.own(id).key);
    return place->second;
  }

  static constexpr uint32_t most_merged = 20'000;
  static constexpr uint32_t most_seen = 200'000;
  ConfigTree& tree_;
  std::unordered_map<NodeId, std::unordered_set<std::string_view>> keys_;  // of maps that have a `<<`
  uint32_t added_ = 0, seen_ = 0;
};

bool is_control(std::string_view expression) {
  std::string_view body = expression.substr(2, expression.size() - 4);
  while (!body.empty() && (body[0] == '-' || body[0] == ' ')) body.remove_prefix(1);
  for (std::string_view word : {"if", "else", "end", "range", "with", "define", "block", "/*"}) {
    if (body.starts_with(word)) return true;
  }
  return expression.starts_with("{%") || (expression.starts_with("<%") && !body.starts_with("="));
}

// `resources:` over a line `{{- toYaml .Values.resources | nindent 4 }}` is not empty: its value is the expression.
void fill_templates(ConfigTree& tree, const MaskedText& masked) {
  std::string_view source = tree.source();
  for (NodeId id = 0; id < tree.size(); ++id) {
    ConfigNode& node = tree[id];
    if (node.kind != NodeKind::Null || node.key.empty()) continue;
    size_t at = source.find_first_not_of(": \t\r\n", node.key_span.end);
    if (at == std::string_view::npos || (source[at] != '{' && source[at] != '<')) continue;
    auto found = std::lower_bound(masked.expressions.begin(), masked.expressions.end(), at,
                                  [](Span expression, size_t begin) { return expression.begin < begin; });
    if (found == masked.expressions.end() || found->begin != at) continue;
    std::string_view text = source.substr(at, found->end - found->begin);
    if (is_control(text)) continue;
    node.kind = NodeKind::Scalar;
    node.text = text;
    node.span = *found;
  }
}

// Whether more than half of a text was blanked.
bool lacks_most(std::string_view repaired, std::string_view text) {
  size_t lost = 0, all = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ' || text[i] == '\n') continue;
    ++all;
    if (repaired[i] != text[i]) ++lost;
  }
  return lost > all / 2;
}

}  // namespace

ConfigTree read_yaml(std::string_view text, FileFacts& facts) {
  MaskedText masked = mask_templates(text);
  std::string_view clean = masked.any() ? std::string_view(masked.text) : text;
  Tree parsed(yaml_grammar, clean, facts.parsing());
  std::string repaired;
  if (parsed && parsed.root().has_error()) {
    facts.set_has_errors();
    if (clean.size() <= largest_repair) {
      repaired = blank_broken_parts(clean, facts.parsing());
      if (lacks_most(repaired, clean))
        facts.lose(Unread::SyntaxErrors, "most of it does not parse; only what does was read");
      parsed = Tree(yaml_grammar, repaired, facts.parsing());
    }
  }
  if (!parsed) {
    facts.set_has_errors();
    facts.lose(parsed.unread(), fmt::format("not parsed: {}", to_string(parsed.unread())));
    return ConfigTree(text);
  }
  YamlWalk walk(text, parsed.root());
  ConfigTree tree = walk.run();
  if (walk.too_deep()) facts.lose(Unread::TooDeep, "nested too deeply; what lies below is left out");
  if (facts.has_errors() && clean.size() > largest_repair && facts.unread() == Unread::None)
    facts.lose(Unread::TooLarge, "too large to be read around its errors; parts of it are left out");
  if (!Merger(tree).run()) facts.lose(Unread::TooManyFacts, "merge keys bring too many entries; the rest is left out");
  if (masked.any()) fill_templates(tree, masked);
  return tree;
}

}  // namespace tfcheck
