#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"deno.json", "deno.jsonc"};

// Tasks are what scripts of a package.json are: text, or an object whose `command` is the text.
void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId tasks = tree.find(document.root.node, "tasks");
  for (NodeId id = tree.first(tasks); id != no_node; id = tree.next(id)) {
    NodeId command = tree.is(id, NodeKind::Map) ? tree.find(id, "command") : id;
    add_script(document, command, joined("scripts", tree.own(id).key));
  }
}

}  // namespace

const TreeDialect& deno_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "deno", .example = "deno.json", .tells = tells::Address},
      .paths = paths,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
