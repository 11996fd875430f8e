#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"devcontainer.json", ".devcontainer.json"};
constexpr std::string_view hooks[] = {"initializeCommand", "onCreateCommand",  "updateContentCommand",
                                      "postCreateCommand", "postStartCommand", "postAttachCommand"};

// A hook is a text, a list of words, or a map of either.
void add_hook(const Document& document, NodeId hook, std::string_view scope) {
  const ConfigTree& tree = document.tree;
  if (!tree.is(hook, NodeKind::Map)) return add_command(document, hook, scope);
  for (NodeId id = tree.first(hook); id != no_node; id = tree.next(id))
    add_command(document, id, joined(scope, tree.own(id).key));
}

void derive(const Document& document) {
  for (std::string_view hook : hooks) add_hook(document, document.tree.find(document.root.node, hook), hook);
}

}  // namespace

const TreeDialect& devcontainer_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "devcontainer", .example = ".devcontainer/devcontainer.json"},
      .paths = paths,
      .derive = derive,
      .role = CommandRole::Ci,
  };
  return dialect;
}

}  // namespace tfcheck
