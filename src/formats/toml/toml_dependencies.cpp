#include "formats/toml/toml_dependencies.h"

#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "formats/requirements/requirements.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

struct Table {
  std::string_view ecosystem;
  std::string_view group;
  uint32_t flags = 0;
};

uint32_t group_flags(std::string_view group) {
  return names_development(group) ? context::Development : 0u;
}

// What a table says of one dependency: `{ version = "1", git = "…" }`.
struct Source {
  std::string_view version, git, reference, path, url, extras;
  bool workspace = false;
};

Source read_source(const FileFacts& facts, size_t table) {
  const std::vector<Fact>& all = facts.facts();
  std::string_view name = all[table].name;
  Source source;
  for (size_t i = table + 1; i < all.size() && all[i].name.starts_with(name); ++i) {
    std::string_view key = all[i].name.substr(name.size());
    if (!key.starts_with('.')) break;
    key.remove_prefix(1);
    std::string_view text = all[i].value.text;
    // Poetry's list of alternatives: the first one counts.
    if (key.starts_with("0.")) key.remove_prefix(2);
    if (key == "version") source.version = text;
    if (key == "git") source.git = text;
    if (key == "branch" || key == "rev" || key == "tag" || key == "ref") source.reference = text;
    if (key == "path") source.path = text;
    if (key == "url" || key == "file") source.url = text;
    if (key == "workspace") source.workspace = text == "true";
  }
  return source;
}

std::string constraint(const Source& source) {
  if (!source.version.empty()) return std::string(source.version);
  if (source.git.empty()) return std::string(source.url);
  std::string text = source.git.starts_with("git+") ? "" : "git+";
  text += source.git;
  if (!source.reference.empty()) text += "@" + std::string(source.reference);
  return text;
}

// The entry `at` is a key of a dependency table.
void add_table_dependency(FileFacts& facts, size_t at, const Table& table) {
  Fact entry = facts.facts()[at];
  std::string_view name = entry.name.substr(entry.context.scope.size() + 1);
  std::vector<Arg> args = {{"ecosystem", facts.string(table.ecosystem, {})}};
  if (!table.group.empty()) args.push_back({"group", facts.string(table.group, {})});
  Value value = entry.value;
  if (value.is(ValueKind::Map) || value.is(ValueKind::List)) {
    Source source = read_source(facts, at);
    std::string text = constraint(source);
    value = text.empty() ? Value{} : facts.string(text, entry.span);
    if (!source.path.empty()) args.push_back({"path", facts.string(source.path, entry.span)});
    if (source.workspace) args.push_back({"workspace", facts.value(ValueKind::Bool, "true", entry.span)});
    if (!source.version.empty() && !source.git.empty())
      args.push_back({"source", facts.string(source.git, entry.span)});
  }
  Context context;
  context.scope = entry.context.scope;
  context.flags = table.flags;
  facts.add(FactKind::Dependency, name, entry.span, value, args, context);
}

// The entry `at` is an element of a list of PEP 508 strings.
void add_listed(FileFacts& facts, size_t at, std::string_view group, uint32_t flags) {
  Fact entry = facts.facts()[at];
  // `{include-group = "x"}` is deeper: its scope ends in the element's index.
  if (!entry.value.is(ValueKind::String) || group.find('.') != std::string_view::npos) return;
  auto requirement = parse_requirement(entry.value.text);
  if (requirement) add_requirement(facts, *requirement, {entry.span, entry.context.scope, group, flags, false});
}

// The `*` of "prefix.*suffix" when the scope is of that form, "" when not.
std::string_view middle(std::string_view scope, std::string_view prefix, std::string_view suffix) {
  if (scope.size() <= prefix.size() + suffix.size() || !scope.starts_with(prefix) || !scope.ends_with(suffix))
    return {};
  return scope.substr(prefix.size(), scope.size() - prefix.size() - suffix.size());
}

void add_pyproject(FileFacts& facts, size_t at) {
  std::string_view scope = facts.facts()[at].context.scope;
  if (scope == "project.dependencies") return add_listed(facts, at, {}, 0);
  if (auto group = middle(scope, "project.optional-dependencies.", ""); !group.empty()) {
    return add_listed(facts, at, group, group_flags(group));
  }
  if (scope == "tool.uv.dev-dependencies") return add_listed(facts, at, "dev", context::Development);
  if (auto group = middle(scope, "tool.pdm.dev-dependencies.", ""); !group.empty()) {
    return add_listed(facts, at, group, context::Development);
  }
  if (auto group = middle(scope, "dependency-groups.", ""); !group.empty()) {
    return add_listed(facts, at, group, group_flags(group));
  }
  if (facts.facts()[at].name.substr(scope.size()) == ".python") return;
  if (scope == "tool.poetry.dependencies") return add_table_dependency(facts, at, {"pypi", {}, 0});
  if (scope == "tool.poetry.dev-dependencies") {
    return add_table_dependency(facts, at, {"pypi", "dev", context::Development});
  }
  if (auto group = middle(scope, "tool.poetry.group.", ".dependencies"); !group.empty()) {
    add_table_dependency(facts, at, {"pypi", group, group_flags(group)});
  }
}

void add_cargo(FileFacts& facts, size_t at) {
  std::string_view scope = facts.facts()[at].context.scope;
  if (scope.starts_with("target.") && scope.find(".dependencies") == std::string_view::npos &&
      !scope.ends_with("-dependencies")) {
    return;
  }
  std::string_view table = scope.substr(scope.rfind('.') + 1);
  bool known = scope == table || scope == "workspace.dependencies" || scope.starts_with("target.");
  if (!known) return;
  if (table == "dependencies") {
    return add_table_dependency(facts, at, {"cargo", scope.starts_with("workspace.") ? "workspace" : "", 0});
  }
  if (table == "dev-dependencies") return add_table_dependency(facts, at, {"cargo", "dev", context::Development});
  if (table == "build-dependencies") add_table_dependency(facts, at, {"cargo", "build", 0});
}

void add_pipfile(FileFacts& facts, size_t at) {
  std::string_view scope = facts.facts()[at].context.scope;
  if (scope == "packages") return add_table_dependency(facts, at, {"pypi", {}, 0});
  if (scope == "dev-packages") add_table_dependency(facts, at, {"pypi", "dev", context::Development});
}

void for_each_entry(FileFacts& facts, void (*add)(FileFacts&, size_t)) {
  size_t count = facts.facts().size();
  for (size_t i = 0; i < count; ++i) {
    if (!facts.facts()[i].context.scope.empty()) add(facts, i);
  }
}

}  // namespace

void add_pyproject_dependencies(FileFacts& facts) {
  for_each_entry(facts, add_pyproject);
}
void add_cargo_dependencies(FileFacts& facts) {
  for_each_entry(facts, add_cargo);
}
void add_pipfile_dependencies(FileFacts& facts) {
  for_each_entry(facts, add_pipfile);
}

}  // namespace tfcheck
