#include "formats/tree_entries/entries.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/lines.h"
#include "base/text.h"
#include "formats/shared/scalar.h"
#include "formats/tree_entries/embedded_text.h"

namespace tfcheck {

TreeWalk::TreeWalk(const ConfigTree& tree, const EntryRoot& root) : tree_(tree), root_(root), path_(root.prefix) {}

bool TreeWalk::next() {
  if (cut_) return false;
  if (!advance()) return false;
  if (++visited_ > most_entries) {
    cut_ = true;
    return false;
  }
  set_path();
  if (path_.size() > longest_path) skip_ = true;
  return true;
}

void TreeWalk::step() {
  while (!frames_.empty()) {
    frames_.back().node = tree_.next(frames_.back().node);
    ++frames_.back().element;
    if (frames_.back().node != no_node) return;
    frames_.pop_back();
  }
}

bool TreeWalk::left_out() const {
  const ConfigNode& node = tree_.own(frames_.back().node);
  return node.merge || (frames_.size() == 1 && !root_.skip.empty() && node.key == root_.skip);
}

bool TreeWalk::advance() {
  NodeId below = no_node;
  if (!started_) {
    started_ = true;
    below = tree_.first(root_.node);
  } else if (frames_.empty()) {
    return false;
  } else if (!skip_ && frames_.size() < deepest_level) {
    below = tree_.first(frames_.back().node);
  }
  skip_ = false;
  if (below != no_node) {
    frames_.push_back({below, static_cast<uint32_t>(path_.size()), 0});
  } else {
    step();
  }
  while (!frames_.empty() && left_out()) step();
  return !frames_.empty();
}

void TreeWalk::set_path() {
  const Frame& frame = frames_.back();
  path_.resize(frame.length);
  if (!path_.empty()) path_ += '.';
  const ConfigNode& node = tree_.own(frame.node);
  if (node.key_span.end == 0) {
    fmt::format_to(std::back_inserter(path_), "{}", frame.element);
  } else {
    path_ += node.key.substr(0, longest_path);
  }
}

TreePlace TreeWalk::place() const {
  const Frame& frame = frames_.back();
  std::string_view path = path_;
  return {frame.node, path, path.substr(0, frame.length), static_cast<uint32_t>(frames_.size())};
}

namespace {

Value entry_value(FileFacts& facts, const ConfigTree& tree, NodeId id, uint32_t syntax) {
  const ConfigNode& node = tree.node(id);
  switch (node.kind) {
    case NodeKind::Map:
      return facts.value(ValueKind::Map, {}, tree.own(id).span);
    case NodeKind::List:
      if (is_tagged_call(node)) return tagged_list_value(facts, tree, id, syntax);
      return facts.value(ValueKind::List, {}, tree.own(id).span);
    default:
      break;
  }
  // Travis and AppVeyor encrypt what stands under this key.
  if (tree.own(id).key == "secure" && node.text.size() > 40) return facts.value(ValueKind::Unknown, {}, node.span);
  return scalar_value(facts, node, syntax);
}

// The place that a finding shows: the scalar's, the key's for a container.
Span entry_span(const ConfigTree& tree, NodeId id) {
  const ConfigNode& own = tree.own(id);
  const ConfigNode& node = tree.node(id);
  bool container = node.kind == NodeKind::Map || node.kind == NodeKind::List;
  if ((container || node.kind == NodeKind::Null) && own.key_span.end != 0) return own.key_span;
  return node.span;
}

constexpr size_t most_settings = 200;  // lines of a text that may be a file of settings

bool is_setting_key(std::string_view key) {
  return key.size() > 1 && key.size() < 100 && std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                  c == '.';
         });
}

struct Setting {
  std::string_view key, value;  // parts of the file
};

// The settings of a block of which every line is one ("db.user=shop"): a file that something else writes out.
std::vector<Setting> settings_of(std::string_view block) {
  std::vector<Setting> settings;
  Lines lines(block);
  for (lines.take(); !lines.done();) {
    std::string_view line = trim(lines.take().text);
    if (line.empty() || line[0] == '#' || line[0] == ';' || (line[0] == '[' && line.ends_with(']'))) continue;
    size_t sign = line.find('=');
    if (sign == std::string_view::npos || settings.size() == most_settings) return {};
    Setting setting{trim(line.substr(0, sign)), trim(line.substr(sign + 1))};
    bool padding = setting.value == "=";  // of base64
    if (padding || !is_setting_key(setting.key)) return {};
    settings.push_back(setting);
  }
  return settings;
}

void add_settings(FileFacts& facts, const ConfigTree& tree, const ConfigNode& block, const TreePlace& place,
                  Context at) {
  std::string_view source = tree.source();
  at.scope = place.path;
  for (auto [key, value] : settings_of(source.substr(block.span.begin, block.span.end - block.span.begin))) {
    bool quoted = value.size() > 1 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0];
    if (quoted) value = value.substr(1, value.size() - 2);
    Span span = span_in(source, value.empty() ? key : value);
    std::string name = std::string(place.path).append(".").append(key);
    facts.add(FactKind::Entry, name, span, read_scalar(facts, value, span, quoted ? scalar::Text : 0u), {}, at);
  }
}

}  // namespace

void add_entries(FileFacts& facts, const ConfigTree& tree, const EntryRoot& root, uint32_t syntax,
                 std::vector<std::string_view> development, EmbeddedTexts* texts) {
  TreeWalk walk(tree, root);
  uint32_t top_flags = root.flags;
  while (walk.next()) {
    TreePlace place = walk.place();
    const ConfigNode& own = tree.own(place.node);
    const ConfigNode& node = tree.node(place.node);
    if (place.depth == 1 && !development.empty()) {
      bool dev = std::find(development.begin(), development.end(), own.key) != development.end();
      top_flags = root.flags | (dev ? static_cast<uint32_t>(context::Development) : 0u);
    }
    bool container = node.kind == NodeKind::Map || node.kind == NodeKind::List, call = is_tagged_call(node);
    if (call) walk.skip();
    if (container && !call && node.first != no_node && own.key_span.end == 0) continue;
    if (facts.full() || facts.own_count() >= most_entries) break;
    Context at{place.scope, root.index, top_flags};
    facts.add(FactKind::Entry, place.path, entry_span(tree, place.node), entry_value(facts, tree, place.node, syntax),
              {}, at);
    bool file = texts && texts->add(place.node, place.path, at);
    if (own.literal && !file) add_settings(facts, tree, own, place, at);
  }
  if (walk.cut() || facts.own_count() >= most_entries) {
    facts.lose(Unread::TooManyFacts, "more than 20,000 entries; the rest is left out");
  }
}

}  // namespace tfcheck
