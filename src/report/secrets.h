// Secrets on their way out: where they are in a text that is about to be shown, and the text without them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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
  // Where they are in `text`: ascending, disjoint.
  std::vector<Span> find_in(std::string_view text) const;
  size_t longest() const { return longest_; }

 private:
  size_t shortest_;
  size_t longest_ = 0;
  std::unordered_map<uint32_t, std::vector<std::string>> by_prefix_;
};

// Ascending and disjoint: overlapping and touching spans become one.
std::vector<Span> merge_spans(std::vector<Span> spans);

// The text with every known secret masked.
std::string mask_texts(std::string_view text, const SecretTexts& secrets);

}  // namespace tfcheck
