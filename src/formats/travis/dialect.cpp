#include <string>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {".travis.yml"};
constexpr std::string_view scripts[] = {"before_install", "install",       "before_script",
                                        "script",         "after_success", "after_failure",
                                        "after_script",   "before_deploy", "after_deploy"};

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_scripts(document, document.root.node, "", scripts);
  NodeId env = tree.find(document.root.node, "env");
  add_assignments(document, env, "env");
  add_assignments(document, tree.find(env, "global"), "env.global");
  for (std::string_view matrix : {"jobs", "matrix"}) {
    NodeId include = tree.find(tree.find(document.root.node, matrix), "include");
    uint32_t number = 0;
    for (NodeId id = tree.first(include); id != no_node; id = tree.next(id)) {
      add_scripts(document, id, joined(joined(matrix, "include"), std::to_string(number++)), scripts);
    }
  }
}

}  // namespace

const TreeDialect& travis_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "travis", .example = ".travis.yml", .tells = tells::Environment | tells::Address | tells::Ci},
      .paths = paths,
      .derive = derive,
      .role = CommandRole::Ci,
  };
  return dialect;
}

}  // namespace tfcheck
