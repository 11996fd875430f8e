#include "languages/language.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace tfcheck {

namespace {

// The first child that `is_it` says yes to.
template <typename Test>
Node find_child(Node node, Test is_it) {
  TSTreeCursor cursor = ts_tree_cursor_new(node.raw());
  Node found;
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more && !found;
       more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    Node child(ts_tree_cursor_current_node(&cursor));
    if (is_it(child)) found = child;
  }
  ts_tree_cursor_delete(&cursor);
  return found;
}

}  // namespace

Part::Part(Grammar grammar, std::string_view text) {
  size_t blank = std::min(text.find(' '), text.size());
  steps_[0] = step(grammar, text.substr(0, blank));
  if (blank < text.size()) steps_[1] = step(grammar, text.substr(blank + 1));
}

Part::Step Part::step(Grammar grammar, std::string_view word) {
  if (word.empty()) return {};
  if (word == "*") return {Step::Itself, 0};
  if (word.starts_with('#')) return {Step::Child, node_symbol(grammar, word.substr(1))};
  if (word.starts_with('\'')) return {Step::Behind, token_symbol(grammar, word.substr(1, word.size() - 2))};
  bool back = word.starts_with('-');
  uint16_t place = 0;
  const char* end = word.data() + word.size();
  auto read = std::from_chars(word.data() + (back ? 1 : 0), end, place);
  if (read.ec == std::errc() && read.ptr == end) return {back ? Step::FromBack : Step::FromFront, place};
  return {Step::Field, field_id(grammar, word)};
}

Node Part::take(Node node, Step step) {
  switch (step.kind) {
    case Step::None:
      return {};
    case Step::Field:
      return node.field(TSFieldId{step.id});
    case Step::FromFront:
      return node.named_child(step.id);
    case Step::FromBack:
      return node.named_count() < step.id ? Node() : node.named_child(node.named_count() - step.id);
    case Step::Itself:
      return node;
    case Step::Child:
      return find_child(node, [&](Node child) { return child.symbol() == step.id; });
    case Step::Behind: {
      bool seen = false;
      return find_child(node, [&](Node child) {
        seen |= child.symbol() == step.id;
        return seen && child.named();
      });
    }
  }
  return {};
}

Node Part::of(Node node) const {
  Node found = take(node, steps_[0]);
  return found && steps_[1].kind != Step::None ? take(found, steps_[1]) : found;
}

CompiledLanguage::CompiledLanguage(const Language& language) : language_(language) {
  Grammar grammar = language.grammar;
  const TSLanguage* tables = grammar();
  std::unordered_map<std::string_view, const Shape*> by_name;
  for (const Shape& shape : language.shapes) {
    node_symbol(grammar, shape.node);  // ends the program when there is no such node
    by_name[shape.node] = &shape;
  }
  rows_.resize(ts_language_symbol_count(tables));
  for (size_t i = 0; i < rows_.size(); ++i) {
    auto symbol = static_cast<TSSymbol>(i);
    if (ts_language_symbol_type(tables, symbol) != TSSymbolTypeRegular) continue;
    auto found = by_name.find(ts_language_symbol_name(tables, symbol));
    if (found == by_name.end()) continue;
    const Shape& shape = *found->second;
    rows_[i] = {shape.role,      Part(grammar, shape.a), Part(grammar, shape.b), Part(grammar, shape.c),
                shape.statement, shape.expression};
  }
  constexpr std::string_view operator_name = "operator";
  operator_field_ = ts_language_field_id_for_name(tables, operator_name.data(), operator_name.size());
  for (std::string_view name : language.types) types_.push_back(node_symbol(grammar, name));
  for (std::string_view name : language.fields) fields_.push_back(field_id(grammar, name));
}

}  // namespace tfcheck
