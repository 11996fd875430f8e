#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/javascript/dialect.h"

extern "C" const TSLanguage* tree_sitter_javascript();

namespace tfcheck {

namespace {

constexpr std::array javascript_only = std::to_array<Shape>({
    {"variable_declarator", Role::Assign, "name", "value"},
    {"field_definition", javascript::field, "property"},
});

constexpr std::array shapes = javascript::join(javascript::common_shapes, javascript_only);

const CompiledLanguage& variant(const SourceFile& file);

constexpr Language language = javascript::with_idioms({.name = "javascript",
                                                       .grammar = guarded<tree_sitter_javascript>,
                                                       .files = {"*.js", "*.mjs", "*.cjs", "*.jsx"},
                                                       .interpreters = {"node", "nodejs"},
                                                       .example = "app.js",
                                                       .alias = "js",
                                                       .shapes = shapes,
                                                       .types = javascript::common_types(),
                                                       .fields = javascript::common_fields(),
                                                       .variant = variant});

// Flow's annotations are close enough to TypeScript's.
const CompiledLanguage& variant(const SourceFile& file) {
  bool has_flow_types = file.text.substr(0, 1000).find("@flow") != std::string_view::npos;
  return has_flow_types ? javascript::tsx_language() : compiled<language>();
}

}  // namespace

const Adapter& javascript_adapter() {
  return code_adapter<language>();
}

}  // namespace tfcheck
