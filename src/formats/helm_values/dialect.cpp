#include "formats/tree_entries/dialect.h"
#include "base/text.h"
#include "formats/helm_values/value_images.h"

namespace tfcheck {

namespace {

bool recognises(const ParsedFile& file) {
  std::string_view base = base_name(file.path);
  return glob_match("values*.yaml", base, '/') || glob_match("values*.yml", base, '/') ||
         glob_match("*-values.yaml", base, '/');
}

void derive(const Document& document) {
  for (TreeWalk walk(document.tree, document.root); walk.next();) add_value_image(document, walk.place());
}

}  // namespace

const TreeDialect& helm_values_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "helm-values",
                 .example = "chart/values.yaml",
                 .tells = tells::Release | tells::Environment | tells::Address},
      .recognises = recognises,
      .certainty = 1,
      .derive = derive,
  };
  return dialect;
}

}  // namespace tfcheck
