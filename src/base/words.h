// Small sets of words that are known when the program is compiled: `constexpr Words units = {"ms", "s"};`.
#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <string_view>

#include "base/text.h"

namespace tfcheck {

template <typename Set>
constexpr bool contains(const Set& words, std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

template <typename Set>
bool contains_in_any_case(const Set& words, std::string_view word) {
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view each) { return iequals(each, word); });
}

// A set that holds its words itself, so that it can be a member of a table. Of more than `most` words it does not
// compile.
class Words {
 public:
  static constexpr size_t most = 32;
  constexpr Words() = default;
  constexpr Words(std::initializer_list<std::string_view> words) : size_(words.size()) {
    std::copy(words.begin(), words.end(), words_.begin());
  }
  constexpr const std::string_view* begin() const { return words_.data(); }
  constexpr const std::string_view* end() const { return words_.data() + size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr bool contains(std::string_view word) const { return tfcheck::contains(*this, word); }
  constexpr operator std::span<const std::string_view>() const { return {words_.data(), size_}; }

 private:
  std::array<std::string_view, most> words_{};
  size_t size_ = 0;
};

// "a.b.c" → "c", and a name without a dot whole.
constexpr std::string_view last_word(std::string_view name) {
  return name.substr(name.rfind('.') + 1);
}

}  // namespace tfcheck
