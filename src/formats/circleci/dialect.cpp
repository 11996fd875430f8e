#include <string>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"**/.circleci/config.yml"};

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (std::string_view group : {"jobs", "executors", "commands"}) {
    NodeId jobs = tree.find(document.root.node, group);
    for (NodeId id = tree.first(jobs); id != no_node; id = tree.next(id)) {
      std::string path = joined(group, tree.own(id).key);
      add_service_images(document, tree.find(id, "docker"), joined(path, "docker"), "image");
      uint32_t number = 0;
      for (NodeId step = tree.first(tree.find(id, "steps")); step != no_node; step = tree.next(step)) {
        std::string scope = joined(joined(path, "steps"), std::to_string(number++));
        NodeId run = tree.find(step, "run");
        bool map = tree.is(run, NodeKind::Map);
        add_script(document, map ? tree.find(run, "command") : run, joined(scope, map ? "run.command" : "run"));
      }
    }
  }
}

}  // namespace

const TreeDialect& circleci_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "circleci",
                 .example = ".circleci/config.yml",
                 .tells = tells::Environment | tells::Address | tells::Ci},
      .paths = paths,
      .derive = derive,
      .role = CommandRole::Ci,
  };
  return dialect;
}

}  // namespace tfcheck
