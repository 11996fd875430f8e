// What describes a deploy besides compose and Kubernetes: Helm values, Ansible, CloudFormation, Marathon, ECS.
#include <algorithm>

#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

bool is_image_key(std::string_view key) {
  return key == "image" || key.ends_with("Image") || key.ends_with("_image");
}

constexpr std::string_view shell_modules[] = {"shell",
                                              "command",
                                              "raw",
                                              "script",
                                              "ansible.builtin.shell",
                                              "ansible.builtin.command",
                                              "ansible.builtin.raw",
                                              "ansible.builtin.script"};

void add_module(const Document& document, NodeId module) {
  const ConfigTree& tree = document.tree;
  if (!tree.is(module, NodeKind::Map)) return add_command(document, module, "tasks");
  for (std::string_view key : {"cmd", "_raw_params", "argv"}) add_command(document, tree.find(module, key), "tasks");
}

bool is_function(std::string_view key) {
  return key == "Ref" || key.starts_with("Fn::");
}

void add_container_list(const Document& document, NodeId list, std::string_view path, bool capitals) {
  const ConfigTree& tree = document.tree;
  uint32_t number = 0;
  for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) {
    std::string scope = joined(path, std::to_string(number++));
    std::string_view image = capitals ? "Image" : "image";
    add_image(document, tree.find(id, image), joined(scope, image));
    std::string_view entry_point = capitals ? "EntryPoint" : "entryPoint";
    std::string_view command = capitals ? "Command" : "command";
    add_words(document, tree.find(id, entry_point), tree.find(id, command), joined(scope, command));
    std::string_view environment = capitals ? "Environment" : "environment";
    std::string variables = joined(scope, environment);
    for (NodeId pair = tree.first(tree.find(id, environment)); pair != no_node; pair = tree.next(pair)) {
      std::string_view name = tree.text(pair, capitals ? "Name" : "name");
      const ConfigNode& value = tree.node(tree.find(pair, capitals ? "Value" : "value"));
      if (name.empty() || value.kind != NodeKind::Scalar) continue;
      document.facts.add(FactKind::Entry, joined(variables, name), value.span,
                         scalar_value(document.facts, value, document.expansion), {}, document.context(variables));
    }
  }
}

}  // namespace

void derive_helm_values(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    TreePlace place = walk.place();
    if (!is_image_key(tree.own(place.node).key)) {
      if (!tree.is(place.node, NodeKind::Map) || tree.find(place.node, "tag") == no_node) continue;
    } else if (tree.is(place.node, NodeKind::Scalar)) {
      // "image: nginx" beside "tag: 1.2" is a pair as well.
      const ConfigNode& parent = tree.own(tree.own(place.node).parent);
      NodeId tag = parent.kind == NodeKind::Map ? tree.find(tree.own(place.node).parent, "tag") : no_node;
      if (tag == no_node) tag = tree.find(tree.own(place.node).parent, "imageTag");
      add_image_parts(document, place.node, tag, {}, place.path);
      continue;
    }
    NodeId repository = tree.find(place.node, "repository");
    if (repository == no_node) repository = tree.find(place.node, "name");
    if (repository == no_node || !tree.is(place.node, NodeKind::Map)) continue;
    add_image_parts(document, repository, tree.find(place.node, "tag"), tree.text(place.node, "registry"), place.path);
  }
}

void derive_ansible(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    const ConfigNode& node = tree.own(walk.place().node);
    std::string_view key = node.key;
    // A module is a key of a task, which is an element of a list; `user: {shell: /bin/false}` is a parameter.
    if (tree.own(node.parent).key_span.end != 0) continue;
    if (std::find(std::begin(shell_modules), std::end(shell_modules), key) == std::end(shell_modules)) continue;
    add_module(document, walk.place().node);
    walk.skip();
  }
}

void derive_cloudformation(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    TreePlace place = walk.place();
    if (tree.own(place.node).key == "ContainerDefinitions") {
      add_container_list(document, place.node, std::string(place.path), true);
    }
    // {"Ref": "X"} is a reference at the path of its map.
    NodeId inner = tree.first(place.node);
    if (!tree.is(place.node, NodeKind::Map) || inner == no_node || tree.next(inner) != no_node) continue;
    std::string_view key = tree.own(inner).key;
    if (!is_function(key)) continue;
    std::string_view text = tree.text(inner);
    ValueKind kind = key == "Fn::Sub" ? ValueKind::Template : text.empty() ? ValueKind::Unknown : ValueKind::Name;
    Span span = tree.node(inner).span;
    document.facts.add(FactKind::Entry, place.path, span, document.facts.value(kind, text, span), {},
                       document.context(place.scope));
  }
}

void derive_marathon(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId top = document.root.node;
  add_image(document, tree.find_path(top, "container.docker.image"), "container.docker.image");
  add_command(document, tree.find(top, "cmd"), "cmd");
  add_words(document, tree.find(top, "args"), no_node, "args");
}

void derive_ecs_task(const Document& document) {
  add_container_list(document, document.tree.find(document.root.node, "containerDefinitions"), "containerDefinitions",
                     false);
}

}  // namespace tfcheck
