#include "formats/npm_package/manifest.h"

#include <algorithm>

namespace tfcheck {

namespace {

void add_dependencies(const Document& document, const DependencyGroup& group, std::string_view ecosystem) {
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

}  // namespace

void add_dependency_groups(const Document& document, std::span<const DependencyGroup> groups,
                           std::string_view ecosystem) {
  for (const DependencyGroup& group : groups) add_dependencies(document, group, ecosystem);
}

void add_named_scripts(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId scripts = tree.find(document.root.node, "scripts");
  for (NodeId id = tree.first(scripts); id != no_node; id = tree.next(id)) {
    add_script(document, id, joined("scripts", tree.own(id).key));
  }
}

}  // namespace tfcheck
