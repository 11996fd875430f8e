#include <string>

#include "formats/toml/packages.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"pyproject.toml"};
constexpr PackageGroup developers{"pypi", "dev", context::Development};

// A table of groups, each of which is a list of requirements.
void add_groups(const Document& document, std::string_view path, uint32_t flags) {
  const ConfigTree& tree = document.tree;
  NodeId groups = tree.find_path(document.root.node, path);
  if (!tree.is(groups, NodeKind::Map)) return;
  for (NodeId id = tree.first(groups); id != no_node; id = tree.next(id)) {
    PackageGroup group = python_group(tree.own(id).key);
    group.flags |= flags;
    add_requirement_list(document, id, joined(path, group.name), group);
  }
}

void add_list(const Document& document, std::string_view path, const PackageGroup& group) {
  add_requirement_list(document, document.tree.find_path(document.root.node, path), path, group);
}

// PEP 621, PEP 735, Poetry, PDM, uv.
void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_list(document, "project.dependencies", {"pypi"});
  add_groups(document, "project.optional-dependencies", 0);
  add_groups(document, "dependency-groups", 0);
  add_list(document, "tool.uv.dev-dependencies", developers);
  add_groups(document, "tool.pdm.dev-dependencies", context::Development);
  add_package_table(document, "tool.poetry.dependencies", {"pypi"});
  add_package_table(document, "tool.poetry.dev-dependencies", developers);
  NodeId groups = tree.find_path(document.root.node, "tool.poetry.group");
  for (NodeId id = tree.first(groups); id != no_node; id = tree.next(id)) {
    std::string_view name = tree.own(id).key;
    add_package_table(document, joined(joined("tool.poetry.group", name), "dependencies"), python_group(name));
  }
}

}  // namespace

const TreeDialect& pyproject_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "pyproject", .example = "pyproject.toml", .tells = tells::Address},
      .paths = paths,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
