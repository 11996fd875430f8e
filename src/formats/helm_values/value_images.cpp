#include "formats/helm_values/value_images.h"

#include "base/text.h"

namespace tfcheck {

namespace {

bool is_image_key(std::string_view key) {
  return key == "image" || key.ends_with("Image") || key.ends_with("_image");
}

// "image: nginx" beside "tag: 1.2" is a pair as well.
void add_scalar_image(const Document& document, const TreePlace& place) {
  const ConfigTree& tree = document.tree;
  NodeId parent = tree.own(place.node).parent;
  NodeId tag = tree.own(parent).kind == NodeKind::Map ? tree.find(parent, "tag") : no_node;
  if (tag == no_node) tag = tree.find(parent, "imageTag");
  add_image_parts(document, place.node, tag, {}, place.path);
}

}  // namespace

void add_value_image(const Document& document, const TreePlace& place) {
  const ConfigTree& tree = document.tree;
  if (!is_image_key(tree.own(place.node).key)) {
    if (!tree.is(place.node, NodeKind::Map) || tree.find(place.node, "tag") == no_node) return;
    if (tree.find(place.node, "image") != no_node) return;  // beside which the tag stands
  } else if (tree.is(place.node, NodeKind::Scalar)) {
    return add_scalar_image(document, place);
  }
  NodeId repository = tree.find(place.node, "repository");
  if (repository == no_node) repository = tree.find(place.node, "name");
  if (repository == no_node || !tree.is(place.node, NodeKind::Map)) return;
  add_image_parts(document, repository, tree.find(place.node, "tag"), tree.text(place.node, "registry"), place.path);
}

}  // namespace tfcheck
