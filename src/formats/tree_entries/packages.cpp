// Package manifests in JSON: package.json, composer.json, Heroku's app.json.
#include <algorithm>

#include "formats/tree_entries/dialect.h"
#include "languages/shell/shell.h"

namespace tfcheck {

namespace {

struct Group {
  std::string_view key;
  std::string_view name;
  uint32_t flags;
};

constexpr Group npm_groups[] = {{"dependencies", "", 0},
                                {"devDependencies", "dev", context::Development},
                                {"optionalDependencies", "optional", 0},
                                {"peerDependencies", "peer", 0}};
constexpr Group composer_groups[] = {{"require", "", 0}, {"require-dev", "dev", context::Development}};

void add_dependencies(const Document& document, const Group& group, std::string_view ecosystem) {
  const ConfigTree& tree = document.tree;
  FileFacts& facts = document.facts;
  NodeId packages = tree.find(document.root.node, group.key);
  if (!tree.is(packages, NodeKind::Map)) return;
  for (NodeId id = tree.first(packages); id != no_node; id = tree.next(id)) {
    const ConfigNode& package = tree.own(id);
    if (package.key.empty()) continue;
    Span span{package.key_span.begin, std::max(package.key_span.end, package.span.end)};
    Value version;
    if (package.kind == NodeKind::Scalar && !package.text.empty()) version = facts.string(package.text, package.span);
    Arg args[] = {{"ecosystem", facts.string(ecosystem, span)}, {"group", facts.string(group.name, span)}};
    Context context = document.context(group.key);
    context.flags |= group.flags;
    facts.add(FactKind::Dependency, package.key, span, version, {args, group.name.empty() ? 1u : 2u}, context);
  }
}

void add_named_scripts(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId scripts = tree.find(document.root.node, "scripts");
  for (NodeId id = tree.first(scripts); id != no_node; id = tree.next(id)) {
    add_script(document, id, joined("scripts", tree.own(id).key));
  }
}

// Composer runs "@php artisan x" with its own PHP, "@name" is another script and "Class::method" a callback.
void add_composer_script(const Document& document, NodeId id, std::string_view scope, uint32_t index) {
  const ConfigNode& node = document.tree.node(id);
  if (node.kind != NodeKind::Scalar || node.text.empty()) return;
  bool called = node.text.find("::") != std::string_view::npos && node.text.find(' ') == std::string_view::npos;
  bool own = node.text.starts_with("@php ") || node.text.starts_with("@composer ");
  if (called || (node.text[0] == '@' && !own)) return;
  if (!own) return add_script(document, id, scope, index);
  ShellText shell;
  shell.text = node.text.substr(1);
  shell.scope = scope;
  shell.index = index;
  if (node.verbatim)
    shell.offset = node.text_begin + 1;
  else
    shell.whole = node.span;
  add_shell(document.facts, shell);
}

}  // namespace

void derive_npm_package(const Document& document) {
  for (const Group& group : npm_groups) add_dependencies(document, group, "npm");
  add_named_scripts(document);
}

void derive_composer(const Document& document) {
  for (const Group& group : composer_groups) add_dependencies(document, group, "composer");
  const ConfigTree& tree = document.tree;
  NodeId scripts = tree.find(document.root.node, "scripts");
  for (NodeId id = tree.first(scripts); id != no_node; id = tree.next(id)) {
    std::string scope = joined("scripts", tree.own(id).key);
    if (!tree.is(id, NodeKind::List)) {
      add_composer_script(document, id, scope, 0);
      continue;
    }
    uint32_t index = 0;
    for (NodeId item = tree.first(id); item != no_node; item = tree.next(item)) {
      size_t before = document.facts.facts().size();
      add_composer_script(document, item, scope, index);
      index = std::max(index, next_index(document.facts, before));
    }
  }
}

void derive_app_json(const Document& document) {
  add_named_scripts(document);
}

}  // namespace tfcheck
