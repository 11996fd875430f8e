// Which kinds of facts each format gives: the table of what tfcheck reads of configuration. The pages of
// tests/facts/formats have the samples; a format gives all that its row names there, and nothing else.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "formats/registry.h"
#include "support/fact_pages.h"

using namespace tfcheck;

namespace {

struct Row {
  std::string_view format;
  std::string_view kinds;  // K keys, V values, E reads of the environment, C commands, I images, D dependencies
};

constexpr std::string_view letters = "KVECID";

// clang-format off
constexpr Row rows[] = {
    {"ansible", "KVCI"},
    {"apache", "KVE"},
    {"app-json", ""},
    {"appsettings", ""},
    {"arm", "KV"},
    {"azure-pipelines", "KVCI"},
    {"batch", "EC"},
    {"beanstalk", "KVC"},
    {"bicep", "KVI"},
    {"caddy", "KVE"},
    {"cargo", "KVD"},
    {"circleci", "KVCI"},
    {"circus", "KVC"},
    {"cloud-init", "KV"},
    {"cloudformation", "KVI"},
    {"compose", "KVECI"},
    {"composer", "KVCD"},
    {"conf", "KVE"},
    {"crontab", "KVC"},
    {"deno", "KVC"},
    {"devcontainer", "KVC"},
    {"dockerfile", "KVECI"},
    {"dotenv", "KVE"},
    {"dotnet-config", "KV"},
    {"ecs-task", "KVCI"},
    {"execline", "KVC"},
    {"fluent", "KVE"},
    {"gemfile", "KVED"},
    {"gemspec", "KVD"},
    {"gitattributes", "KV"},
    {"github-actions", "KVCI"},
    {"gitlab-ci", "KVCI"},
    {"gitmodules", "KV"},
    {"go-mod", "KVD"},
    {"go-work", "KV"},
    {"gradle", "KVD"},
    {"gradle-catalog", "KVD"},
    {"gradle-wrapper", ""},
    {"haproxy", "KVE"},
    {"hcl", "KV"},
    {"helm", "KVCI"},
    {"helm-values", "KVI"},
    {"hibernate", "KV"},
    {"hjson", "KV"},
    {"ini", "KVE"},
    {"jenkinsfile", "KVECI"},
    {"json", "KV"},
    {"just", "KVEC"},
    {"kamal", "KVECI"},
    {"kubernetes", "KVECI"},
    {"kustomize", "KVI"},
    {"lock", ""},
    {"log4j", "KVE"},
    {"log4net", "KV"},
    {"logback", "KVE"},
    {"logging-ini", "KV"},
    {"logrotate", "KV"},
    {"make", "KVEC"},
    {"marathon", "KVCI"},
    {"maven", "KVD"},
    {"messages", ""},
    {"mix", "KVD"},
    {"msbuild", "KVED"},
    {"mysql-cnf", "KV"},
    {"nginx", "KVE"},
    {"nlog", "K"},
    {"nomad", "KVCI"},
    {"npm-package", "KVCD"},
    {"nuget", "KVD"},
    {"openapi", ""},
    {"persistence", "KV"},
    {"php-fpm", "KVE"},
    {"php-ini", "KV"},
    {"pipfile", "KVD"},
    {"platform", "KVC"},
    {"powershell", "EC"},
    {"procfile", "KVEC"},
    {"properties", "KVE"},
    {"pyproject", "KVD"},
    {"rails", "KVE"},
    {"redis-conf", "KV"},
    {"requirements", "KVD"},
    {"server-xml", "KV"},
    {"serverless", "KVEI"},
    {"setup-cfg", "KVD"},
    {"spring", "KVE"},
    {"spring-beans", "KVE"},
    {"supervisor", "KVEC"},
    {"systemd", "KVC"},
    {"taskfile", "KVEC"},
    {"terraform", "KVCID"},
    {"toml", "KVE"},
    {"traefik", "KV"},
    {"travis", "KVC"},
    {"tsconfig", "KV"},
    {"turbo", "KV"},
    {"upstart", "KVEC"},
    {"uwsgi", "KVC"},
    {"vector", "KVE"},
    {"version-file", "KV"},
    {"web-xml", "K"},
    {"xml", "KVE"},
    {"xml-data", ""},
    {"yaml", "KVE"},
};
// clang-format on

std::string letters_of(uint32_t kinds) {
  std::string text;
  for (size_t i = 0; i < letters.size(); ++i) {
    if (kinds & (1u << i)) text += letters[i];
  }
  return text;
}

std::map<std::string, uint32_t> kinds_of_pages() {
  std::map<std::string, uint32_t> all;
  std::filesystem::path folder = std::filesystem::path(std::getenv("TFCHECK_SOURCE")) / "tests/facts/formats";
  for (const auto& page : std::filesystem::directory_iterator(folder)) {
    for (const auto& [format, kinds] : check_fact_page("formats/" + page.path().stem().string(), format_adapters()))
      all[format] |= kinds;
  }
  return all;
}

}  // namespace

TEST_CASE("facts: every format gives the kinds of its row") {
  std::map<std::string, uint32_t> shown = kinds_of_pages();
  std::map<std::string_view, std::string_view> table;
  for (const Row& row : rows) {
    INFO(row.format);
    CHECK(table.emplace(row.format, row.kinds).second);
    CHECK(shown.count(std::string(row.format)) == 1);
  }
  for (const auto& [format, kinds] : shown) {
    INFO(format);
    CHECK(letters_of(kinds) == table[format]);
  }
  // A format that no page shows is one of which nobody has seen what is read.
  for (const Adapter* adapter : format_adapters()) {
    for (const Format& format : adapter->formats) {
      INFO(adapter->name << ": " << format.name);
      CHECK(shown.count(std::string(format.name)) == 1);
    }
  }
}
