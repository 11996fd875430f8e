#include <string>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"*.gitlab-ci.yml"};
constexpr std::string_view scripts[] = {"before_script", "script", "after_script"};

bool recognises(const ParsedFile& file) {
  const ConfigTree& tree = file.tree;
  if (!tree.is(tree.find(file.top, "stages"), NodeKind::List)) return false;
  for (NodeId id = tree.first(file.top); id != no_node; id = tree.next(id)) {
    if (tree.find(id, "script") != no_node) return true;
  }
  return false;
}

void add_job(const Document& document, NodeId job, const std::string& path) {
  const ConfigTree& tree = document.tree;
  NodeId image = tree.find(job, "image");
  add_image_or_name(document, image, joined(path, "image"), "name");
  add_service_images(document, tree.find(job, "services"), joined(path, "services"), "name");
  add_scripts(document, job, path, scripts);
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_job(document, document.root.node, "");
  for (NodeId id = tree.first(document.root.node); id != no_node; id = tree.next(id)) {
    std::string_view key = tree.own(id).key;
    if (!tree.is(id, NodeKind::Map) || key == "variables" || key == "image") continue;
    add_job(document, id, std::string(key));
  }
}

}  // namespace

const TreeDialect& gitlab_ci_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "gitlab-ci",
                 .example = ".gitlab-ci.yml",
                 .tells = tells::Environment | tells::Address | tells::Ci},
      .paths = paths,
      .recognises = recognises,
      .certainty = 2,
      .derive = derive,
      .role = CommandRole::Ci,
  };
  return dialect;
}

}  // namespace tfcheck
