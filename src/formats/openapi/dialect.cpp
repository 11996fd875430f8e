#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

bool recognises(const ParsedFile& file) {
  auto says = [&](std::string_view key) { return file.tree.is(file.tree.find(file.top, key), NodeKind::Scalar); };
  return says("openapi") || says("swagger");
}

}  // namespace

const TreeDialect& openapi_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "openapi", .example = "openapi.yaml", .tells = tells::Address},
      .recognises = recognises,
      .certainty = 10,
      .data = true,
  };
  return dialect;
}

}  // namespace tfcheck
