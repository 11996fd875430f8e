// Which dialect of YAML or JSON a file is, by its path and by what it says, and the facts that a dialect has beyond
// its entries.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "facts/adapter.h"
#include "formats/tree_entries/config_tree.h"
#include "formats/tree_entries/derived.h"

namespace tfcheck {

enum class Dialect : uint8_t {
  Plain,
  Lock,     // of a package manager: no facts
  OpenApi,  // no facts
  Compose,
  Kubernetes,
  Helm,
  HelmValues,
  GitHubActions,
  GitLabCi,
  Travis,
  CircleCi,
  Spring,
  Rails,
  Ansible,
  CloudFormation,
  Serverless,
  NpmPackage,
  Composer,
  AppJson,
  AppSettings,
  TsConfig,
  Arm,
  Marathon,
  EcsTask,
};

// The name that facts.set_format() gets; `plain` for Dialect::Plain.
std::string_view dialect_name(Dialect dialect, std::string_view plain);
// All names that a YAML or JSON file's format may have.
std::span<const FormatName> dialect_formats();

// What a package manager wrote is known by name alone: it counts as present, whatever its size, and is never parsed.
bool is_lock_file(std::string_view path);

Dialect detect_dialect(std::string_view path, const ConfigTree& tree);

// Sets the format and writes all facts of a parsed file. `plain` is the format's own name: "yaml", "json".
void add_tree_facts(const SourceFile& file, const ConfigTree& tree, std::string_view plain, FileFacts& facts);

// One function for each dialect that says more than its entries.
void derive_compose(const Document& document);
void derive_kubernetes(const Document& document);
void derive_github_actions(const Document& document);
void derive_gitlab_ci(const Document& document);
void derive_travis(const Document& document);
void derive_circleci(const Document& document);
void derive_helm_values(const Document& document);
void derive_ansible(const Document& document);
void derive_cloudformation(const Document& document);
void derive_npm_package(const Document& document);
void derive_composer(const Document& document);
void derive_app_json(const Document& document);
void derive_marathon(const Document& document);
void derive_ecs_task(const Document& document);

}  // namespace tfcheck
