// From parts of values to places in the text that the values were read from.
#pragma once

#include <set>
#include <string_view>
#include <utility>

#include "masking/sensitive_facts.h"

namespace tfcheck {

class Locator {
 public:
  Locator(const MaskWords& words, std::string_view text) : words_(words), text_(text) {}

  // The parts of one value come one after the other.
  void add(const Value& value, Span part);
  SensitiveFile take();

 private:
  void enter(const Value& value);
  bool find(std::string_view secret);
  bool find_lines(std::string_view secret);
  void put(size_t at, std::string_view secret);
  void evaluated(std::string_view secret);
  void written();

  const MaskWords& words_;
  std::string_view text_;
  SensitiveFile found_;
  const Value* value_ = nullptr;
  std::string_view raw_;                           // as the value is written; empty when that is not known
  size_t begin_ = 0;                               // of `raw_` in the text
  size_t offset_ = std::string_view::npos;         // of the value's text in `raw_`; npos when it is written otherwise
  size_t behind_ = 0;                              // the part found last
  std::set<std::pair<const char*, size_t>> told_;  // what was evaluated: texts of facts
  size_t written_ = std::string_view::npos;        // `begin_` of what was looked at as it is written
};

}  // namespace tfcheck
