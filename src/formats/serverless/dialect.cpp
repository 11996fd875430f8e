#include <string>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"serverless.yml", "serverless.yaml"};

// Functions of images: `image: x`, or one of those that the provider names.
void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  constexpr std::string_view named = "provider.ecr.images";
  add_service_images(document, tree.find_path(document.root.node, named), named, "uri");
  NodeId functions = tree.find(document.root.node, "functions");
  for (NodeId id = tree.first(functions); id != no_node; id = tree.next(id)) {
    NodeId image = tree.find(id, "image");
    bool reference = tree.text(image).find_first_of(":/") != std::string_view::npos;
    std::string scope = joined(joined("functions", tree.own(id).key), "image");
    if (reference || tree.is(image, NodeKind::Map)) add_image_or_name(document, image, scope, "uri");
  }
}

}  // namespace

const TreeDialect& serverless_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "serverless",
                 .example = "serverless.yml",
                 .tells = tells::Release | tells::Environment | tells::Address},
      .paths = paths,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
