#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"vector.toml", "vector.yaml", "vector.yml"};

// Sources and sinks, each with a type; what other tools call so has none.
bool recognises(const ParsedFile& file) {
  const ConfigTree& tree = file.tree;
  for (std::string_view group : {"sources", "sinks"}) {
    NodeId first = tree.first(tree.find(file.top, group));
    if (tree.text(first, "type").empty()) return false;
  }
  return true;
}

}  // namespace

// Vector takes the logs of others to where they are kept: what it names as files are theirs.
const TreeDialect& vector_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "vector", .example = "vector.toml", .tells = tells::Address},
      .paths = paths,
      .recognises = recognises,
      .certainty = 2,
  };
  return dialect;
}

}  // namespace tfcheck
