#include "formats/kubernetes/objects.h"

namespace tfcheck {

const TreeDialect& kubernetes_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "kubernetes",
                 .example = "deployment.yaml",
                 .tells = tells::Deploy | tells::Release | tells::Environment | tells::Address | tells::OthersStart},
      .recognises = is_object,
      .certainty = 8,
      .roots = object_roots,
      .derive = derive_object,
      .forms = references::Parens,
      .role = CommandRole::Start,
  };
  return dialect;
}

}  // namespace tfcheck
