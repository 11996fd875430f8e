#include "formats/tree_entries/dialect.h"
#include "base/text.h"

namespace tfcheck {

namespace {

bool recognises(const ParsedFile& file) {
  std::string_view base = base_name(file.path);
  return glob_match("values*.yaml", base, '/') || glob_match("values*.yml", base, '/') ||
         glob_match("*-values.yaml", base, '/');
}

bool is_image_key(std::string_view key) {
  return key == "image" || key.ends_with("Image") || key.ends_with("_image");
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    TreePlace place = walk.place();
    if (!is_image_key(tree.own(place.node).key)) {
      if (!tree.is(place.node, NodeKind::Map) || tree.find(place.node, "tag") == no_node) continue;
      if (tree.find(place.node, "image") != no_node) continue;  // beside which the tag stands
    } else if (tree.is(place.node, NodeKind::Scalar)) {
      // "image: nginx" beside "tag: 1.2" is a pair as well.
      const ConfigNode& parent = tree.own(tree.own(place.node).parent);
      NodeId tag = parent.kind == NodeKind::Map ? tree.find(tree.own(place.node).parent, "tag") : no_node;
      if (tag == no_node) tag = tree.find(tree.own(place.node).parent, "imageTag");
      add_image_parts(document, place.node, tag, {}, place.path);
      continue;
    }
    NodeId repository = tree.find(place.node, "repository");
    if (repository == no_node) repository = tree.find(place.node, "name");
    if (repository == no_node || !tree.is(place.node, NodeKind::Map)) continue;
    add_image_parts(document, repository, tree.find(place.node, "tag"), tree.text(place.node, "registry"), place.path);
  }
}

}  // namespace

const TreeDialect& helm_values_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "helm-values",
                 .example = "chart/values.yaml",
                 .tells = tells::Release | tells::Environment | tells::Address},
      .recognises = recognises,
      .certainty = 1,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
