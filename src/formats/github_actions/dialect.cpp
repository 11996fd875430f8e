#include <string>

#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"**/.github/workflows/*.yml", "**/.github/workflows/*.yaml", "action.yml",
                                      "action.yaml"};

void add_docker_action(const Document& document, NodeId uses, std::string_view scope) {
  ConfigNode node = document.tree.node(uses);
  constexpr std::string_view scheme = "docker://";
  if (node.kind != NodeKind::Scalar || !node.text.starts_with(scheme) || node.text.size() > longest_image) return;
  std::string_view text = node.text.substr(scheme.size());
  size_t colon = text.rfind(':');
  bool tagged = colon != std::string_view::npos && text.find('/', colon) == std::string_view::npos;
  Value tag;
  if (tagged) tag = document.facts.string(text.substr(colon + 1), node.span);
  document.facts.add(FactKind::Image, text.substr(0, tagged ? colon : text.size()), node.span, tag, {},
                     document.context(scope));
}

bool is_unix_shell(std::string_view shell) {
  std::string_view program = before_first(shell, ' ');
  return shell.empty() || program == "bash" || program == "sh" || program.starts_with("${{");
}

// The shell of a job's steps that name none; on Windows it is PowerShell.
std::string_view default_shell(const ConfigTree& tree, NodeId workflow, NodeId job) {
  for (NodeId level : {job, workflow}) {
    std::string_view shell = tree.text(tree.find_path(level, "defaults.run"), "shell");
    if (!shell.empty()) return shell;
  }
  return tree.text(job, "runs-on").starts_with("windows") ? "pwsh" : "";
}

void add_steps(const Document& document, NodeId steps, const std::string& path, std::string_view job_shell) {
  const ConfigTree& tree = document.tree;
  uint32_t number = 0;
  for (NodeId id = tree.first(steps); id != no_node; id = tree.next(id)) {
    std::string step = joined(path, std::to_string(number++));
    add_docker_action(document, tree.find(id, "uses"), joined(step, "uses"));
    NodeId run = tree.find(id, "run");
    std::string_view shell = tree.text(id, "shell");
    if (run != no_node && is_unix_shell(shell.empty() ? job_shell : shell))
      add_script(document, run, joined(step, "run"));
  }
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId jobs = tree.find(document.root.node, "jobs");
  for (NodeId id = tree.first(jobs); id != no_node; id = tree.next(id)) {
    std::string path = joined("jobs", tree.own(id).key);
    NodeId container = tree.find(id, "container");
    bool map = tree.is(container, NodeKind::Map);
    add_image_or_name(document, container, joined(path, map ? "container.image" : "container"), "image");
    add_service_images(document, tree.find(id, "services"), joined(path, "services"), "image");
    add_steps(document, tree.find(id, "steps"), joined(path, "steps"), default_shell(tree, document.root.node, id));
  }
  NodeId runs = tree.find(document.root.node, "runs");
  add_steps(document, tree.find(runs, "steps"), "runs.steps", "");
  add_docker_action(document, tree.find(runs, "image"), "runs.image");
}

}  // namespace

const TreeDialect& github_actions_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "github-actions",
                 .example = ".github/workflows/ci.yml",
                 .tells = tells::Environment | tells::Address | tells::Ci},
      .paths = paths,
      .derive = derive,
      .role = CommandRole::Ci,
  };
  return dialect;
}

}  // namespace tfcheck
