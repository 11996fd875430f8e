#include <string>

#include "formats/ecs_task/containers.h"

namespace tfcheck {

namespace {

bool recognises(const ParsedFile& file) {
  if (file.tree.find(file.top, "AWSTemplateFormatVersion") != no_node) return true;
  NodeId resources = file.tree.find(file.top, "Resources");
  return file.tree.text(file.tree.first(resources), "Type").starts_with("AWS::");
}

bool is_function(std::string_view key) {
  return key == "Ref" || key.starts_with("Fn::");
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    TreePlace place = walk.place();
    if (tree.own(place.node).key == "ContainerDefinitions") {
      add_ecs_containers(document, place.node, std::string(place.path), KeyCase::Pascal);
    }
    if (tree.own(place.node).key == "ImageUri") add_image(document, place.node, place.path);
    // {"Ref": "X"} is a reference at the path of its map.
    NodeId inner = tree.first(place.node);
    if (!tree.is(place.node, NodeKind::Map) || inner == no_node || tree.next(inner) != no_node) continue;
    std::string_view key = tree.own(inner).key;
    if (!is_function(key)) continue;
    std::string_view text = tree.text(inner);
    ValueKind kind = key == "Fn::Sub" ? ValueKind::Template : text.empty() ? ValueKind::Unknown : ValueKind::Name;
    Span span = tree.node(inner).span;
    document.facts.add(FactKind::Entry, place.path, span, document.facts.value(kind, text, span), {},
                       document.context(place.scope));
  }
}

}  // namespace

const TreeDialect& cloudformation_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "cloudformation",
                 .example = "template.yaml",
                 .tells = tells::Release | tells::Environment | tells::Address},
      .recognises = recognises,
      .certainty = 5,
      .derive = derive,
      .role = CommandRole::Start,
  };
  return dialect;
}

}  // namespace tfcheck
