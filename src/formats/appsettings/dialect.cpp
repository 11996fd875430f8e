#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"appsettings*.json"};

}  // namespace

const TreeDialect& appsettings_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "appsettings", .example = "appsettings.json"},
      .paths = paths,
  };
  return dialect;
}

}  // namespace tfcheck
