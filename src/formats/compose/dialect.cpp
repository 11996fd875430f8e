#include <algorithm>

#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

// Names of files that are compose's if they hold a service at all.
constexpr std::string_view names[] = {"docker-compose*.yml",  "docker-compose*.yaml", "compose*.yml",
                                      "compose*.yaml",        "*-stack.yml",          "*-stack.yaml",
                                      "*docker-compose*.yml*"};

// A service: a map that says what it is made of.
bool is_service(const ConfigTree& tree, NodeId id) {
  return tree.find(id, "image") != no_node || tree.find(id, "build") != no_node || tree.find(id, "extends") != no_node;
}

bool any_service(const ConfigTree& tree, NodeId services) {
  if (!tree.is(services, NodeKind::Map)) return false;
  for (NodeId id = tree.first(services); id != no_node; id = tree.next(id)) {
    if (is_service(tree, id)) return true;
  }
  return false;
}

bool recognises(const ParsedFile& file) {
  const ConfigTree& tree = file.tree;
  NodeId services = tree.find(file.top, "services");
  bool named = std::any_of(std::begin(names), std::end(names),
                           [&](std::string_view pattern) { return glob_match(pattern, base_name(file.path), '/'); });
  if (services != no_node) return any_service(tree, services) || (named && tree.is(services, NodeKind::Map));
  return named && any_service(tree, file.top);  // version 1 has the services at the top
}

std::vector<EntryRoot> roots(const ParsedFile& file) {
  std::vector<EntryRoot> all = document_roots(file);
  for (EntryRoot& root : all) {
    if (file.tree.find(root.node, "services") == no_node && any_service(file.tree, root.node)) root.prefix = "services";
  }
  return all;
}

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
  add_healthcheck(document.as(CommandRole::Health), tree.find(tree.find(service, "healthcheck"), "test"),
                  joined(path, "healthcheck.test"));
  for (std::string_view key : {"environment", "labels"}) {
    add_assignments(document, tree.find(service, key), joined(path, key));
  }
  add_assignments(document, tree.find(build, "args"), joined(path, "build.args"));
  add_assignments(document, tree.find(tree.find(service, "deploy"), "labels"), joined(path, "deploy.labels"));
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  // Version 1 has its services at the top; their entries are prefixed already.
  NodeId services = document.root.prefix.empty() ? tree.find(document.root.node, "services") : document.root.node;
  for (NodeId id = tree.first(services); id != no_node; id = tree.next(id)) {
    if (tree.own(id).merge || !tree.is(id, NodeKind::Map)) continue;
    add_service(document, id, joined("services", tree.own(id).key));
  }
}

}  // namespace

const TreeDialect& compose_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "compose",
                 .example = "docker-compose.yml",
                 .tells = tells::Deploy | tells::Release | tells::Environment | tells::Address | tells::Version},
      .recognises = recognises,
      .certainty = 7,
      .roots = roots,
      .derive = derive,
      .forms = references::AnyCase,
      .role = CommandRole::Start,
  };
  return dialect;
}

}  // namespace tfcheck
