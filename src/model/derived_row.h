// One fact that the model adds, while it is put together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/project.h"

namespace tfcheck {

class DerivedRow {
 public:
  // Of a kind of model/derived_kinds.h; it stands where the fact `at` stands and has its context. A fact of no_index
  // means the whole file.
  DerivedRow(FactKind kind, FactRef at, std::string_view name) : kind_(kind), at_(at), name_(name) {}

  // It stands at a part of the fact, or of the file.
  DerivedRow& at(Span span) { return span_ = span, *this; }
  DerivedRow& value(std::string_view text) { return value_ = text, *this; }
  // An empty text leaves the column out.
  DerivedRow& column(std::string_view name, std::string_view text);
  DerivedRow& flag(std::string_view name, bool on = true);
  // Adds it to the facts of the model and gives its place, no_index where a file has too many. Throws std::logic_error
  // for a column that the kind does not have.
  FactRef add_to(ModelFacts& facts, const Project& project) const;

 private:
  void check() const;

  FactKind kind_;
  FactRef at_;
  std::optional<Span> span_;
  std::string name_, value_;
  std::vector<std::pair<std::string, std::string>> columns_;
  std::vector<std::string> flags_;
};

}  // namespace tfcheck
