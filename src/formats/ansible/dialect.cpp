#include <algorithm>

#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view shell_modules[] = {"shell",
                                              "command",
                                              "raw",
                                              "script",
                                              "ansible.builtin.shell",
                                              "ansible.builtin.command",
                                              "ansible.builtin.raw",
                                              "ansible.builtin.script"};

void add_module(const Document& document, NodeId module) {
  const ConfigTree& tree = document.tree;
  if (!tree.is(module, NodeKind::Map)) return add_command(document, module, "tasks");
  for (std::string_view key : {"cmd", "_raw_params", "argv"}) add_command(document, tree.find(module, key), "tasks");
}

bool recognises(const ParsedFile& file) {
  const ConfigTree& tree = file.tree;
  if (!tree.is(file.top, NodeKind::List)) return false;
  NodeId first = tree.first(file.top);
  if (!tree.is(first, NodeKind::Map)) return false;
  if (tree.find(first, "hosts") != no_node || tree.find(first, "import_playbook") != no_node) return true;
  bool placed = path_match("**/tasks/**", file.path) || path_match("**/handlers/**", file.path);
  return placed && tree.find(first, "on") == no_node;
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    const ConfigNode& node = tree.own(walk.place().node);
    std::string_view key = node.key;
    // A module is a key of a task, which is an element of a list; `user: {shell: /bin/false}` is a parameter.
    if (tree.own(node.parent).key_span.end != 0) continue;
    if (std::find(std::begin(shell_modules), std::end(shell_modules), key) == std::end(shell_modules)) continue;
    add_module(document, walk.place().node);
    walk.skip();
  }
}

}  // namespace

const TreeDialect& ansible_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "ansible", .example = "playbook.yml", .tells = tells::Release | tells::Address},
      .recognises = recognises,
      .certainty = 6,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
