#include <string>

#include "formats/toml/packages.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"Cargo.toml"};

void add_tables(const Document& document, std::string_view path) {
  add_package_table(document, joined(path, "dependencies"), {"cargo"});
  add_package_table(document, joined(path, "dev-dependencies"), {"cargo", "dev", context::Development});
  add_package_table(document, joined(path, "build-dependencies"), {"cargo", "build"});
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_tables(document, "");
  add_package_table(document, "workspace.dependencies", {"cargo", "workspace"});
  NodeId targets = tree.find(document.root.node, "target");
  for (NodeId id = tree.first(targets); id != no_node; id = tree.next(id))
    add_tables(document, joined("target", tree.own(id).key));
}

}  // namespace

const TreeDialect& cargo_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "cargo", .example = "Cargo.toml", .tells = tells::Address},
      .paths = paths,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
