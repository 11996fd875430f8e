// ConfigTree → Entry facts: one for every scalar, one for every empty or keyed container. Also the walk over a tree
// with dotted paths that the dialects use for their derived facts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/file_facts.h"
#include "formats/tree_entries/config_tree.h"
#include "formats/tree_entries/values.h"

namespace tfcheck {

// More entries than this in one file are data, not configuration; aliases count at every place that they stand at.
inline constexpr uint32_t most_entries = 20'000;
// Longer names are nobody's: what lies below such a path is not followed, and no key adds more to one.
inline constexpr size_t longest_path = 2'048;

// A part of a document whose entries are written under a path of their own: a whole document, an item of a List.
struct EntryRoot {
  NodeId node = no_node;
  std::string_view prefix;  // "Deployment"; "" for none
  uint32_t index = 0;       // Context.index
  uint32_t flags = 0;       // Context.flags of all entries
  std::string_view skip;    // key at the top of the root that has its own roots
};

// The node that a walk stands at.
struct TreePlace {
  NodeId node = no_node;
  std::string_view path;   // "services.web.image"
  std::string_view scope;  // path of the parent
  uint32_t depth = 0;      // 1 for the entries of the root
};

// Visits the nodes of a document in order, aliases followed, up to the depth and number limits. Usage:
//   for (TreeWalk walk(tree, root); walk.next();) use(walk.place());
class TreeWalk {
 public:
  TreeWalk(const ConfigTree& tree, const EntryRoot& root);
  bool next();
  // The place of the last next(); its texts are valid until the following one.
  TreePlace place() const;
  // Does not go below the present node.
  void skip() { skip_ = true; }
  bool cut() const { return cut_; }

 private:
  struct Frame {
    NodeId node;
    uint32_t length;   // of the parent's path
    uint32_t element;  // number in a list
  };
  bool advance();
  void step();
  bool left_out() const;
  void set_path();

  const ConfigTree& tree_;
  EntryRoot root_;
  std::string path_;
  std::vector<Frame> frames_;
  uint32_t visited_ = 0;
  bool started_ = false;
  bool skip_ = false;
  bool cut_ = false;
};

class EmbeddedTexts;

// Writes the entries of a root; `development` names keys at the top whose entries are of a development profile. The
// files that stand in it as texts are added behind their entries; null: none are looked for.
void add_entries(FileFacts& facts, const ConfigTree& tree, const EntryRoot& root, uint32_t syntax,
                 std::vector<std::string_view> development = {}, EmbeddedTexts* texts = nullptr);

}  // namespace tfcheck
