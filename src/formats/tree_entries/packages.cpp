// Package manifests in JSON: package.json, composer.json, Heroku's app.json.
#include <algorithm>

#include "formats/tree_entries/dialect.h"

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

}  // namespace

void derive_npm_package(const Document& document) {
  for (const Group& group : npm_groups) add_dependencies(document, group, "npm");
  add_named_scripts(document);
}

void derive_composer(const Document& document) {
  for (const Group& group : composer_groups) add_dependencies(document, group, "composer");
  add_named_scripts(document);
}

void derive_app_json(const Document& document) {
  add_named_scripts(document);
}

}  // namespace tfcheck
