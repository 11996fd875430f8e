#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

bool recognises(const ParsedFile& file) {
  return file.tree.find(file.tree.find(file.top, "container"), "docker") != no_node;
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId top = document.root.node;
  add_image(document, tree.find_path(top, "container.docker.image"), "container.docker.image");
  add_command(document, tree.find(top, "cmd"), "cmd");
  add_words(document, tree.find(top, "args"), no_node, "args");
}

}  // namespace

const TreeDialect& marathon_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "marathon",
                 .example = "marathon.json",
                 .tells = tells::Release | tells::Environment | tells::Address | tells::OthersStart},
      .recognises = recognises,
      .certainty = 5,
      .derive = derive,
      .role = CommandRole::Start,
  };
  return dialect;
}

}  // namespace tfcheck
