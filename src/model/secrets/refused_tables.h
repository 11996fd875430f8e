// Tables of values that a program will not run with: it compares what its environment says with them, and stops.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class RefusedTables {
 public:
  explicit RefusedTables(const ProjectView& view);
  // The texts in the tables of one file, as its facts have them.
  std::vector<std::string_view> of(std::span<const Fact> facts) const;

 private:
  // The program stops or complains under a condition in what follows, within one function.
  bool refuses(std::span<const Fact> facts, size_t from) const;
  bool is_walked(std::span<const Fact> facts, const Fact& table) const;

  const WordSet &refusing_, &fails_, &holding_;
};

}  // namespace tfcheck
