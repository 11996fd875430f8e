// A language of this test's own: what a folder of src/languages holds, without one. Its grammar is Python's.
#include "languages/code_adapter.h"
#include "registry/toy.h"

extern "C" const TSLanguage* tree_sitter_python();

namespace tfcheck {

namespace {

constexpr Shape shapes[] = {
    {"comment", Role::Skip},
    {"string", Role::String},
    {"string_content", Role::StringPart},
    {"identifier", Role::Name},
    {"attribute", Role::Member},
    {"call", Role::Call, "0", "", "#argument_list"},
    {"assignment", Role::Assign, "0", "'='"},
    {"import_statement", Role::Import, "#dotted_name"},
};

constexpr Language toy = {.name = "toy",
                          .grammar = guarded<tree_sitter_python>,
                          .files = {"*.toy"},
                          .interpreters = {"toyrun"},
                          .test_files = {"*_check.toy"},
                          .example = "app.toy",
                          .shapes = shapes,
                          .environment = {.calls = {"env.read"}, .words = {"env."}},
                          .shell = {.calls = {"host.start"}},
                          .imports = {.forms = {{.keyword = "import "}}}};

}  // namespace

const Adapter& toy_adapter() {
  return code_adapter<toy>();
}

}  // namespace tfcheck
