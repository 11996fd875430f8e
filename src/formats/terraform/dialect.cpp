#include <algorithm>
#include <string>

#include "base/text.h"
#include "formats/ecs_task/containers.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"*.tf", "*.tofu", "*.tfvars", "*.tf.json", "*.tofu.json", "*.tfvars.json"};

// Arguments whose `image` is one of a container; of a machine it is a disk.
constexpr std::string_view containers[] = {"container",       "containers",     "init_container",
                                           "init_containers", "container_spec", "sidecars",
                                           "docker_service",  "properties",     "docker_container"};
// What stands beside the image of a container in the arguments of a module.
constexpr std::string_view beside_image[] = {
    "command", "args", "env", "namespace", "replicas", "ports", "container_port", "image_pull_policy"};

bool holds_container(std::string_view path) {
  while (is_digits(path.substr(path.rfind('.') + 1))) path = path.substr(0, path.rfind('.'));
  std::string_view last = path.substr(path.rfind('.') + 1);
  if (path.starts_with("resource.docker_container.") || path.starts_with("resource.docker_service.")) return true;
  return std::find(std::begin(containers), std::end(containers), last) != std::end(containers);
}

// A module's argument that is no disk of a machine.
bool is_of_container(const ConfigTree& tree, const TreePlace& place) {
  NodeId module = tree.own(place.node).parent;
  bool argument = place.scope.starts_with("module.") && place.depth == 3;
  bool slash = tree.text(place.node).find('/') != std::string_view::npos;
  return argument && slash && std::any_of(std::begin(beside_image), std::end(beside_image), [&](std::string_view key) {
           return tree.find(module, key) != no_node;
         });
}

// The default of `variable "image"` and its like, where it has a tag: disks of machines have none.
bool is_default_image(const ConfigTree& tree, const TreePlace& place) {
  constexpr std::string_view variable = "variable.";
  std::string_view text = tree.text(place.node);
  if (!place.scope.starts_with(variable) || place.depth != 3) return false;
  bool named = place.scope == "variable.image" || place.scope.ends_with("_image");
  size_t colon = text.rfind(':');
  bool tagged = colon != std::string_view::npos && colon + 1 < text.size() &&
                text.find("//") == std::string_view::npos && text.find('/', colon) == std::string_view::npos &&
                text.find(' ') == std::string_view::npos;
  return named && tagged && !text.starts_with("arn:");
}

// env { name = "X" value = "y" }, one or a list of them, as an entry of the variable's name.
void add_variables(const Document& document, const TreePlace& place) {
  const ConfigTree& tree = document.tree;
  bool list = tree.is(place.node, NodeKind::List);
  std::string path(place.path);
  for (NodeId pair = list ? tree.first(place.node) : place.node; pair != no_node;
       pair = list ? tree.next(pair) : no_node) {
    add_variable(document, path, tree.text(pair, "name"), tree.find(pair, "value"));
  }
}

// A provider or module and the versions that it may have.
void add_dependency(const Document& document, NodeId entry, std::string_view scope) {
  const ConfigTree& tree = document.tree;
  std::string_view source = tree.text(entry, "source");
  NodeId constraint = tree.is(entry, NodeKind::Scalar) ? entry : tree.find(entry, "version");
  bool local = source.starts_with('.') || source.starts_with('/');
  if (local) return;
  FileFacts& facts = document.facts;
  Value version;
  if (tree.is(constraint, NodeKind::Scalar)) version = scalar_value(facts, tree.node(constraint), document.forms);
  std::vector<Arg> args = {{"ecosystem", facts.string("terraform", {})}};
  if (!source.empty()) args.push_back({"source", facts.string(source, tree.node(tree.find(entry, "source")).span)});
  facts.add(FactKind::Dependency, tree.own(entry).key, tree.own(entry).key_span, version, args,
            document.context(scope));
}

void add_dependencies(const Document& document) {
  const ConfigTree& tree = document.tree;
  constexpr std::string_view providers = "terraform.required_providers";
  NodeId map = tree.find_path(document.root.node, providers);
  for (NodeId id = tree.first(map); id != no_node; id = tree.next(id)) add_dependency(document, id, providers);
  NodeId modules = tree.find(document.root.node, "module");
  for (NodeId id = tree.first(modules); id != no_node; id = tree.next(id)) add_dependency(document, id, "module");
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_dependencies(document);
  for (TreeWalk walk(tree, document.root); walk.next();) {
    TreePlace place = walk.place();
    std::string_view key = tree.own(place.node).key;
    if (key == "container_definitions")
      add_ecs_containers(document, place.node, std::string(place.path), KeyCase::Camel);
    bool image = key == "image_uri" || key == "container_image" ||
                 (key == "default" && is_default_image(tree, place)) ||
                 (key == "image" && (holds_container(place.scope) || is_of_container(tree, place)));
    if (image) add_image(document, place.node, place.path);
    if (key == "env" || key == "environment_variable") add_variables(document, place);
  }
}

}  // namespace

const TreeDialect& terraform_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "terraform",
                 .example = "main.tf",
                 .tells = tells::Release | tells::Environment | tells::Address},
      .paths = paths,
      .derive = derive,
      .role = CommandRole::Start,
  };
  return dialect;
}

}  // namespace tfcheck
