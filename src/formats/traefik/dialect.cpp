#include <algorithm>
#include <array>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"traefik*.toml", "traefik.yml", "traefik.yaml", "**/traefik/*.toml",
                                      "**/traefik/dynamic/*.toml"};
constexpr std::array<std::string_view, 4> parts = {"routers", "services", "middlewares", "serversTransports"};

// The static file names entry points and where the others come from; a dynamic one has routers, services, middlewares.
bool recognises(const ParsedFile& file) {
  const ConfigTree& tree = file.tree;
  if (tree.find(file.top, "entryPoints") != no_node && tree.find(file.top, "providers") != no_node) return true;
  for (std::string_view protocol : {"http", "tcp", "udp"}) {
    NodeId dynamic = tree.find(file.top, protocol);
    if (!tree.is(dynamic, NodeKind::Map) || tree.first(dynamic) == no_node) continue;
    for (NodeId id = tree.first(dynamic); id != no_node; id = tree.next(id)) {
      if (std::find(parts.begin(), parts.end(), tree.own(id).key) == parts.end()) return false;
    }
    return true;
  }
  return false;
}

}  // namespace

const TreeDialect& traefik_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "traefik", .example = "traefik.yml", .tells = tells::Address},
      .paths = paths,
      .recognises = recognises,
      .certainty = 3,
  };
  return dialect;
}

}  // namespace tfcheck
