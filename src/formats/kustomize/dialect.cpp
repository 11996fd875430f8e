#include <string>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};

bool recognises(const ParsedFile& file) {
  std::string_view kind = file.tree.text(file.top, "kind");
  return (kind == "Kustomization" || kind == "Component") &&
         file.tree.text(file.top, "apiVersion").starts_with("kustomize.config.k8s.io/");
}

// What replaces the images of the manifests: one without a tag of its own keeps theirs.
void add_images(const Document& document) {
  const ConfigTree& tree = document.tree;
  uint32_t number = 0;
  NodeId images = tree.find(document.root.node, "images");
  for (NodeId id = tree.first(images); id != no_node; id = tree.next(id)) {
    std::string scope = joined("images", std::to_string(number++));
    NodeId name = tree.find(id, "newName"), tag = tree.find(id, "newTag");
    if (name == no_node) name = tree.find(id, "name");
    bool pinned = tree.find(id, "digest") != no_node;
    if (tag != no_node && !pinned) add_image_parts(document, name, tag, {}, scope);
  }
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_images(document);
  // The literals of generators, as entries of the variables' names.
  for (std::string_view generator : {"configMapGenerator", "secretGenerator"}) {
    uint32_t number = 0;
    NodeId list = tree.find(document.root.node, generator);
    for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) {
      std::string path = joined(joined(generator, std::to_string(number++)), "literals");
      add_assignments(document, tree.find(id, "literals"), path);
    }
  }
}

}  // namespace

const TreeDialect& kustomize_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "kustomize",
                 .example = "kustomization.yaml",
                 .tells = tells::Deploy | tells::Release | tells::Environment | tells::Address},
      .paths = paths,
      .recognises = recognises,
      .certainty = 10,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
