#include <algorithm>
#include <string>

#include "formats/npm_package/manifest.h"
#include "formats/shared/commands.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"composer.json"};
constexpr DependencyGroup groups[] = {{"require", "", 0}, {"require-dev", "dev", context::Development}};

// Composer runs "@php artisan x" with its own PHP, "@name" is another script and "Class::method" a callback. The result
// is the first index that is left free.
uint32_t add_composer_script(const Document& document, NodeId id, std::string_view scope, uint32_t index) {
  const ConfigNode& node = document.tree.node(id);
  if (node.kind != NodeKind::Scalar || node.text.empty()) return index;
  bool called = node.text.find("::") != std::string_view::npos && node.text.find(' ') == std::string_view::npos;
  bool own = node.text.starts_with("@php ") || node.text.starts_with("@composer ");
  if (called || (node.text[0] == '@' && !own)) return index;
  if (!own) return add_script(document, id, scope, index);
  ShellText shell;
  shell.text = node.text.substr(1);
  shell.scope = scope;
  shell.index = index;
  if (node.verbatim)
    shell.offset = node.text_begin + 1;
  else
    shell.whole = node.span;
  return add_commands(document.facts, shell, document.role);
}

void derive(const Document& document) {
  add_dependency_groups(document, groups, "packagist");
  const ConfigTree& tree = document.tree;
  NodeId scripts = tree.find(document.root.node, "scripts");
  for (NodeId id = tree.first(scripts); id != no_node; id = tree.next(id)) {
    std::string scope = joined("scripts", tree.own(id).key);
    if (!tree.is(id, NodeKind::List)) {
      add_composer_script(document, id, scope, 0);
      continue;
    }
    uint32_t index = 0;
    for (NodeId item = tree.first(id); item != no_node; item = tree.next(item))
      index = add_composer_script(document, item, scope, index);
  }
}

}  // namespace

const TreeDialect& composer_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "composer", .example = "composer.json", .tells = tells::Address},
      .paths = paths,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
