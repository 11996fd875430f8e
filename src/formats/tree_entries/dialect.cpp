#include "formats/tree_entries/dialect.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

// By their numbers in Dialect. Of a plain file the format is its reader's, so that there are two rows behind the
// dialects.
constexpr FormatName names[] = {{"", ""},
                                {"lock", "package-lock.json"},
                                {"openapi", "openapi.yaml"},
                                {"compose", "docker-compose.yml"},
                                {"kubernetes", "deployment.yaml"},
                                {"helm", "chart/templates/deployment.yaml"},
                                {"helm-values", "chart/values.yaml"},
                                {"github-actions", ".github/workflows/ci.yml"},
                                {"gitlab-ci", ".gitlab-ci.yml"},
                                {"travis", ".travis.yml"},
                                {"circleci", ".circleci/config.yml"},
                                {"spring", "application.yml"},
                                {"rails", "config/database.yml"},
                                {"ansible", "playbook.yml"},
                                {"cloudformation", "template.yaml"},
                                {"serverless", "serverless.yml"},
                                {"npm-package", "package.json", "package.json"},
                                {"composer", "composer.json"},
                                {"app-json", "app.json"},
                                {"appsettings", "appsettings.json"},
                                {"tsconfig", "tsconfig.json"},
                                {"arm", "azuredeploy.json"},
                                {"marathon", "marathon.json"},
                                {"ecs-task", "task-definition.json"},
                                {"yaml", "config.yml"},
                                {"json", "config.json"}};

struct ByPath {
  std::string_view pattern;
  Dialect dialect;
};

// The first that matches; a path alone decides.
constexpr ByPath by_path[] = {{".github/workflows/*.yml", Dialect::GitHubActions},
                              {".github/workflows/*.yaml", Dialect::GitHubActions},
                              {"action.yml", Dialect::GitHubActions},
                              {"action.yaml", Dialect::GitHubActions},
                              {".gitlab-ci.yml", Dialect::GitLabCi},
                              {"*.gitlab-ci.yml", Dialect::GitLabCi},
                              {".travis.yml", Dialect::Travis},
                              {"serverless.yml", Dialect::Serverless},
                              {"serverless.yaml", Dialect::Serverless},
                              {"package.json", Dialect::NpmPackage},
                              {"composer.json", Dialect::Composer},
                              {"app.json", Dialect::AppJson},
                              {"appsettings*.json", Dialect::AppSettings},
                              {"tsconfig*.json", Dialect::TsConfig},
                              {"jsconfig*.json", Dialect::TsConfig},
                              {"application.yml", Dialect::Spring},
                              {"application.yaml", Dialect::Spring},
                              {"application-*.yml", Dialect::Spring},
                              {"application-*.yaml", Dialect::Spring},
                              {"bootstrap.yml", Dialect::Spring},
                              {"bootstrap.yaml", Dialect::Spring},
                              {"bootstrap-*.yml", Dialect::Spring}};

constexpr std::string_view compose_names[] = {"docker-compose*.yml",  "docker-compose*.yaml", "compose*.yml",
                                              "compose*.yaml",        "*-stack.yml",          "*-stack.yaml",
                                              "*docker-compose*.yml*"};

// A service of compose: a map that says what it is made of.
bool is_service(const ConfigTree& tree, NodeId id) {
  return tree.find(id, "image") != no_node || tree.find(id, "build") != no_node || tree.find(id, "extends") != no_node;
}

bool any_service(const ConfigTree& tree, NodeId services) {
  if (!tree.is(services, NodeKind::Map)) return false;
  for (NodeId id = tree.first(services); id != no_node; id = tree.next(id)) {
    if (is_service(tree, id)) return true;
  }
  return false;
}

bool is_compose(std::string_view path, const ConfigTree& tree, NodeId top) {
  NodeId services = tree.find(top, "services");
  std::string_view base = base_name(path);
  bool named = std::any_of(std::begin(compose_names), std::end(compose_names),
                           [&](std::string_view pattern) { return glob_match(pattern, base, '/'); });
  if (services != no_node) return any_service(tree, services) || (named && tree.is(services, NodeKind::Map));
  return named && any_service(tree, top);  // version 1 has the services at the top
}

bool is_object(const ConfigTree& tree, NodeId top) {
  return tree.find(top, "apiVersion") != no_node && tree.find(top, "kind") != no_node;
}

bool is_ansible(std::string_view path, const ConfigTree& tree, NodeId top) {
  if (!tree.is(top, NodeKind::List)) return false;
  NodeId first = tree.first(top);
  if (!tree.is(first, NodeKind::Map)) return false;
  if (tree.find(first, "hosts") != no_node || tree.find(first, "import_playbook") != no_node) return true;
  bool placed = ("/" + std::string(path)).find("/tasks/") != std::string::npos ||
                ("/" + std::string(path)).find("/handlers/") != std::string::npos;
  return placed && tree.find(first, "on") == no_node;
}

