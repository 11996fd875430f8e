#include "formats/tree_entries/dialect.h"

#include "formats/arm/resources.h"

namespace tfcheck {

const TreeDialect& bicep_dialect() {
  static constexpr std::string_view paths[] = {"*.bicep", "*.bicepparam"};
  static constexpr TreeDialect dialect{
      .format = {.name = "bicep", .example = "main.bicep", .tells = tells::Environment | tells::Address},
      .paths = paths,
      .derive = add_azure_resources,
  };
  return dialect;
}

}  // namespace tfcheck
