// C: declarators, what the preprocessor puts in, texts side by side.
#include <algorithm>

#include "languages/c/family.h"
#include "languages/code_adapter.h"

extern "C" const TSLanguage* tree_sitter_c();

namespace tfcheck {

// cpp/cpp.cpp
const CompiledLanguage& cpp_of_header();

namespace {

// A header of C++, by its lines: no C has them.
bool is_of_cpp(const SourceFile& file) {
  static constexpr Words begins = {"class ", "namespace ", "template<", "template <",
                                   "using ", "public:",    "private:",  "extern \"C++\""};
  bool found = false;
  if (!file.path.ends_with(".h")) return false;
  for_each_line(file.text, [&](const SourceLine& line) {
    found =
        std::any_of(begins.begin(), begins.end(), [&](std::string_view word) { return line.text.starts_with(word); });
    return !found;
  });
  return found;
}

const CompiledLanguage& reader(const SourceFile& file);

constexpr Language c = {
    .name = "c",
    .grammar = guarded<tree_sitter_c>,
    .files = {"*.c", "*.h"},
    .test_files = {"*_test.c", "test_*.c", "*-test.c", "test-*.c"},
    .example = "main.c",
    .shapes = c_family::shapes,
    .types = c_family::types.names,
    .fields = c_family::fields.names,
    .environment = {.calls = {"getenv", "secure_getenv", "g_getenv"}, .words = c_family::environment_words},
    .shell = c_family::shell,
    .exits = {"exit", "_exit"},
    .trusts_types = true,
    .imports = {.scan = c_family::scan_includes},
    .call = c_family::call,
    .reassigned = c_family::reassigned,
    .type_name = c_family::type_name,
    .variant = reader};

const CompiledLanguage& reader(const SourceFile& file) {
  return is_of_cpp(file) ? cpp_of_header() : compiled<c>();
}

}  // namespace

const Adapter& c_adapter() {
  return code_adapter<c>();
}

}  // namespace tfcheck
