#include "model/secrets/drawn_values.h"

#include <algorithm>

#include "base/ascii.h"

namespace tfcheck {

namespace {

constexpr size_t fewest_pairs = 6;
constexpr double least_uncommon = 0.4;  // of the pairs of what was drawn; names and words have a tenth

// Of two letters, in any case.
size_t pair_number(char first, char second) {
  auto number = [](char c) { return static_cast<size_t>(is_lower(c) ? c - 'a' : c - 'A'); };
  return number(first) * 26 + number(second);
}

}  // namespace

DrawnValues::DrawnValues(const WordSet& common) {
  for (const std::string& pair : common.patterns()) common_.set(pair_number(pair[0], pair[1]));
}

bool DrawnValues::contains(std::string_view value) const {
  auto any = [&](auto test) { return std::any_of(value.begin(), value.end(), test); };
  return any([](char c) { return c >= '0' && c <= '9'; }) && any(is_upper) && any(is_lower) && is_unspoken(value);
}

bool DrawnValues::is_unspoken(std::string_view value) const {
  size_t pairs = 0, uncommon = 0;
  for (size_t i = 0; i + 1 < value.size(); ++i) {
    if (!is_letter(value[i]) || !is_letter(value[i + 1])) continue;
    ++pairs;
    uncommon += !common_.test(pair_number(value[i], value[i + 1]));
  }
  return pairs >= fewest_pairs && static_cast<double>(uncommon) >= least_uncommon * static_cast<double>(pairs);
}

}  // namespace tfcheck
