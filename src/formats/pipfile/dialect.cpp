#include "formats/toml/packages.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"Pipfile"};

void derive(const Document& document) {
  add_package_table(document, "packages", {"pypi"});
  add_package_table(document, "dev-packages", {"pypi", "dev", context::Development});
}

}  // namespace

const TreeDialect& pipfile_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "pipfile", .example = "Pipfile", .tells = tells::Address},
      .paths = paths,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
