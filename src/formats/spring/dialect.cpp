#include <string>

#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"application.yml", "application.yaml", "application-*.yml", "application-*.yaml",
                                      "bootstrap.yml",   "bootstrap.yaml",   "bootstrap-*.yml"};

bool recognises(const ParsedFile& file) {
  const ConfigTree& tree = file.tree;
  return tree.is(tree.find(file.top, "spring"), NodeKind::Map) || tree.find_path(file.top, "server.port") != no_node ||
         tree.find_path(file.top, "spring.application.name") != no_node;
}

bool development_profile(std::string_view profiles) {
  if (profiles.empty()) return false;
  for (std::string_view part : split(profiles, ',')) {
    std::string name = lower(trim(part));
    if (name != "dev" && name != "local" && name != "test" && name != "development" && name != "testing") return false;
  }
  return true;
}

uint32_t flags_of(std::string_view path, const ConfigTree& tree, NodeId document) {
  std::string_view stem = before_first(base_name(path), '.');
  bool dev = stem.find('-') != std::string_view::npos && development_profile(stem.substr(stem.find('-') + 1));
  for (std::string_view key : {"spring.config.activate.on-profile", "spring.profiles"}) {
    NodeId found = tree.find_path(document, key);
    if (tree.is(found, NodeKind::List)) found = tree.first(found);
    dev = dev || development_profile(tree.text(found));
  }
  return dev ? static_cast<uint32_t>(context::Development) : 0u;
}

std::vector<EntryRoot> roots(const ParsedFile& file) {
  std::vector<EntryRoot> all = document_roots(file);
  for (EntryRoot& root : all) root.flags = flags_of(file.path, file.tree, root.node);
  return all;
}

}  // namespace

const TreeDialect& spring_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "spring", .example = "application.yml"},
      .paths = paths,
      .recognises = recognises,
      .certainty = 3,
      .roots = roots,
  };
  return dialect;
}

}  // namespace tfcheck
