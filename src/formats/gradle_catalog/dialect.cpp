#include <string>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"*.versions.toml"};

// `version = "9.0"`, or `version.ref`, which names one of the versions above. What is rich says a range.
NodeId version_of(const ConfigTree& tree, NodeId top, NodeId library) {
  NodeId version = tree.find(library, "version");
  std::string_view reference = tree.text(version, "ref");
  if (!reference.empty()) version = tree.find(tree.find(top, "versions"), reference);
  for (std::string_view key : {"strictly", "require", "prefer"}) {
    if (!tree.is(version, NodeKind::Map)) break;
    if (NodeId rich = tree.find(version, key); rich != no_node) version = rich;
  }
  return version;
}

// "group:name:version", { module = "group:name" } or { group = …, name = … }.
void add_library(const Document& document, NodeId library) {
  const ConfigTree& tree = document.tree;
  FileFacts& facts = document.facts;
  std::string name(tree.is(library, NodeKind::Map) ? tree.text(library, "module") : tree.text(library));
  if (name.empty()) name = std::string(tree.text(library, "group")) + ":" + std::string(tree.text(library, "name"));
  size_t colon = name.find(':');
  if (colon == 0 || colon == std::string::npos || colon + 1 == name.size()) return;
  Value version;
  Span span = tree.is(library, NodeKind::Map) ? tree.own(library).key_span : tree.node(library).span;
  if (size_t second = name.find(':', colon + 1); second != std::string::npos) {
    version = facts.string(std::string_view(name).substr(second + 1), span);
    name.resize(second);
  } else if (NodeId said = version_of(tree, document.root.node, library); tree.is(said, NodeKind::Scalar)) {
    version = facts.string(tree.text(said), tree.node(said).span);
  }
  Arg args[] = {{"ecosystem", facts.string("gradle", {})}, {"group", facts.string("central", {})}};
  facts.add(FactKind::Dependency, name, span, version, args, document.context("libraries"));
}

void derive(const Document& document) {
  NodeId libraries = document.tree.find(document.root.node, "libraries");
  for (NodeId id = document.tree.first(libraries); id != no_node; id = document.tree.next(id))
    add_library(document, id);
}

}  // namespace

const TreeDialect& gradle_catalog_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "gradle-catalog", .example = "gradle/libs.versions.toml", .tells = tells::Address},
      .paths = paths,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
