// What the files of the walk (languages/code_walker.h) share: limits, and questions about nodes and values.
#pragma once

#include <algorithm>
#include <string_view>

#include "languages/code_walker.h"
#include "languages/conditions.h"

namespace tfcheck {

// Deeper nesting is generated or hostile; what lies below is left out.
constexpr int deepest = 180;
constexpr size_t longest_name = 200;
// So many links of a fluent chain are evaluated inside each other at most.
constexpr size_t chain_step = 50;
// A file that doubles a value on every line (`a = a + a`, `a = [a, a]`) must not double the work: texts longer than
// this are not folded into others, nor values with more parts copied into others.
constexpr size_t longest_folded = 4000;
constexpr int largest_copied = 256;

inline bool is_same(Node a, Node b) {
  return a && b && a.id() == b.id();
}

inline bool is_collection(const Value& value) {
  return value.is(ValueKind::Map) || value.is(ValueKind::List);
}

// What folding may put in the place of a name. What starts as null is about to change.
inline bool is_foldable(const Value& value) {
  bool constant = value.is_literal() && !value.is(ValueKind::Null);
  return constant || value.is(ValueKind::Template) || is_collection(value) || value.is(ValueKind::Env);
}

// The parts of a value, counted no further than the budget.
inline int count_parts(const Value& value, int budget) {
  int count = 1;
  for (const Arg& item : value.items()) {
    if (count >= budget) break;
    count += count_parts(item.value, budget - count);
  }
  return count;
}

inline bool is_large(const Value& value) {
  return value.item_count > 0 && count_parts(value, largest_copied) >= largest_copied;
}

// A read whose fallbacks, if any, are reads themselves: `A || B` of two variables.
inline bool lacks_default(const Value& value) {
  const Value* read = &value;
  while (read->is(ValueKind::Env) && read->item_count) read = &read->items()[0].value;
  return read->is(ValueKind::Env);
}

// Operators are Call values too; their names are no names of things.
inline bool is_operator(std::string_view name) {
  static constexpr std::string_view words[] = {"in", "not in", "is", "is not", "instanceof"};
  return name.empty() || std::string_view("=!<>&|?+-*/%^~` ").find(name[0]) != std::string_view::npos ||
         contains(words, name);
}

inline uint32_t guard_flags(Guard guard) {
  return context::InCondition | (guard == Guard::Development ? context::DevGuard : 0) |
         (guard == Guard::Main ? context::InMain : 0);
}

// A name of at most `longest_name` letters: of a longer one its first and last words with a "?" between them, "" where
// a word is too long itself.
std::string shortened(std::string name);

// The text between a literal's quotes, for grammars that give a string no pieces.
std::string_view strip_quotes(std::string_view text);

}  // namespace tfcheck
