#include "languages/shell/nodes.h"

#include <string_view>
#include <utility>

namespace tfcheck::shell {

namespace {

constexpr std::pair<std::string_view, Kind> kind_names[] = {
    {"comment", Kind::Comment},
    {"program", Kind::Program},
    {"list", Kind::List},
    {"pipeline", Kind::Pipeline},
    {"redirected_statement", Kind::Redirected},
    {"command", Kind::Command},
    {"declaration_command", Kind::Declaration},
    {"unset_command", Kind::Unset},
    {"test_command", Kind::Test},
    {"negated_command", Kind::Negated},
    {"for_statement", Kind::For},
    {"c_style_for_statement", Kind::CFor},
    {"while_statement", Kind::While},
    {"if_statement", Kind::If},
    {"elif_clause", Kind::Elif},
    {"else_clause", Kind::Else},
    {"case_statement", Kind::Case},
    {"case_item", Kind::CaseItem},
    {"function_definition", Kind::Function},
    {"compound_statement", Kind::Compound},
    {"subshell", Kind::Subshell},
    {"do_group", Kind::DoGroup},
    {"variable_assignment", Kind::Assignment},
    {"variable_assignments", Kind::Assignments},
    {"command_name", Kind::CommandName},
    {"file_redirect", Kind::FileRedirect},
    {"heredoc_redirect", Kind::HeredocRedirect},
    {"herestring_redirect", Kind::HereString},
    {"heredoc_start", Kind::HeredocStart},
    {"heredoc_body", Kind::HeredocBody},
    {"file_descriptor", Kind::Descriptor},
    {"word", Kind::Word},
    {"string", Kind::String},
    {"raw_string", Kind::RawString},
    {"ansi_c_string", Kind::AnsiString},
    {"translated_string", Kind::TranslatedString},
    {"number", Kind::Number},
    {"expansion", Kind::Expansion},
    {"simple_expansion", Kind::SimpleExpansion},
    {"command_substitution", Kind::CommandSubstitution},
    {"process_substitution", Kind::ProcessSubstitution},
    {"arithmetic_expansion", Kind::Arithmetic},
    {"concatenation", Kind::Concatenation},
    {"array", Kind::Array},
    {"subscript", Kind::Subscript},
    {"variable_name", Kind::VariableName},
    {"special_variable_name", Kind::SpecialVariable},
    {"binary_expression", Kind::Binary},
    {"unary_expression", Kind::Unary},
    {"parenthesized_expression", Kind::Parenthesized},
};

constexpr std::pair<std::string_view, Field> field_names[] = {
    {"name", Field::Name},
    {"argument", Field::Argument},
    {"redirect", Field::Redirect},
    {"condition", Field::Condition},
    {"body", Field::Body},
    {"value", Field::Value},
    {"destination", Field::Destination},
    {"right", Field::Right},
    {"operator", Field::Operator},
    {"descriptor", Field::Descriptor},
};

template <typename Enum>
Enum look_up(const std::vector<Enum>& table, size_t id) {
  return id < table.size() ? table[id] : Enum{};
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> table = [] {
    std::vector<Kind> made(ts_language_symbol_count(grammar()));
    for (auto [name, value] : kind_names) made[node_symbol(grammar, name)] = value;
    return made;
  }();
  return table;
}

const std::vector<Field>& fields() {
  static const std::vector<Field> table = [] {
    std::vector<Field> made(ts_language_field_count(grammar()) + 1);
    for (auto [name, value] : field_names) made[field_id(grammar, name)] = value;
    return made;
  }();
  return table;
}

}  // namespace

Kind kind(Node node) {
  if (!node) return Kind::Other;
  if (ts_node_is_error(node.raw())) return Kind::Error;
  return node.named() ? look_up(kinds(), node.symbol()) : Kind::Other;
}

std::vector<Child> children(Node node) {
  std::vector<Child> found;
  if (!node) return found;
  TSTreeCursor cursor = ts_tree_cursor_new(node.raw());
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    Child child{Node(ts_tree_cursor_current_node(&cursor)),
                look_up(fields(), ts_tree_cursor_current_field_id(&cursor))};
    if (kind(child.node) != Kind::Comment) found.push_back(child);
  }
  ts_tree_cursor_delete(&cursor);
  return found;
}

}  // namespace tfcheck::shell
