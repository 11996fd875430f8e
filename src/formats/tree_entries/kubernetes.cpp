#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

// `- name: A, value: b` as an entry ".env.A", like the maps of other formats.
void add_env(const Document& document, NodeId list, const std::string& path) {
  const ConfigTree& tree = document.tree;
  for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) {
    std::string_view name = tree.text(id, "name");
    if (name.empty()) continue;
    NodeId value = tree.find(id, "value");
    const ConfigNode& node = tree.node(value);
    Span span = node.kind == NodeKind::Scalar ? node.span : tree.node(tree.find(id, "name")).span;
    Value made = tree.find(id, "valueFrom") != no_node ? document.facts.value(ValueKind::Env, name, span)
                                                       : scalar_value(document.facts, node, document.expansion);
    made.span = span;
    document.facts.add(FactKind::Entry, joined(path, name), span, made, {}, document.context(path));
  }
}

void add_exec_of(const Document& document, NodeId action, const std::string& path) {
  NodeId command = document.tree.find(document.tree.find(action, "exec"), "command");
  if (command != no_node) add_command(document, command, joined(path, "exec.command"));
}

void add_container(const Document& document, NodeId container, const std::string& path) {
  const ConfigTree& tree = document.tree;
  add_image(document, tree.find(container, "image"), path);
  NodeId command = tree.find(container, "command");
  NodeId args = tree.find(container, "args");
  if (command != no_node || args != no_node) {
    add_words(document, command, args, joined(path, command != no_node ? "command" : "args"));
  }
  add_env(document, tree.find(container, "env"), joined(path, "env"));
  for (std::string_view probe : {"livenessProbe", "readinessProbe", "startupProbe"}) {
    add_exec_of(document, tree.find(container, probe), joined(path, probe));
  }
  for (std::string_view hook : {"postStart", "preStop"}) {
    add_exec_of(document, tree.find(tree.find(container, "lifecycle"), hook), joined(joined(path, "lifecycle"), hook));
  }
}

bool holds_containers(std::string_view key) {
  return key == "containers" || key == "initContainers" || key == "ephemeralContainers" || key == "container";
}

}  // namespace

void derive_kubernetes(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    TreePlace place = walk.place();
    if (!holds_containers(tree.own(place.node).key)) continue;
    std::string path(place.path);
    if (tree.is(place.node, NodeKind::Map)) {  // the `container:` of workflow engines
      if (tree.find(place.node, "image") != no_node) add_container(document, place.node, path);
      continue;
    }
    uint32_t number = 0;
    for (NodeId id = tree.first(place.node); id != no_node; id = tree.next(id)) {
      add_container(document, id, joined(path, std::to_string(number++)));
    }
  }
}

}  // namespace tfcheck
