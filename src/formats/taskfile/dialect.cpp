#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"Taskfile.yml",      "Taskfile.yaml",      "taskfile.yml",    "taskfile.yaml",
                                      "Taskfile.dist.yml", "Taskfile.dist.yaml", "Taskfile_*.y*ml", "Taskfile.*.y*ml"};

// A command of a task: text, or a map whose `cmd` is it.
uint32_t add_cmd(const Document& document, NodeId command, std::string_view scope, uint32_t index) {
  const ConfigTree& tree = document.tree;
  bool map = tree.is(command, NodeKind::Map);
  return add_script(document, map ? tree.find(command, "cmd") : command, scope, index);
}

// Tasks are what scripts of a package.json are: a text, a list of texts, or a map with `cmd` or `cmds`.
void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId tasks = tree.find(document.root.node, "tasks");
  for (NodeId task = tree.first(tasks); task != no_node; task = tree.next(task)) {
    std::string scope = joined("scripts", tree.own(task).key);
    NodeId list = tree.is(task, NodeKind::Map) ? tree.find(task, "cmds") : task;
    if (!tree.is(list, NodeKind::List)) {
      add_cmd(document, task, scope, 0);
      continue;
    }
    uint32_t index = 0;
    for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) index = add_cmd(document, id, scope, index);
  }
}

}  // namespace

const TreeDialect& taskfile_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "taskfile", .example = "Taskfile.yml", .tells = tells::Address},
      .paths = paths,
      .derive = derive,
      .role = CommandRole::Ci,
  };
  return dialect;
}

}  // namespace tfcheck
