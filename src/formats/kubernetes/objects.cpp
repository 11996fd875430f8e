#include "formats/kubernetes/objects.h"

#include "base/text.h"
#include "formats/helm_values/value_images.h"

namespace tfcheck {

namespace {

// `- name: A, value: b` as an entry ".env.A", like the maps of other formats.
void add_env(const Document& document, NodeId list, const std::string& path) {
  const ConfigTree& tree = document.tree;
  for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) {
    std::string_view name = tree.text(id, "name");
    if (name.empty()) continue;
    NodeId value = tree.find(id, "value");
    const ConfigNode& node = tree.node(value);
    Span span = node.kind == NodeKind::Scalar ? node.span : tree.node(tree.find(id, "name")).span;
    Value made = tree.find(id, "valueFrom") != no_node ? document.facts.value(ValueKind::Env, name, span)
                                                       : scalar_value(document.facts, node, document.forms);
    made.span = span;
    document.facts.add(FactKind::Entry, joined(path, name), span, made, {}, document.context(path));
  }
}

void add_exec_of(const Document& document, NodeId action, const std::string& path) {
  NodeId command = document.tree.find(document.tree.find(action, "exec"), "command");
  if (command != no_node) add_command(document, command, joined(path, "exec.command"));
}

void add_container(const Document& document, NodeId container, const std::string& path) {
  const ConfigTree& tree = document.tree;
  add_image(document, tree.find(container, "image"), path);
  NodeId command = tree.find(container, "command");
  NodeId args = tree.find(container, "args");
  if (command != no_node || args != no_node) {
    add_words(document, command, args, joined(path, command != no_node ? "command" : "args"));
  }
  add_env(document, tree.find(container, "env"), joined(path, "env"));
  Document health = document.as(CommandRole::Health);
  for (std::string_view probe : {"livenessProbe", "readinessProbe", "startupProbe"}) {
    add_exec_of(health, tree.find(container, probe), joined(path, probe));
  }
  for (std::string_view hook : {"postStart", "preStop"}) {
    add_exec_of(health, tree.find(tree.find(container, "lifecycle"), hook), joined(joined(path, "lifecycle"), hook));
  }
}

bool holds_containers(std::string_view key) {
  return key == "containers" || key == "initContainers" || key == "ephemeralContainers" || key == "container";
}

// A step of a workflow engine that runs a text in an image.
bool holds_script(std::string_view kind, std::string_view key) {
  return key == "script" && (kind.ends_with("Workflow") || kind.ends_with("WorkflowTemplate"));
}

// Values that an object installs a chart with; what a list of containers has there is read as theirs.
bool is_chart_value(const ConfigTree& tree, const TreePlace& place) {
  bool given =
      place.path.starts_with("HelmRelease.spec.values.") ||
      (place.path.starts_with("Application") && place.path.find(".helm.valuesObject.") != std::string_view::npos);
  if (!given) return false;
  NodeId list = tree.own(tree.own(place.node).parent).parent;
  return !tree.is(list, NodeKind::List) || !holds_containers(tree.own(list).key);
}

// What the containers under a key of an object are started for.
CommandRole role_of(std::string_view kind, std::string_view key) {
  if (key == "initContainers" || key == "script" || kind == "Job") return CommandRole::Release;
  return kind == "CronJob" ? CommandRole::Cron : CommandRole::Start;
}

// A bare Pod that nothing starts again.
bool ends_by_itself(const ConfigTree& tree, const EntryRoot& root) {
  std::string_view policy = tree.text(tree.find(root.node, "spec"), "restartPolicy");
  return root.prefix == "Pod" && (policy == "Never" || policy == "OnFailure");
}

// The objects of a document: itself, or the items of a List, or the objects of an OpenShift template.
void add_object_roots(const ConfigTree& tree, NodeId document, std::vector<EntryRoot>& roots) {
  auto index = [&] { return static_cast<uint32_t>(roots.size()); };
  std::string_view kind = tree.text(document, "kind");
  std::string_view holder = kind == "Template" ? "objects" : kind.ends_with("List") ? "items" : "";
  NodeId items = holder.empty() ? no_node : tree.find(document, holder);
  if (!tree.is(items, NodeKind::List)) holder = "";
  roots.push_back({document, kind, index(), 0, holder});
  if (holder.empty()) return;
  for (NodeId id = tree.first(items); id != no_node; id = tree.next(id))
    roots.push_back({id, tree.text(id, "kind"), index(), 0, {}});
}

}  // namespace

namespace {

// A patch of an object, which Kustomize lets go without its version.
bool is_patch(const ConfigTree& tree, NodeId top, std::string_view kind) {
  bool named =
      kind.size() > 2 && kind[0] >= 'A' && kind[0] <= 'Z' && !tree.text(tree.find(top, "metadata"), "name").empty();
  if (!named) return false;
  for (std::string_view part : {"spec", "data", "stringData"}) {
    if (tree.is(tree.find(top, part), NodeKind::Map)) return true;
  }
  return false;
}

}  // namespace

bool is_object(const ParsedFile& file) {
  std::string_view kind = file.tree.text(file.top, "kind");
  return file.tree.find(file.top, "kind") != no_node &&
         (file.tree.find(file.top, "apiVersion") != no_node || is_patch(file.tree, file.top, kind));
}

std::vector<EntryRoot> object_roots(const ParsedFile& file) {
  std::vector<EntryRoot> roots;
  for (NodeId id : file.tree.documents()) add_object_roots(file.tree, id, roots);
  return roots;
}

void derive_object(const Document& whole) {
  const ConfigTree& tree = whole.tree;
  for (TreeWalk walk(tree, whole.root); walk.next();) {
    TreePlace place = walk.place();
    std::string_view key = tree.own(place.node).key;
    if (is_chart_value(tree, place)) add_value_image(whole, place);
    if (!holds_containers(key) && !holds_script(whole.root.prefix, key)) continue;
    CommandRole role = role_of(whole.root.prefix, key);
    if (role == CommandRole::Start && ends_by_itself(tree, whole.root)) role = CommandRole::Release;
    Document document = whole.as(role);
    std::string path(place.path);
    if (tree.is(place.node, NodeKind::Map)) {  // the `container:` of workflow engines
      if (tree.find(place.node, "image") != no_node) add_container(document, place.node, path);
      continue;
    }
    uint32_t number = 0;
    for (NodeId id = tree.first(place.node); id != no_node; id = tree.next(id)) {
      add_container(document, id, joined(path, std::to_string(number++)));
    }
  }
}

}  // namespace tfcheck
