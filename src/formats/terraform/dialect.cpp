#include <algorithm>
#include <string>

#include "base/text.h"
#include "formats/ecs_task/containers.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"*.tf", "*.tofu", "*.tfvars", "*.tf.json", "*.tofu.json", "*.tfvars.json"};

// Arguments whose `image` is one of a container; of a machine it is a disk.
constexpr std::string_view containers[] = {"container",      "containers", "init_container",  "container_spec",
                                           "docker_service", "properties", "docker_container"};

bool holds_container(std::string_view path) {
  while (is_digits(path.substr(path.rfind('.') + 1))) path = path.substr(0, path.rfind('.'));
  std::string_view last = path.substr(path.rfind('.') + 1);
  if (path.starts_with("resource.docker_container.") || path.starts_with("resource.docker_service.")) return true;
  return std::find(std::begin(containers), std::end(containers), last) != std::end(containers);
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
    bool image = key == "image_uri" || (key == "image" && holds_container(place.scope));
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
