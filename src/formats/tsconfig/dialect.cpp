#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"tsconfig*.json", "jsconfig*.json"};

}  // namespace

const TreeDialect& tsconfig_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "tsconfig", .example = "tsconfig.json", .tells = tells::Address},
      .paths = paths,
  };
  return dialect;
}

}  // namespace tfcheck
