// The continuous-integration services: GitHub Actions, GitLab CI, Travis, CircleCI.
#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

// `image: x` or `image: {name: x}`.
void add_image_or_name(const Document& document, NodeId image, std::string_view scope, std::string_view key) {
  NodeId scalar = document.tree.is(image, NodeKind::Map) ? document.tree.find(image, key) : image;
  add_image(document, scalar, scope);
}

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

void add_services(const Document& document, NodeId services, const std::string& path, std::string_view key) {
  const ConfigTree& tree = document.tree;
  uint32_t number = 0;
  bool list = tree.is(services, NodeKind::List);
  for (NodeId id = tree.first(services); id != no_node; id = tree.next(id)) {
    std::string scope = joined(path, list ? std::to_string(number++) : std::string(tree.own(id).key));
    bool map = tree.is(id, NodeKind::Map);
    add_image_or_name(document, id, map ? joined(scope, key) : scope, key);
  }
}

constexpr std::string_view gitlab_scripts[] = {"before_script", "script", "after_script"};
constexpr std::string_view travis_scripts[] = {"before_install", "install",       "before_script",
                                               "script",         "after_success", "after_failure",
                                               "after_script",   "before_deploy", "after_deploy"};

template <size_t n>
void add_scripts(const Document& document, NodeId job, std::string_view path, const std::string_view (&keys)[n]) {
  for (std::string_view key : keys) add_script(document, document.tree.find(job, key), joined(path, key));
}

void add_gitlab_job(const Document& document, NodeId job, const std::string& path) {
  const ConfigTree& tree = document.tree;
  NodeId image = tree.find(job, "image");
  add_image_or_name(document, image, joined(path, "image"), "name");
  add_services(document, tree.find(job, "services"), joined(path, "services"), "name");
  add_scripts(document, job, path, gitlab_scripts);
}

void add_circle_docker(const Document& document, NodeId docker, const std::string& path) {
  add_services(document, docker, path, "image");
}

}  // namespace

void derive_github_actions(const Document& document) {
  const ConfigTree& tree = document.tree;
  NodeId jobs = tree.find(document.root.node, "jobs");
  for (NodeId id = tree.first(jobs); id != no_node; id = tree.next(id)) {
    std::string path = joined("jobs", tree.own(id).key);
    NodeId container = tree.find(id, "container");
    bool map = tree.is(container, NodeKind::Map);
    add_image_or_name(document, container, joined(path, map ? "container.image" : "container"), "image");
    add_services(document, tree.find(id, "services"), joined(path, "services"), "image");
    add_steps(document, tree.find(id, "steps"), joined(path, "steps"), default_shell(tree, document.root.node, id));
  }
  NodeId runs = tree.find(document.root.node, "runs");
  add_steps(document, tree.find(runs, "steps"), "runs.steps", "");
  add_docker_action(document, tree.find(runs, "image"), "runs.image");
}

void derive_gitlab_ci(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_gitlab_job(document, document.root.node, "");
  for (NodeId id = tree.first(document.root.node); id != no_node; id = tree.next(id)) {
    std::string_view key = tree.own(id).key;
    if (!tree.is(id, NodeKind::Map) || key == "variables" || key == "image") continue;
    add_gitlab_job(document, id, std::string(key));
  }
}

void derive_travis(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_scripts(document, document.root.node, "", travis_scripts);
  NodeId env = tree.find(document.root.node, "env");
  add_assignments(document, env, "env");
  add_assignments(document, tree.find(env, "global"), "env.global");
  for (std::string_view matrix : {"jobs", "matrix"}) {
    NodeId include = tree.find(tree.find(document.root.node, matrix), "include");
    uint32_t number = 0;
    for (NodeId id = tree.first(include); id != no_node; id = tree.next(id)) {
      add_scripts(document, id, joined(joined(matrix, "include"), std::to_string(number++)), travis_scripts);
    }
  }
}

void derive_circleci(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (std::string_view group : {"jobs", "executors", "commands"}) {
    NodeId jobs = tree.find(document.root.node, group);
    for (NodeId id = tree.first(jobs); id != no_node; id = tree.next(id)) {
      std::string path = joined(group, tree.own(id).key);
      add_circle_docker(document, tree.find(id, "docker"), joined(path, "docker"));
      uint32_t number = 0;
      for (NodeId step = tree.first(tree.find(id, "steps")); step != no_node; step = tree.next(step)) {
        std::string scope = joined(joined(path, "steps"), std::to_string(number++));
        NodeId run = tree.find(step, "run");
        bool map = tree.is(run, NodeKind::Map);
        add_script(document, map ? tree.find(run, "command") : run, joined(scope, map ? "run.command" : "run"));
      }
    }
  }
}

}  // namespace tfcheck
