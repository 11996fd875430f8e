#include "formats/json/json_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "formats/yaml/yaml_scalar.h"
#include "syntax/tree.h"

extern "C" const TSLanguage* tree_sitter_json();

namespace tfcheck {

namespace {

constexpr Grammar grammar = guarded<tree_sitter_json>;

constexpr size_t largest_file = 300'000;

struct Symbols {
  TSSymbol document, object, array, pair, string, number, yes, no, null;
};

const Symbols& symbols() {
  auto id = [](std::string_view name) { return node_symbol(grammar, name); };
  static const Symbols all = {id("document"), id("object"), id("array"), id("pair"), id("string"),
                              id("number"),   id("true"),   id("false"), id("null")};
  return all;
}

struct Level {
  NodeId container = no_node;
  NodeId slot = no_node;  // the pair whose value stands here
  bool pair = false;      // the node is a pair
  uint32_t depth = 0;
};

class JsonWalk {
 public:
  JsonWalk(std::string_view source, const Node& root)
      : source_(source), tree_(source), cursor_(ts_tree_cursor_new(root.raw())) {
    key_field_ = field_id(grammar, "key");
  }
  ~JsonWalk() { ts_tree_cursor_delete(&cursor_); }
  JsonWalk(const JsonWalk&) = delete;
  JsonWalk& operator=(const JsonWalk&) = delete;

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
  bool next() {
    while (!ts_tree_cursor_goto_next_sibling(&cursor_)) {
      if (!ts_tree_cursor_goto_parent(&cursor_)) return false;
      levels_.pop_back();
    }
    return true;
  }

  // Takes in the node under the cursor; true when its children are to be seen.
  bool enter() {
    const Symbols& s = symbols();
    Node here(ts_tree_cursor_current_node(&cursor_));
    if (!here.named() || ts_node_is_missing(here.raw())) return false;
    TSSymbol symbol = here.symbol();
    Level level = levels_[levels_.size() - 2];
    // Only a pair has a key; elsewhere the question would cost as much as there are nodes beside this one.
    bool key = std::exchange(level.pair, symbol == s.pair) && ts_tree_cursor_current_field_id(&cursor_) == key_field_;
    bool object = symbol == s.object;
    bool descend = false;
    if (key) {
      set_key(level.slot, here);
    } else if (symbol == s.pair) {
      level.slot = level.container == no_node ? no_node : tree_.add(level.container);
      descend = level.slot != no_node;
    } else if (object || symbol == s.array) {
      if (level.depth++ >= deepest_level) {
        too_deep_ = true;
        return false;
      }
      level.container = slot(level);
      level.slot = no_node;
      descend = true;
      tree_[level.container].kind = object ? NodeKind::Map : NodeKind::List;
      tree_[level.container].span = here.span();
    } else if (symbol == s.string || symbol == s.number || symbol == s.yes || symbol == s.no || symbol == s.null) {
      set_scalar(slot(level), here);
    }
    levels_.back() = level;
    // Broken text may have whole pairs inside; at the top it has no container to put them in.
    return descend || (here.is_error() && level.container != no_node && levels_.size() < size_t{deepest_level} * 3);
  }

  // The node that the value at this level belongs to: a pair's, a new element, a new document.
  NodeId slot(const Level& level) { return level.slot != no_node ? level.slot : tree_.add(level.container); }

  void set_key(NodeId id, const Node& here) {
    if (id == no_node) return;
    DecodedScalar decoded = decode_double_quoted(here.text(source_));
    ConfigNode& node = tree_[id];
    node.key = decoded.changed ? tree_.keep(decoded.storage) : decoded.verbatim;
    node.key_span = here.span();
    node.span = here.span();
  }

  void set_scalar(NodeId id, const Node& here) {
    ConfigNode& node = tree_[id];
    node.span = here.span();
    if (here.symbol() == symbols().null) return;
    node.kind = NodeKind::Scalar;
    node.quoted = here.symbol() == symbols().string;
    DecodedScalar decoded;
    decoded.verbatim = here.text(source_);
    if (node.quoted) decoded = decode_double_quoted(here.text(source_));
    node.text = decoded.changed ? tree_.keep(decoded.storage) : decoded.verbatim;
    node.verbatim = !decoded.changed;
    if (node.verbatim) node.text_begin = static_cast<uint32_t>(node.text.data() - source_.data());
  }

  std::string_view source_;
  ConfigTree tree_;
  TSTreeCursor cursor_;
  TSFieldId key_field_ = 0;
  std::vector<Level> levels_;
  bool too_deep_ = false;
};

}  // namespace

// The text with blanks for commas before a closing bracket, which tsconfig and appsettings allow.
static std::string without_trailing_commas(std::string_view text) {
  std::string out(text);
  size_t comma = std::string::npos;
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1u : 0u;
      comma = std::string::npos;
    } else if (text.substr(at, 2) == "//") {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.substr(at, 2) == "/*") {
      at = std::min(text.find("*/", at), text.size() - 2) + 1;
    } else if (c == ',') {
      comma = at;
    } else if ((c == '}' || c == ']') && comma != std::string::npos) {
      out[comma] = ' ';
      comma = std::string::npos;
    } else if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
      comma = std::string::npos;
    }
  }
  return out;
}

ConfigTree read_json(std::string_view text, FileFacts& facts) {
  if (text.size() > largest_file) {
    facts.lose(Unread::TooLarge, "JSON of this size is data, not configuration, and was left out");
    return ConfigTree(text);
  }
  Tree parsed(grammar, text, facts.parsing());
  if (parsed && parsed.root().has_error()) parsed = Tree(grammar, without_trailing_commas(text), facts.parsing());
  if (!parsed) {
    facts.set_has_errors();
    facts.lose(parsed.unread(), fmt::format("not parsed: {}", to_string(parsed.unread())));
    return ConfigTree(text);
  }
  if (parsed.root().has_error()) facts.set_has_errors();
  JsonWalk walk(text, parsed.root());
  ConfigTree tree = walk.run();
  if (walk.too_deep()) facts.lose(Unread::TooDeep, "nested too deeply; what lies below is left out");
  return tree;
}

}  // namespace tfcheck
