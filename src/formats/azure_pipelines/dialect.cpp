#include <string>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"azure-pipelines*.yml",      "azure-pipelines*.yaml", ".azure-pipelines*.yml",
                                      "**/.azure-pipelines/*.yml", "**/.azuredevops/*.yml", "**/azure-pipelines/*.yml"};
constexpr std::string_view scripts[] = {"script", "bash"};

// - name: X
//   value: y
void add_variables(const Document& document, NodeId list, const std::string& path) {
  const ConfigTree& tree = document.tree;
  if (!tree.is(list, NodeKind::List)) return;
  for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) {
    add_variable(document, path, tree.text(id, "name"), tree.find(id, "value"));
  }
}

bool is_step(const ConfigTree& tree, NodeId node) {
  return tree.find(node, "script") != no_node || tree.find(node, "bash") != no_node;
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_variables(document, tree.find(document.root.node, "variables"), "variables");
  for (TreeWalk walk(tree, document.root); walk.next();) {
    TreePlace place = walk.place();
    std::string_view key = tree.own(place.node).key;
    if (key == "variables" && place.depth > 1) add_variables(document, place.node, std::string(place.path));
    if (tree.is(place.node, NodeKind::Map) && is_step(tree, place.node))
      add_scripts(document, place.node, place.path, scripts);
    // A job's container; resources name images that jobs refer to.
    if (key == "container") add_image_or_name(document, place.node, place.path, "image");
  }
}

}  // namespace

const TreeDialect& azure_pipelines_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "azure-pipelines",
                 .example = "azure-pipelines.yml",
                 .tells = tells::Environment | tells::Address | tells::Ci},
      .paths = paths,
      .derive = derive,
      .role = CommandRole::Ci,
  };
  return dialect;
}

}  // namespace tfcheck
