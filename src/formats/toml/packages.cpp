#include "formats/toml/packages.h"

#include <string>
#include <vector>

#include "formats/requirements/requirements.h"

namespace tfcheck {

namespace {

std::string constraint(const ConfigTree& tree, NodeId table) {
  std::string_view git = tree.text(table, "git");
  if (std::string_view version = tree.text(table, "version"); !version.empty()) return std::string(version);
  if (git.empty()) {
    std::string_view url = tree.text(table, "url");
    return std::string(url.empty() ? tree.text(table, "file") : url);
  }
  std::string text = git.starts_with("git+") ? "" : "git+";
  text += git;
  for (std::string_view key : {"branch", "rev", "tag", "ref"}) {
    if (std::string_view reference = tree.text(table, key); !reference.empty())
      return text.append("@").append(reference);
  }
  return text;
}

Span span_of(const ConfigTree& tree, NodeId id) {
  return tree.is(id, NodeKind::Scalar) ? tree.node(id).span : tree.own(id).key_span;
}

void add_package(const Document& document, NodeId id, std::string_view path, const PackageGroup& group) {
  const ConfigTree& tree = document.tree;
  FileFacts& facts = document.facts;
  Span span = span_of(tree, id);
  std::vector<Arg> args = {{"ecosystem", facts.string(group.ecosystem, {})}};
  if (!group.name.empty()) args.push_back({"group", facts.string(group.name, {})});
  Value value;
  if (tree.is(id, NodeKind::Scalar)) {
    value = scalar_value(facts, tree.node(id), 0);
  } else {
    // Poetry's list of alternatives: the first one counts.
    NodeId table = tree.is(id, NodeKind::List) ? tree.first(id) : id;
    std::string text = constraint(tree, table);
    if (!text.empty()) value = facts.string(text, span);
    if (auto from = tree.text(table, "path"); !from.empty()) args.push_back({"path", facts.string(from, span)});
    if (tree.text(table, "workspace") == "true")
      args.push_back({"workspace", facts.value(ValueKind::Bool, "true", span)});
    if (!tree.text(table, "version").empty() && !tree.text(table, "git").empty())
      args.push_back({"source", facts.string(tree.text(table, "git"), span)});
  }
  Context context = document.context(path);
  context.flags |= group.flags;
  facts.add(FactKind::Dependency, tree.own(id).key, span, value, args, context);
}

}  // namespace

PackageGroup python_group(std::string_view name) {
  return {"pypi", name, names_development(name) ? context::Development : 0u};
}

void add_package_table(const Document& document, std::string_view path, const PackageGroup& group) {
  const ConfigTree& tree = document.tree;
  NodeId table = tree.find_path(document.root.node, path);
  if (!tree.is(table, NodeKind::Map)) return;
  for (NodeId id = tree.first(table); id != no_node; id = tree.next(id)) {
    bool runtime = group.ecosystem == "pypi" && tree.own(id).key == "python";
    if (!runtime) add_package(document, id, path, group);
  }
}

void add_requirement_list(const Document& document, NodeId list, std::string_view path, const PackageGroup& group) {
  const ConfigTree& tree = document.tree;
  if (!tree.is(list, NodeKind::List)) return;
  for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) {
    const ConfigNode& node = tree.node(id);
    if (!node.quoted) continue;  // `{include-group = "x"}`
    if (auto requirement = parse_requirement(node.text))
      add_requirement(document.facts, *requirement, {node.span, path, group.name, group.flags, false});
  }
}

}  // namespace tfcheck
