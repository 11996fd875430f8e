#include "formats/npm_package/manifest.h"

namespace tfcheck {

namespace {

constexpr std::string_view paths[] = {"app.json"};

}  // namespace

const TreeDialect& app_json_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "app-json", .example = "app.json", .tells = tells::Address},
      .paths = paths,
      .derive = add_named_scripts,
  };
  return dialect;
}

}  // namespace tfcheck
