#include "formats/ecs_task/containers.h"

#include <string>

namespace tfcheck {

void add_ecs_containers(const Document& document, NodeId list, std::string_view path, KeyCase keys) {
  bool capitals = keys == KeyCase::Pascal;
  const ConfigTree& tree = document.tree;
  uint32_t number = 0;
  for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) {
    std::string scope = joined(path, std::to_string(number++));
    std::string_view image = capitals ? "Image" : "image";
    add_image(document, tree.find(id, image), joined(scope, image));
    std::string_view entry_point = capitals ? "EntryPoint" : "entryPoint";
    std::string_view command = capitals ? "Command" : "command";
    add_words(document, tree.find(id, entry_point), tree.find(id, command), joined(scope, command));
    std::string_view environment = capitals ? "Environment" : "environment";
    std::string variables = joined(scope, environment);
    for (NodeId pair = tree.first(tree.find(id, environment)); pair != no_node; pair = tree.next(pair)) {
      add_variable(document, variables, tree.text(pair, capitals ? "Name" : "name"),
                   tree.find(pair, capitals ? "Value" : "value"));
    }
  }
}

}  // namespace tfcheck
