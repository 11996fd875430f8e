#include "formats/tree_entries/dialect.h"
#include "formats/arm/resources.h"

namespace tfcheck {

namespace {

bool recognises(const ParsedFile& file) {
  return file.tree.text(file.top, "$schema").find("deploymentTemplate") != std::string_view::npos;
}

}  // namespace

const TreeDialect& arm_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "arm", .example = "azuredeploy.json", .tells = tells::Environment | tells::Address},
      .recognises = recognises,
      .certainty = 5,
      .derive = add_azure_resources,
  };
  return dialect;
}

}  // namespace tfcheck
