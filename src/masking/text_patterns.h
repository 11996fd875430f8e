// The vocabulary's text patterns over short texts: names of files, reasons, messages. Files themselves go through the
// literal pass (scan/prefilter.h).
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

class TextPatterns {
 public:
  // The vocabulary must outlive this.
  explicit TextPatterns(const Vocabulary& vocabulary);
  ~TextPatterns();
  TextPatterns(const TextPatterns&) = delete;
  TextPatterns& operator=(const TextPatterns&) = delete;

  // What the patterns recognise: ascending, disjoint. A pattern is compiled when its keyword is first seen.
  std::vector<Span> find_in(std::string_view text);

 private:
  struct Compiled;
  static bool is_in(const TextPattern& pattern, std::string_view text);
  static void find_tokens(const TextPattern& pattern, std::string_view text, std::vector<Span>& found);
  void find_matches(size_t number, std::string_view text, std::vector<Span>& found);

  const std::vector<TextPattern>& patterns_;
  std::vector<std::unique_ptr<Compiled>> compiled_;
};

}  // namespace tfcheck
