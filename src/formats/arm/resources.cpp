#include "formats/arm/resources.h"

#include <string>
#include <string_view>

#include "base/words.h"

namespace tfcheck {

namespace {

// Lists of { name, value }.
constexpr Words variables = {"appSettings", "env", "environmentVariables"};
constexpr Words containers = {"containers", "initContainers"};
constexpr Words site_images = {"linuxFxVersion", "windowsFxVersion"};

// containers.0, and containers.0.properties of a container group.
bool is_of_container(std::string_view scope) {
  for (int parts = 0; parts < 3; ++parts) {
    if (containers.contains(last_word(scope))) return true;
    size_t dot = scope.rfind('.');
    if (dot == std::string_view::npos) return false;
    scope = scope.substr(0, dot);
  }
  return false;
}

void add_variables(const Document& document, const TreePlace& place) {
  const ConfigTree& tree = document.tree;
  std::string path(place.path);
  for (NodeId pair = tree.first(place.node); pair != no_node; pair = tree.next(pair))
    add_variable(document, path, tree.text(pair, "name"), tree.find(pair, "value"));
}

// "DOCKER|acme/web:1" of a site.
void add_site_image(const Document& document, const TreePlace& place) {
  constexpr std::string_view mark = "DOCKER|";
  ConfigNode node = document.tree.node(place.node);
  bool known = node.text.starts_with(mark) && node.text.find("${") == std::string_view::npos && !node.is_reference();
  if (known) add_image_text(document, node.text.substr(mark.size()), node.span, place.path);
}

}  // namespace

void add_azure_resources(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    TreePlace place = walk.place();
    std::string_view key = tree.own(place.node).key;
    if (variables.contains(key) && tree.is(place.node, NodeKind::List)) add_variables(document, place);
    if (site_images.contains(key)) add_site_image(document, place);
    if (key == "image" && is_of_container(place.scope)) add_image(document, place.node, place.path);
  }
}

}  // namespace tfcheck
