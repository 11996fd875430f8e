// C++: what it shares with C, and classes, namespaces, lambdas, constructors that look like declarations.
#include <algorithm>

#include "base/text.h"
#include "languages/c/family.h"
#include "languages/code_adapter.h"
#include "languages/colon_names.h"

extern "C" const TSLanguage* tree_sitter_cpp();

namespace tfcheck {

namespace {

using c_family::fields;
using c_family::types;

// `int retries = 3;` in a class.
bool field(CodeWalker& walker, Node node) {
  Node type = walker.field(node, fields["type"]);
  Node name = c_family::declared(walker, walker.field(node, fields["declarator"]));
  Node value = c_family::initial_value(walker, node);
  if (!walker.is(name, types["field_identifier"]) || !value) return false;
  walker.declare_value(type, name, value, node.span());
  return true;
}

// `namespace m = lib::mod;`
bool namespace_alias(CodeWalker& walker, Node node) {
  std::vector<Node> parts = walker.parts(node);
  if (parts.size() == 2) walker.bind_name(walker.text(parts[0]), colon_name(walker.text(parts[1])));
  return true;
}

// `using lib::App;`; of `using namespace std;` the names are not known.
bool using_name(CodeWalker& walker, Node node) {
  std::string name = colon_name(walker.text(node.named_child(0)));
  bool plain = walker.text(node).find(" namespace ") == std::string_view::npos && name.find('.') != std::string::npos;
  if (plain) walker.bind_name(walker.facts().keep(last_word(name)), name);
  return true;
}

constexpr Shape more_shapes[] = {
    {"this", Role::Name},
    {"field_identifier", Role::Name},
    {"qualified_identifier", Role::Name},
    {"raw_string_literal", Role::String},
    {"raw_string_content", Role::StringPart},
    {"template_function", Role::Through, "name"},
    {"template_parameter_list", Role::Skip},
    {"template_argument_list", Role::Skip},
    {"access_specifier", Role::Skip},
    {"lambda_capture_specifier", Role::Skip},
    {"new_expression", Role::New, "type", "", "arguments"},
    {"lambda_expression", Role::Lambda, "", "body"},
    {"attribute", Role::Annotation, "name", "", "#argument_list"},
    {"class_specifier", Role::Class, "name", "body"},
    {"base_class_clause", Role::Supertypes},
    {"condition_clause", Role::Through, "value"},
    {"for_range_loop", Role::For},
    {"try_statement", Role::Try},
    {"catch_clause", handles_failure},
    {"optional_parameter_declaration", c_family::parameter},
    {"field_declaration", field},
    {"namespace_alias_definition", namespace_alias},
    {"using_declaration", using_name},
};

constexpr auto shapes = [] {
  std::array<Shape, c_family::shapes.size() + std::size(more_shapes)> all;
  std::copy(c_family::shapes.begin(), c_family::shapes.end(), all.begin());
  std::copy(std::begin(more_shapes), std::end(more_shapes), all.begin() + c_family::shapes.size());
  return all;
}();

constexpr Language cpp = {.name = "c++",
                          .grammar = guarded<tree_sitter_cpp>,
                          .files = {"*.cc", "*.cpp", "*.cxx", "*.hh", "*.hpp", "*.hxx"},
                          .test_files = {"*_test.cc", "*_test.cpp", "*_unittest.cc", "*Test.cc", "*Test.cpp",
                                         "test_*.cpp", "*-test.cc", "*-test.cpp", "*_tests.cpp"},
                          .example = "main.cpp",
                          .alias = "cpp",
                          .shapes = shapes,
                          .types = types.names,
                          .fields = fields.names,
                          .environment = {.calls = {"getenv", "secure_getenv", "std.getenv", "g_getenv"},
                                          .words = c_family::environment_words},
                          .shell = c_family::shell,
                          .exits = {"exit", "_exit", "std.exit", "std._Exit"},
                          .concat_operators = {"+"},
                          .self_names = {"this"},
                          .transparent_methods = {"c_str", "str", "data", "toStdString", "toUtf8", "string", "value"},
                          .trusts_types = true,
                          .imports = {.scan = c_family::scan_includes},
                          .call = c_family::call,
                          .spelling = colon_name,
                          .reassigned = c_family::reassigned,
                          .type_name = c_family::type_name};

}  // namespace

const CompiledLanguage& cpp_of_header() {
  return compiled<cpp>();
}

const Adapter& cpp_adapter() {
  return code_adapter<cpp>();
}

}  // namespace tfcheck
