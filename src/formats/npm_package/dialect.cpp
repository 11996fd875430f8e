#include "formats/npm_package/manifest.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"package.json"};
constexpr DependencyGroup groups[] = {{"dependencies", "", 0},
                                      {"devDependencies", "dev", context::Development},
                                      {"optionalDependencies", "optional", 0},
                                      {"peerDependencies", "peer", 0}};

void derive(const Document& document) {
  add_dependency_groups(document, groups, "npm");
  add_named_scripts(document);
}

}  // namespace

const TreeDialect& npm_package_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "npm-package", .example = "package.json", .alias = "package.json", .tells = tells::Address},
      .paths = paths,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
