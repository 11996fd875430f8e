#include "formats/yaml/yaml.h"

#include "formats/tree_entries/dialect.h"
#include "formats/yaml/erb.h"
#include "formats/yaml/yaml_tree.h"

namespace tfcheck {

namespace {

constexpr std::string_view patterns[] = {"*.yml",
                                         "*.yaml",
                                         "*.yml.erb",
                                         "*.yaml.erb",
                                         "*.yml.j2",
                                         "*.yaml.j2",
                                         "*.yml.dist",
                                         "*.yaml.dist",
                                         "*.yml.example",
                                         "*.yaml.example",
                                         "*.yml.sample",
                                         "*.yml.tpl",
                                         "*.yaml.tpl",
                                         "*.yml.template",
                                         "*.yaml.template",
                                         "*.yml.in",
                                         "yarn.lock",
                                         "pubspec.lock",
                                         "kubeconfig",
                                         "Kustomization",
                                         "*.kubeconfig",
                                         "**/.kube/config",
                                         ".ebextensions/*.config",
                                         "**/.ebextensions/*.config"};

void extract(const SourceFile& file, FileFacts& facts) {
  if (is_lock_file(file.path)) return facts.set_format("lock");
  add_tree_facts(file, read_yaml(file.text, facts), {"yaml"}, facts);
  flag_other_arms(file, facts);
  add_erb_reads(file, facts);
}

}  // namespace

const Adapter& yaml_adapter() {
  static const std::vector<Format> formats = with_dialects({.name = "yaml", .example = "config.yml"});
  static const Adapter adapter{
      .name = "yaml", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
