// Texts that are known to be secrets, and where they are in a text that is about to be shown.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/span.h"

namespace tfcheck {

// Texts that no output may show. Looks all of them up in one pass over a text.
class SecretTexts {
 public:
  // `shortest`: shorter texts are taken for ordinary words and left out. Never below 4.
  explicit SecretTexts(size_t shortest);

  // Each line of a secret counts on its own, since outputs show lines.
  void add(std::string_view secret);
  // Where those of at least `shortest` bytes are in `text`: ascending, disjoint.
  std::vector<Span> find_in(std::string_view text, size_t shortest = 0) const;
  // Beginnings of them that a cut ("...", the end of a long text) left over: ascending, disjoint.
  std::vector<Span> find_cut(std::string_view text) const;
  // Names that a text has words for are shown as they are: "dbPassword1" although "Password1" is a secret. They must
  // outlive this.
  void keep_names(std::unordered_set<std::string_view> names) { names_ = std::move(names); }
  size_t longest() const { return longest_; }

 private:
  size_t shortest_;
  size_t longest_ = 0;
  // The longest of the texts that `text` begins with; 0 when none.
  size_t match(std::string_view text) const;
  bool is_in_name(std::string_view text, size_t begin, size_t end) const;

  std::unordered_set<uint32_t> prefixes_;  // sends most positions away at once
  std::set<std::string, std::less<>> texts_;
  std::unordered_set<std::string_view> names_;
};

}  // namespace tfcheck
