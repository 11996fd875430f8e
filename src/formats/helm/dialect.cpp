#include "base/text.h"
#include "formats/kubernetes/objects.h"

namespace tfcheck {

namespace {

// An object in the templates of a chart, or with expressions in it.
bool recognises(const ParsedFile& file) {
  if (!is_object(file) || base_name(file.path) == "Chart.yaml" || file.path.ends_with(".json")) return false;
  bool chart = path_match("**/templates/**", file.path);
  return chart || file.tree.source().find("{{") != std::string_view::npos;
}

}  // namespace

const TreeDialect& helm_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "helm",
                 .example = "chart/templates/deployment.yaml",
                 .tells = tells::Deploy | tells::Release | tells::Environment | tells::Address | tells::OthersStart},
      .recognises = recognises,
      .certainty = 9,
      .roots = object_roots,
      .derive = derive_object,
      .forms = references::Parens,
      .role = CommandRole::Start,
  };
  return dialect;
}

}  // namespace tfcheck
