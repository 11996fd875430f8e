#include <string>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {".ebextensions/*.config", "**/.ebextensions/*.config"};
constexpr std::string_view settings = "option_settings";

// - namespace: aws:elasticbeanstalk:application:environment
//   option_name: X
//   value: y
// is the same as `aws:elasticbeanstalk:application:environment: {X: y}`.
void add_options(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId list = tree.find(document.root.node, settings);
  if (!tree.is(list, NodeKind::List)) return;
  for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) {
    std::string_view space = tree.text(id, "namespace");
    std::string path = joined(settings, space.empty() ? "aws:elasticbeanstalk:application:environment" : space);
    add_variable(document, path, tree.text(id, "option_name"), tree.find(id, "value"));
  }
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_options(document);
  for (std::string_view group : {"commands", "container_commands"}) {
    NodeId commands = tree.find(document.root.node, group);
    uint32_t index = 0;
    for (NodeId id = tree.first(commands); id != no_node; id = tree.next(id))
      index = add_script(document, tree.find(id, "command"), joined(joined(group, tree.own(id).key), "command"), index);
  }
}

}  // namespace

const TreeDialect& beanstalk_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "beanstalk",
                 .example = ".ebextensions/app.config",
                 .tells = tells::Deploy | tells::Environment | tells::Address},
      .paths = paths,
      .derive = derive,
      .role = CommandRole::Build,
  };
  return dialect;
}

}  // namespace tfcheck
