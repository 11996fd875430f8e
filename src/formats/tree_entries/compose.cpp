#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

void add_healthcheck(const Document& document, NodeId test, std::string_view scope) {
  const ConfigTree& tree = document.tree;
  if (!tree.is(test, NodeKind::List)) return add_command(document, test, scope);
  NodeId first = tree.first(test);
  std::string_view form = tree.text(first);
  if (form == "CMD-SHELL") return add_command(document, tree.next(first), scope);
  if (form == "CMD") add_words(document, test, no_node, scope, 1);
}

void add_service(const Document& document, NodeId service, const std::string& path) {
  const ConfigTree& tree = document.tree;
  NodeId build = tree.find(service, "build");
  add_image(document, tree.find(service, "image"), joined(path, "image"), build != no_node);
  for (std::string_view key : {"entrypoint", "command"}) {
    add_command(document, tree.find(service, key), joined(path, key));
  }
  add_healthcheck(document, tree.find(tree.find(service, "healthcheck"), "test"), joined(path, "healthcheck.test"));
  for (std::string_view key : {"environment", "labels"}) {
    add_assignments(document, tree.find(service, key), joined(path, key));
  }
  add_assignments(document, tree.find(build, "args"), joined(path, "build.args"));
  add_assignments(document, tree.find(tree.find(service, "deploy"), "labels"), joined(path, "deploy.labels"));
}

}  // namespace

void derive_compose(const Document& document) {
  const ConfigTree& tree = document.tree;
  // Version 1 has its services at the top; their entries are prefixed already.
  NodeId services = document.root.prefix.empty() ? tree.find(document.root.node, "services") : document.root.node;
  for (NodeId id = tree.first(services); id != no_node; id = tree.next(id)) {
    if (tree.own(id).merge || !tree.is(id, NodeKind::Map)) continue;
    add_service(document, id, joined("services", tree.own(id).key));
  }
}

}  // namespace tfcheck
