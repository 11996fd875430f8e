// The grammar of TSX, by which typed JavaScript is read as well.
#include "languages/code_adapter.h"
#include "languages/javascript/dialect.h"

extern "C" const TSLanguage* tree_sitter_tsx();

namespace tfcheck::javascript {

namespace {

constexpr Language tsx = with_idioms({.name = "typescript",
                                      .grammar = guarded<tree_sitter_tsx>,
                                      .files = {"*.tsx"},
                                      .shapes = tsx_shapes,
                                      .types = types.names,
                                      .fields = fields.names});

}  // namespace

const CompiledLanguage& tsx_language() {
  return compiled<tsx>();
}

}  // namespace tfcheck::javascript
