#include "formats/tree_entries/embedded_text.h"

#include <algorithm>

#include "base/lines.h"
#include "base/text.h"
#include "facts/embedded_code.h"
#include "formats/adapters.h"

namespace tfcheck {

namespace {

constexpr size_t longest_name = 200;  // of a file

const AdapterIndex& adapters() {
  static const AdapterIndex index;
  return index;
}

// What reads a file of this name; null for most keys.
const Adapter* adapter_of(std::string_view path) {
  if (path.empty() || path.size() > longest_name || path.find('\n') != std::string_view::npos) return nullptr;
  return adapters().of_path(path);
}

// The text of a `|` block without its indentation, line by line as it stands in the file.
EmbeddedCode text_of_block(std::string_view source, Span block) {
  EmbeddedCode code;
  std::string_view lines = source.substr(block.begin, block.end - block.begin);
  size_t head = lines.find('\n');
  if (head == std::string_view::npos) return code;
  size_t indentation = std::string_view::npos;
  for (size_t begin = head + 1; begin < lines.size();) {
    size_t end = std::min(lines.find('\n', begin), lines.size() - 1) + 1;
    std::string_view line = lines.substr(begin, end - begin);
    size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    bool blank = trim(line).empty();
    if (indentation == std::string_view::npos && !blank) indentation = blanks;
    size_t cut = blank ? std::min(blanks, std::min(indentation, line.size() - 1)) : std::min(blanks, indentation);
    auto at = static_cast<uint32_t>(code.text.size());
    auto from = static_cast<uint32_t>(block.begin + begin + cut);
    code.text += line.substr(cut);
    code.pieces.push_back(
        {at, static_cast<uint32_t>(line.size() - cut), {from, from + static_cast<uint32_t>(line.size() - cut)}});
    begin = end;
  }
  return code;
}

// The text of a scalar; of one with escapes every part stands where the scalar does.
EmbeddedCode text_of(const ConfigTree& tree, const ConfigNode& node) {
  if (node.literal) return text_of_block(tree.source(), node.span);
  EmbeddedCode code;
  code.text = node.text;
  auto size = static_cast<uint32_t>(node.text.size());
  code.pieces.push_back({0, size, node.verbatim ? Span{node.text_begin, node.text_begin + size} : node.span});
  return code;
}

// A file has lines, or is one JSON value.
bool is_file_text(std::string_view text) {
  return text.find('\n') != std::string_view::npos || text.starts_with('{') || text.starts_with('[');
}

// Kinds of facts that mean something only in the folder where the file would lie.
bool is_of_place(const Fact& fact) {
  return fact.kind == FactKind::Import || fact.kind == FactKind::Dependency || fact.kind == FactKind::Image;
}

}  // namespace

// The path that stands beside a content: in Ansible's tasks, cloud-init's write_files, Terraform's local_file.
std::string_view EmbeddedTexts::path_beside(NodeId entry) const {
  NodeId map = tree_.own(entry).parent;
  if (!tree_.is(map, NodeKind::Map)) return {};
  std::string_view encoding = tree_.text(map, "encoding");
  if (!encoding.empty() && encoding.find("plain") == std::string_view::npos) return {};
  for (std::string_view key : {"dest", "path", "target", "destination", "filename"}) {
    if (std::string_view path = tree_.text(map, key); !path.empty()) return path;
  }
  return {};
}

// Where a service of a compose file has a config, by the config's name.
std::string_view EmbeddedTexts::target_of(NodeId document, std::string_view config) {
  if (!has_targets_) {
    has_targets_ = true;
    NodeId services = tree_.find(document, "services");
    for (NodeId service = tree_.first(services); service != no_node; service = tree_.next(service)) {
      NodeId used = tree_.find(service, "configs");
      for (NodeId id = tree_.first(used); id != no_node; id = tree_.next(id)) {
        std::string_view source = tree_.text(id, "source"), target = tree_.text(id, "target");
        if (!source.empty() && !target.empty()) targets_.try_emplace(source, target);
      }
    }
  }
  auto found = targets_.find(config);
  return found == targets_.end() ? std::string_view{} : found->second;
}

// "" for a text that is no file.
std::string_view EmbeddedTexts::path_of(NodeId entry) {
  std::string_view key = tree_.own(entry).key;
  if (key != "content" && key != "contents") return adapter_of(key) ? key : std::string_view{};
  std::string_view path = path_beside(entry);
  while (path.starts_with('/')) path.remove_prefix(1);
  if (!path.empty()) return adapter_of(path) ? path : std::string_view{};
  // configs: {nginx.conf: {content: …}}
  const ConfigNode& holder = tree_.own(tree_.own(entry).parent);
  const ConfigNode& list = tree_.own(holder.parent);
  if (list.key != "configs") return {};
  std::string_view target = target_of(list.parent, holder.key);
  while (target.starts_with('/')) target.remove_prefix(1);
  if (adapter_of(target)) return target;
  return adapter_of(holder.key) ? holder.key : std::string_view{};
}

bool EmbeddedTexts::add(NodeId entry, std::string_view place, const Context& context) {
  const ConfigNode& node = tree_.own(entry);
  bool text = node.kind == NodeKind::Scalar && node.key_span.end != 0 && node.tag.empty() &&
              (node.literal || node.quoted || node.verbatim) && node.text.size() <= largest_embedded;
  if (!text || !is_file_text(node.text)) return false;
  std::string_view path = path_of(entry);
  if (path.empty() || !read_.insert(entry).second) return false;
  EmbeddedCode code = text_of(tree_, node);
  const Adapter& adapter = *adapter_of(path);
  SourceFile file{path, code.text, true};
  FileFacts said = extract_facts(adapter, file);
  std::erase_if(said.facts(), is_of_place);
  if (said.facts().empty()) return false;
  move_spans(said, code);
  facts_.adopt(std::move(said), file, adapter, place, context);
  return true;
}

}  // namespace tfcheck
