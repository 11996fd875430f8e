#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"turbo.json", "turbo.jsonc"};

}  // namespace

const TreeDialect& turbo_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "turbo", .example = "turbo.json"},
      .paths = paths,
  };
  return dialect;
}

}  // namespace tfcheck