bool is_cloudformation(const ConfigTree& tree, NodeId top) {
  if (tree.find(top, "AWSTemplateFormatVersion") != no_node) return true;
  NodeId resources = tree.find(top, "Resources");
  return tree.text(tree.first(resources), "Type").starts_with("AWS::");
}

// A file whose top keys are named environments, whatever reads it.
bool has_environments(const ConfigTree& tree, NodeId top) {
  return tree.find(top, "production") != no_node &&
         (tree.find(top, "development") != no_node || tree.find(top, "test") != no_node);
}

bool is_rails(std::string_view path, const ConfigTree& tree, NodeId top) {
  if (base_name(dir_name(path)) != "config" || path.find(".json") != std::string_view::npos) return false;
  return tree.find(top, "development") != no_node || tree.find(top, "production") != no_node ||
         tree.find(top, "test") != no_node;
}

bool is_spring(const ConfigTree& tree, NodeId top) {
  return tree.is(tree.find(top, "spring"), NodeKind::Map) || tree.find_path(top, "server.port") != no_node ||
         tree.find_path(top, "spring.application.name") != no_node;
}

bool is_helm_values(std::string_view path) {
  std::string_view base = base_name(path);
  return glob_match("values*.yaml", base, '/') || glob_match("values*.yml", base, '/') ||
         glob_match("*-values.yaml", base, '/');
}

bool is_gitlab(const ConfigTree& tree, NodeId top) {
  if (!tree.is(tree.find(top, "stages"), NodeKind::List)) return false;
  for (NodeId id = tree.first(top); id != no_node; id = tree.next(id)) {
    if (tree.find(id, "script") != no_node) return true;
  }
  return false;
}

Dialect by_content(std::string_view path, const ConfigTree& tree, NodeId top) {
  if (tree.is(tree.find(top, "openapi"), NodeKind::Scalar) || tree.is(tree.find(top, "swagger"), NodeKind::Scalar)) {
    return Dialect::OpenApi;
  }
  bool chart = ("/" + std::string(path)).find("/templates/") != std::string::npos;
  if (is_object(tree, top)) {
    bool templated = chart || tree.source().find("{{") != std::string_view::npos;
    if (templated && base_name(path) != "Chart.yaml" && !path.ends_with(".json")) return Dialect::Helm;
    return Dialect::Kubernetes;
  }
  if (is_compose(path, tree, top)) return Dialect::Compose;
  if (is_ansible(path, tree, top)) return Dialect::Ansible;
  if (is_cloudformation(tree, top)) return Dialect::CloudFormation;
  if (tree.text(top, "$schema").find("deploymentTemplate") != std::string_view::npos) return Dialect::Arm;
  if (tree.find(top, "containerDefinitions") != no_node) return Dialect::EcsTask;
  if (tree.find(tree.find(top, "container"), "docker") != no_node) return Dialect::Marathon;
  if (is_rails(path, tree, top)) return Dialect::Rails;
  if (is_spring(tree, top)) return Dialect::Spring;
  if (is_gitlab(tree, top)) return Dialect::GitLabCi;
  return is_helm_values(path) ? Dialect::HelmValues : Dialect::Plain;
}

// The first document that is not empty: what a file is shows there.
NodeId first_document(const ConfigTree& tree) {
  for (NodeId id : tree.documents()) {
    if (tree.first(id) != no_node) return id;
  }
  return no_node;
}

bool development_profile(std::string_view profiles) {
  if (profiles.empty()) return false;
  for (std::string_view part : split(profiles, ',')) {
    std::string name = lower(trim(part));
    if (name != "dev" && name != "local" && name != "test" && name != "development" && name != "testing") return false;
  }
  return true;
}

uint32_t spring_flags(std::string_view path, const ConfigTree& tree, NodeId document) {
  std::string_view stem = before_first(base_name(path), '.');
  bool dev = stem.find('-') != std::string_view::npos && development_profile(stem.substr(stem.find('-') + 1));
  for (std::string_view key : {"spring.config.activate.on-profile", "spring.profiles"}) {
    NodeId found = tree.find_path(document, key);
    if (tree.is(found, NodeKind::List)) found = tree.first(found);
    dev = dev || development_profile(tree.text(found));
  }
  return dev ? static_cast<uint32_t>(context::Development) : 0u;
}

// The objects of a Kubernetes document: itself, or the items of a List, or the objects of an OpenShift template.
std::vector<EntryRoot> object_roots(const ConfigTree& tree, NodeId document, uint32_t& index) {
  std::vector<EntryRoot> roots;
  std::string_view kind = tree.text(document, "kind");
  std::string_view holder = kind == "Template" ? "objects" : kind.ends_with("List") ? "items" : "";
  NodeId items = holder.empty() ? no_node : tree.find(document, holder);
  if (!tree.is(items, NodeKind::List)) return {{document, kind, index++, 0, {}}};
  roots.push_back({document, kind, index++, 0, holder});
  for (NodeId id = tree.first(items); id != no_node; id = tree.next(id)) {
    roots.push_back({id, tree.text(id, "kind"), index++, 0, {}});
  }
  return roots;
}

