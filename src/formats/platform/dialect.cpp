#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

// Files by which a platform starts an app. `app.yaml` of App Engine is told by what it says.
constexpr std::string_view paths[] = {"render.yaml",   "render.yml", "railway.json",    "railway.toml",
                                      "nixpacks.toml", "fly.toml",   "**/.do/app.yaml", "**/.do/deploy.template.yaml"};

// Where a map says what runs when.
struct Key {
  std::string_view path;
  CommandRole role;
};

// Of a service of Render or DigitalOcean.
constexpr Key service_keys[] = {{"startCommand", CommandRole::Start},        {"dockerCommand", CommandRole::Start},
                                {"run_command", CommandRole::Start},         {"preDeployCommand", CommandRole::Release},
                                {"initialDeployHook", CommandRole::Release}, {"buildCommand", CommandRole::Build},
                                {"build_command", CommandRole::Build}};

// Of the file as a whole.
constexpr Key top_keys[] = {
    {"deploy.startCommand", CommandRole::Start}, {"deploy.preDeployCommand", CommandRole::Release},
    {"build.buildCommand", CommandRole::Build},  {"deploy.release_command", CommandRole::Release},
    {"start.cmd", CommandRole::Start},           {"entrypoint", CommandRole::Start}};

constexpr std::string_view service_lists[] = {"services", "workers", "jobs"};

bool recognises(const ParsedFile& file) {
  bool runs = file.tree.find(file.top, "entrypoint") != no_node || file.tree.find(file.top, "handlers") != no_node;
  return file.path.ends_with("app.yaml") && runs && file.tree.find(file.top, "runtime") != no_node;
}

// What `keys` of a map say. A cron job's start is no process of its own.
void commands_of(const Document& document, NodeId map, std::string_view path, std::span<const Key> keys, bool job) {
  const ConfigTree& tree = document.tree;
  for (const Key& key : keys) {
    NodeId text = tree.find_path(map, key.path);
    if (text == no_node) continue;
    CommandRole role = job && key.role == CommandRole::Start ? CommandRole::Cron : key.role;
    add_script(document.as(role), text, joined(path, key.path));
  }
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId top = document.root.node;
  commands_of(document, top, "", top_keys, false);
  for (std::string_view list : service_lists) {
    for (NodeId id = tree.first(tree.find(top, list)); id != no_node; id = tree.next(id)) {
      std::string_view name = tree.text(id, "name"), type = tree.text(id, "type");
      bool job = type == "cron" || list == "jobs";
      commands_of(document, id, joined(list, name), service_keys, job);
    }
  }
  NodeId processes = tree.find(top, "processes");
  for (NodeId id = tree.first(processes); id != no_node; id = tree.next(id))
    add_script(document.as(CommandRole::Start), id, joined("processes", tree.own(id).key));
}

}  // namespace

const TreeDialect& platform_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "platform",
                 .example = "render.yaml",
                 .tells = tells::Deploy | tells::Environment | tells::Address},
      .paths = paths,
      .recognises = recognises,
      .certainty = 2,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
