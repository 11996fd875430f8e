#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"serverless.yml", "serverless.yaml"};

}  // namespace

const TreeDialect& serverless_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "serverless", .example = "serverless.yml", .tells = tells::Environment | tells::Address},
      .paths = paths,
  };
  return dialect;
}

}  // namespace tfcheck