std::vector<EntryRoot> document_roots(const SourceFile& file, const ConfigTree& tree, Dialect dialect) {
  std::vector<EntryRoot> roots;
  uint32_t index = 0;
  for (NodeId id : tree.documents()) {
    if (dialect == Dialect::Kubernetes || dialect == Dialect::Helm) {
      for (const EntryRoot& root : object_roots(tree, id, index)) roots.push_back(root);
      continue;
    }
    EntryRoot root;
    root.node = id;
    root.index = index++;
    if (dialect == Dialect::Spring) root.flags = spring_flags(file.path, tree, id);
    if (dialect == Dialect::Compose && tree.find(id, "services") == no_node && any_service(tree, id)) {
      root.prefix = "services";
    }
    roots.push_back(root);
  }
  return roots;
}

void derive(const Document& document, Dialect dialect) {
  switch (dialect) {
    case Dialect::Compose:
      return derive_compose(document);
    case Dialect::Kubernetes:
    case Dialect::Helm:
      return derive_kubernetes(document);
    case Dialect::HelmValues:
      return derive_helm_values(document);
    case Dialect::GitHubActions:
      return derive_github_actions(document);
    case Dialect::GitLabCi:
      return derive_gitlab_ci(document);
    case Dialect::Travis:
      return derive_travis(document);
    case Dialect::CircleCi:
      return derive_circleci(document);
    case Dialect::Ansible:
      return derive_ansible(document);
    case Dialect::CloudFormation:
      return derive_cloudformation(document);
    case Dialect::NpmPackage:
      return derive_npm_package(document);
    case Dialect::Composer:
      return derive_composer(document);
    case Dialect::AppJson:
      return derive_app_json(document);
    case Dialect::Marathon:
      return derive_marathon(document);
    case Dialect::EcsTask:
      return derive_ecs_task(document);
    default:
      return;
  }
}

Expansion expansion_of(Dialect dialect) {
  if (dialect == Dialect::Compose) return Expansion::Compose;
  if (dialect == Dialect::Kubernetes || dialect == Dialect::Helm) return Expansion::Kubernetes;
  return Expansion::Braces;
}

}  // namespace

std::string_view dialect_name(Dialect dialect, std::string_view plain) {
  return dialect == Dialect::Plain ? plain : names[static_cast<size_t>(dialect)].name;
}

std::span<const FormatName> dialect_formats() {
  return std::span(names).subspan(1);
}

bool is_lock_file(std::string_view path) {
  static constexpr std::string_view locks[] = {"package-lock.json",  "npm-shrinkwrap.json", "pnpm-lock.yaml",
                                               "packages.lock.json", ".package-lock.json",  "project.assets.json",
                                               "conda-lock.yml"};
  return path.ends_with(".lock") || std::find(std::begin(locks), std::end(locks), base_name(path)) != std::end(locks);
}

Dialect detect_dialect(std::string_view path, const ConfigTree& tree) {
  if (is_lock_file(path)) return Dialect::Lock;
  NodeId top = first_document(tree);
  if (path.ends_with(".circleci/config.yml")) return Dialect::CircleCi;
  if (base_name(path) == "template.json" && tree.find(top, "Resources") == no_node) return Dialect::Plain;
  for (const ByPath& known : by_path) {
    bool deep = known.pattern.find('/') != std::string_view::npos;
    std::string pattern = deep ? "**/" + std::string(known.pattern) : std::string();
    if (deep ? path_match(pattern, path) || path_match(known.pattern, path)
             : glob_match(known.pattern, base_name(path), '/')) {
      return known.dialect;
    }
  }
  return top == no_node ? Dialect::Plain : by_content(path, tree, top);
}

void add_tree_facts(const SourceFile& file, const ConfigTree& tree, std::string_view plain, FileFacts& facts) {
  Dialect dialect = detect_dialect(file.path, tree);
  facts.set_format(dialect_name(dialect, plain));
  if (dialect == Dialect::Lock || dialect == Dialect::OpenApi) return;
  std::vector<std::string_view> development;
  bool grouped = dialect == Dialect::Plain && has_environments(tree, first_document(tree));
  if (grouped || dialect == Dialect::Rails) development = {"development", "test"};
  Expansion expansion = expansion_of(dialect);
  size_t shell_left = tree.source().size() * 2 + 100'000;
  for (const EntryRoot& root : document_roots(file, tree, dialect)) {
    add_entries(facts, tree, root, expansion, development);
    derive({tree, facts, root, expansion, shell_left}, dialect);
    if (facts.full() || facts.facts().size() >= most_entries) break;
  }
  facts.add_steps(tree.steps());
  if (tree.exhausted()) facts.lose(Unread::OverBudget, "its aliases repeat too much; the rest is left out");
}

}  // namespace tfcheck
