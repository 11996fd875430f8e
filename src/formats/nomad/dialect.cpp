#include <string>

#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"*.nomad", "*.nomad.hcl"};

// A job has groups of tasks, or tasks of its own.
bool recognises(const ParsedFile& file) {
  NodeId job = file.tree.first(file.tree.find(file.top, "job"));
  auto has = [&](std::string_view block) { return file.tree.is(file.tree.find(job, block), NodeKind::Map); };
  return has("group") || has("task");
}

// What the tasks of a job are started for: `type = "batch"` runs to its end, `periodic` begins it by the clock.
CommandRole role_of(const ConfigTree& tree, NodeId job) {
  if (tree.find(job, "periodic") != no_node) return CommandRole::Cron;
  std::string_view type = tree.text(job, "type");
  return type == "batch" || type == "sysbatch" ? CommandRole::Release : CommandRole::Start;
}

// The container of a task, or the program that a driver starts; what runs before the others ends before them.
void add_task(const Document& job, NodeId task, const std::string& path) {
  const ConfigTree& tree = job.tree;
  NodeId lifecycle = tree.find(task, "lifecycle"), config = tree.find(task, "config");
  bool before = lifecycle != no_node && tree.text(lifecycle, "sidecar") != "true";
  Document document = before ? job.as(CommandRole::Release) : job;
  add_image(document, tree.find(config, "image"), joined(path, "image"));
  NodeId first = tree.find(config, "entrypoint");
  if (first == no_node) first = tree.find(config, "command");
  add_words(document, first, tree.find(config, "args"), joined(path, "command"));
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    TreePlace place = walk.place();
    // The labels of `job "shop"` and `task "web"` are keys below them.
    NodeId parent = tree.own(place.node).parent;
    if (tree.own(parent).key != "task" || !tree.is(place.node, NodeKind::Map)) continue;
    std::string_view job = before_first(place.path.substr(place.path.find('.') + 1), '.');
    CommandRole role = role_of(tree, tree.find(tree.find(document.root.node, "job"), job));
    add_task(document.as(role), place.node, joined(place.path, "config"));
  }
}

}  // namespace

const TreeDialect& nomad_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "nomad",
                 .example = "shop.nomad",
                 .tells = tells::Deploy | tells::Release | tells::Environment | tells::Address | tells::OthersStart},
      .paths = paths,
      .recognises = recognises,
      .certainty = 6,
      .derive = derive,
      .role = CommandRole::Start,
  };
  return dialect;
}

}  // namespace tfcheck
