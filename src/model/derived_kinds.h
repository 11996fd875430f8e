// The facts that the model adds after connecting files: which kinds there are and what their columns say. Pages match
// them by these columns, `tfcheck facts --derived` prints them, and whoever fills one may use no other name.
//
// The first column is the fact's name, the second its value; the others are its arguments by keyword. A flag is there
// (a Bool "true") or it is not.
#pragma once

#include <span>
#include <string_view>

#include "facts/fact.h"

namespace tfcheck {

struct DerivedColumn {
  std::string_view name;
  std::string_view meaning;
  bool flag = false;
};

struct DerivedKind {
  FactKind kind;
  std::string_view word;  // how pages and listings call it: "process"
  std::string_view meaning;
  std::span<const DerivedColumn> columns;

  // Null when it has no such column.
  const DerivedColumn* find(std::string_view column) const;
};

std::span<const DerivedKind> derived_kinds();
// The kind of a word or of a fact; null when it is none that the model adds.
const DerivedKind* derived_kind(std::string_view word);
const DerivedKind* derived_kind(FactKind kind);

}  // namespace tfcheck
