#include <algorithm>
#include <span>

#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view shell_modules[] = {"shell",
                                              "command",
                                              "raw",
                                              "script",
                                              "ansible.builtin.shell",
                                              "ansible.builtin.command",
                                              "ansible.builtin.raw",
                                              "ansible.builtin.script"};

// Modules that run a container, by the last part of their name.
constexpr std::string_view container_modules[] = {"docker_container", "docker_swarm_service", "podman_container"};

// … and those that make an image of a folder.
constexpr std::string_view image_modules[] = {"docker_image", "docker_image_build", "podman_image"};

bool is_one_of(std::string_view key, std::span<const std::string_view> modules) {
  return std::find(modules.begin(), modules.end(), key) != modules.end();
}

// An image that a task makes of a folder, no_node when it only pulls one.
NodeId built_image(const ConfigTree& tree, NodeId module) {
  bool builds = tree.find(module, "path") != no_node || tree.find(module, "build") != no_node;
  return builds ? tree.find(module, "name") : no_node;
}

std::string_view module_name(std::string_view key) {
  return key.substr(key.rfind('.') + 1);  // without its collection
}

// What containers run that may be any image which the file builds under a name of its variables is not told.
bool builds_unnamed(const Document& document) {
  const ConfigTree& tree = document.tree;
  for (TreeWalk walk(tree, document.root); walk.next();) {
    NodeId module = walk.place().node;
    if (!is_one_of(module_name(tree.own(module).key), image_modules)) continue;
    NodeId name = built_image(tree, module);
    if (name != no_node && tree.own(name).text.find("{{") != std::string_view::npos) return true;
  }
  return false;
}

void add_module(const Document& document, NodeId module) {
  const ConfigTree& tree = document.tree;
  if (!tree.is(module, NodeKind::Map)) return add_command(document, module, "tasks");
  for (std::string_view key : {"cmd", "_raw_params", "argv"}) add_command(document, tree.find(module, key), "tasks");
}

// Modules and what a task says beside one.
constexpr std::string_view task_keys[] = {
    "become",           "become_user",  "with_items", "register",   "changed_when", "delegate_to",    "set_fact",
    "include_tasks",    "apt",          "yum",        "dnf",        "lineinfile",   "get_url",        "docker_image",
    "docker_container", "import_tasks", "systemd",    "mysql_user", "mysql_db",     "postgresql_user"};

// A list of tasks, wherever it lies: each is named, and one of the first says what it does.
bool is_task_list(const ConfigTree& tree, NodeId list) {
  constexpr int looked_at = 3;
  int seen = 0;
  for (NodeId task = tree.first(list); task != no_node && seen < looked_at; task = tree.next(task), ++seen) {
    if (!tree.is(task, NodeKind::Map) || tree.find(task, "name") == no_node) return false;
    for (NodeId key = tree.first(task); key != no_node; key = tree.next(key)) {
      std::string_view word = tree.own(key).key;
      bool module = word.starts_with("ansible.") || word.starts_with("community.") || is_one_of(word, task_keys);
      if (module) return true;
    }
  }
  return false;
}

// Variables of hosts, groups and roles, which name nothing of Ansible.
constexpr std::string_view variable_files[] = {
    "**/group_vars/**",      "**/host_vars/**",         "**/roles/*/vars/**", "**/roles/*/defaults/**",
    "**/defaults/main.y*ml", "**/defaults/main/*.y*ml", "**/vars/main.y*ml"};

bool recognises(const ParsedFile& file) {
  const ConfigTree& tree = file.tree;
  if (tree.is(file.top, NodeKind::Map))
    return std::any_of(std::begin(variable_files), std::end(variable_files),
                       [&](std::string_view place) { return path_match(place, file.path); });
  if (!tree.is(file.top, NodeKind::List)) return false;
  NodeId first = tree.first(file.top);
  if (!tree.is(first, NodeKind::Map)) return false;
  if (tree.find(first, "hosts") != no_node || tree.find(first, "import_playbook") != no_node) return true;
  bool placed = path_match("**/tasks/**", file.path) || path_match("**/handlers/**", file.path);
  return (placed && tree.find(first, "on") == no_node) || is_task_list(tree, file.top);
}

// "{{ prefix }}acme/shop:{{ shop_version }}": the image, and the variable of the same file that is its tag.
void add_variable_image(const Document& document, NodeId entry) {
  const ConfigTree& tree = document.tree;
  const ConfigNode& node = tree.own(entry);
  std::string_view text = tree.text(entry);
  if (text.starts_with("{{")) text.remove_prefix(std::min(text.find("}}"), text.size() - 2) + 2);
  size_t colon = text.find(':');
  std::string_view name = text.substr(0, colon), tag = colon == text.npos ? std::string_view{} : text.substr(colon + 1);
  bool plain = !name.empty() && name.find_first_of(" {}") == text.npos && name.find('/') != text.npos;
  if (!plain || tag.empty()) return;
  Span place = node.span;
  constexpr int most_hops = 3;
  for (int hop = 0; hop < most_hops && tag.starts_with("{{") && tag.ends_with("}}"); ++hop) {
    NodeId version = tree.find(document.root.node, trim(tag.substr(2, tag.size() - 4)));
    if (!tree.is(version, NodeKind::Scalar)) return;
    tag = tree.text(version), place = tree.node(version).span;
  }
  if (tag.empty() || tag.find_first_of(" {}") != text.npos) return;
  document.facts.add(FactKind::Image, name, place, document.facts.string(tag, place), {}, document.context(node.key));
}

// Variables that name an image.
void add_variable_images(const Document& document) {
  const ConfigTree& tree = document.tree;
  if (!tree.is(document.root.node, NodeKind::Map)) return;
  for (NodeId entry = tree.first(document.root.node); entry != no_node; entry = tree.next(entry)) {
    bool image = tree.own(entry).key.ends_with("_image") && tree.is(entry, NodeKind::Scalar);
    if (image) add_variable_image(document, entry);
  }
}

void derive(const Document& document) {
  const ConfigTree& tree = document.tree;
  add_variable_images(document);
  bool unnamed = builds_unnamed(document);
  for (TreeWalk walk(tree, document.root); walk.next();) {
    const ConfigNode& node = tree.own(walk.place().node);
    std::string_view key = node.key;
    // A module is a key of a task, which is an element of a list; `user: {shell: /bin/false}` is a parameter.
    if (tree.own(node.parent).key_span.end != 0) continue;
    NodeId module = walk.place().node;
    if (is_one_of(module_name(key), container_modules) && !unnamed)
      add_image(document, tree.find(module, "image"), "tasks");
    if (is_one_of(module_name(key), image_modules)) add_image(document, built_image(tree, module), "tasks", true);
    if (!is_one_of(key, shell_modules)) continue;
    add_module(document, module);
    walk.skip();
  }
}

}  // namespace

const TreeDialect& ansible_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "ansible",
                 .example = "playbook.yml",
                 .tells = tells::Release | tells::Environment | tells::Address},
      .recognises = recognises,
      .certainty = 6,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
