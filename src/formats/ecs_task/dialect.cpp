#include "formats/ecs_task/containers.h"

namespace tfcheck {

namespace {

bool recognises(const ParsedFile& file) {
  return file.tree.find(file.top, "containerDefinitions") != no_node;
}

void derive(const Document& document) {
  NodeId list = document.tree.find(document.root.node, "containerDefinitions");
  add_ecs_containers(document, list, "containerDefinitions", KeyCase::Camel);
}

}  // namespace

const TreeDialect& ecs_task_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "ecs-task",
                 .example = "task-definition.json",
                 .tells = tells::Release | tells::Environment | tells::Address | tells::OthersStart},
      .recognises = recognises,
      .certainty = 5,
      .derive = derive,
      .role = CommandRole::Start,
  };
  return dialect;
}

}  // namespace tfcheck
