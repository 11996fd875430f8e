#include <algorithm>
#include <string>

#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

// Files that lay a destination's settings (`deploy.staging.yml`) over the main one: they repeat little of its shape.
constexpr std::string_view overlays[] = {"**/config/deploy.*.yml", "**/config/deploy.*.yaml", "**/.kamal/*.yml",
                                         "**/.kamal/*.yaml"};

bool is_deploy(const ConfigTree& tree, NodeId top) {
  auto says = [&](std::string_view key) { return !tree.text(top, key).empty(); };
  return says("service") && says("image") &&
         (tree.find(top, "servers") != no_node || tree.find(top, "accessories") != no_node);
}

bool recognises(const ParsedFile& file) {
  const ConfigTree& tree = file.tree;
  if (is_deploy(tree, file.top)) return true;
  auto has = [&](std::string_view path) { return tree.find_path(file.top, path) != no_node; };
  return std::any_of(std::begin(overlays), std::end(overlays),
                     [&](std::string_view pattern) { return path_match(pattern, file.path); }) &&
         (has("servers") || has("accessories") || has("env.clear") || has("env.secret"));
}

// `secret: [DB_PASSWORD, POSTGRES_PASSWORD:DB_PASSWORD]` are names, of the container's variable and of what it is
// called where the secrets are kept.
void add_secrets(const Document& document, NodeId names, const std::string& path) {
  const ConfigTree& tree = document.tree;
  for (NodeId id = tree.first(names); id != no_node; id = tree.next(id)) {
    const ConfigNode& node = tree.node(id);
    std::string_view text = tree.text(id);
    std::string_view name = before_first(text, ':');
    if (name.empty() || text.size() > longest_path) continue;
    std::string_view kept = name.size() < text.size() ? text.substr(name.size() + 1) : name;
    document.facts.add(FactKind::Entry, joined(path, name), node.span,
                       document.facts.value(ValueKind::Env, kept, node.span), {}, document.context(path));
  }
}

// The environment of a container, for all or for the hosts with a tag.
void add_environment(const Document& document, NodeId owner, const std::string& path) {
  const ConfigTree& tree = document.tree;
  NodeId environment = tree.find(owner, "env");
  std::string scope = joined(path, "env");
  add_secrets(document, tree.find(environment, "secret"), joined(scope, "secret"));
  NodeId tags = tree.find(environment, "tags");
  for (NodeId id = tree.first(tags); id != no_node; id = tree.next(id))
    add_secrets(document, tree.find(id, "secret"), joined(joined(joined(scope, "tags"), tree.own(id).key), "secret"));
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId top = document.root.node;
  // The tool builds the app's own image and gives it the commit as its tag.
  add_image(document, tree.find(top, "image"), "image", true);
  add_environment(document, top, "");
  for (std::string_view group : {"servers", "accessories"}) {
    NodeId all = tree.find(top, group);
    if (!tree.is(all, NodeKind::Map)) continue;
    for (NodeId id = tree.first(all); id != no_node; id = tree.next(id)) {
      std::string path = joined(group, tree.own(id).key);
      add_image(document, tree.find(id, "image"), joined(path, "image"));
      add_command(document, tree.find(id, "cmd"), joined(path, "cmd"));
      add_environment(document, id, path);
    }
  }
}

}  // namespace

const TreeDialect& kamal_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "kamal",
                 .example = "config/deploy.yml",
                 .tells = tells::Deploy | tells::Release | tells::Environment | tells::Address | tells::Version},
      .recognises = recognises,
      .certainty = 8,
      .derive = derive,
      .role = CommandRole::Start,
  };
  return dialect;
}

}  // namespace tfcheck
