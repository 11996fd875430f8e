// Files that stand in a configuration as texts: `application.yml: |` in a ConfigMap, `content:` beside the path that it
// is written to. Each is read as the file that it becomes, its facts at the lines where they stand.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "facts/file_facts.h"
#include "formats/tree_entries/config_tree.h"

namespace tfcheck {

class EmbeddedTexts {
 public:
  EmbeddedTexts(FileFacts& facts, const ConfigTree& tree) : facts_(facts), tree_(tree) {}

  // Adds what the text of an entry says as a file, below `place`, which is the entry's path. False when it is none, or
  // one that says nothing. A text is read once, however many aliases repeat it.
  bool add(NodeId entry, std::string_view place, const Context& context);

 private:
  std::string_view path_of(NodeId entry);
  std::string_view path_beside(NodeId entry) const;
  std::string_view target_of(NodeId document, std::string_view config);

  FileFacts& facts_;
  const ConfigTree& tree_;
  std::unordered_set<NodeId> read_;
  // Of compose's configs: where services have them mounted.
  std::unordered_map<std::string_view, std::string_view> targets_;
  bool has_targets_ = false;
};

}  // namespace tfcheck
