#include "languages/code_adapter.h"
#include "languages/javascript/dialect.h"

extern "C" const TSLanguage* tree_sitter_typescript();

namespace tfcheck {

namespace {

// `<T>value`; TSX has no such node.
constexpr std::array assertion = std::to_array<Shape>({{"type_assertion", Role::Through}});
constexpr std::array shapes = javascript::join(javascript::tsx_shapes, assertion);

const CompiledLanguage& variant(const SourceFile& file);

// In declarations of types nothing runs.
bool is_read(const SourceFile& file) {
  return !file.path.ends_with(".d.ts") && !file.path.ends_with(".d.mts") && !file.path.ends_with(".d.cts");
}

constexpr Language language =
    javascript::with_idioms({.name = "typescript",
                             .grammar = guarded<tree_sitter_typescript>,
                             .files = {"*.ts", "*.mts", "*.cts", "*.tsx", "*.vue", "*.svelte"},
                             .interpreters = {"deno", "bun", "ts-node", "tsx"},
                             .example = "app.ts",
                             .alias = "ts",
                             .shapes = shapes,
                             .types = javascript::types.names,
                             .fields = javascript::fields.names,
                             .variant = variant,
                             .is_read = is_read});

const CompiledLanguage& variant(const SourceFile& file) {
  return file.path.ends_with(".tsx") ? javascript::tsx_language() : compiled<language>();
}

}  // namespace

const Adapter& typescript_adapter() {
  return code_adapter<language>();
}

}  // namespace tfcheck
