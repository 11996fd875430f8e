#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

// cloud-init itself goes by the first line.
bool recognises(const ParsedFile& file) {
  return file.tree.source().starts_with("#cloud-config");
}

}  // namespace

const TreeDialect& cloud_init_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "cloud-init", .example = "cloud-init.yaml", .tells = tells::Environment | tells::Address},
      .recognises = recognises,
      .certainty = 9,
  };
  return dialect;
}

}  // namespace tfcheck
