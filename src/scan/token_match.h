// What text patterns recognise round their keywords in one text.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "model/project.h"
#include "scan/token_check.h"
#include "vocabulary/token_shape.h"
#include "vocabulary/vocabulary.h"

namespace re2 {
class RE2;
}

namespace tfcheck {

// What text patterns are confirmed by, each made when it is first asked for; for all threads.
class TokenMatchers {
 public:
  // Those of `count` patterns from the vocabulary's first'th on; it must outlive this.
  TokenMatchers(const Vocabulary& vocabulary, size_t first, size_t count);
  ~TokenMatchers();
  const TextPattern& pattern(uint32_t number) const { return patterns_[number]; }
  // Of a pattern that has an expression.
  const re2::RE2& regex(uint32_t number) const;
  // Of one that has a shape.
  const TokenShape& shape(uint32_t number) const;
  const TokenWords& words() const { return words_; }
  size_t size() const { return patterns_.size(); }

 private:
  struct Lazy;
  std::span<const TextPattern> patterns_;
  std::unique_ptr<Lazy[]> lazy_;
  TokenWords words_;
};

// Takes the keywords of one text in the order in which they end.
class TokenMatch {
 public:
  TokenMatch(const TokenMatchers& matchers, std::string_view text)
      : matchers_(matchers), text_(text), searched_(matchers.size()) {}

  // Finds what one pattern recognises round its keyword at [begin, end): not what it recognised before.
  void add(uint32_t pattern, size_t begin, size_t end);
  // Ascending, each once.
  std::vector<TextHit> take();

 private:
  void add_token(uint32_t pattern, size_t begin, size_t end);
  void add_in_object(uint32_t pattern, size_t begin);

  const TokenMatchers& matchers_;
  std::string_view text_;
  std::vector<size_t> searched_;  // by pattern: the end of what it recognised last
  std::vector<TextHit> hits_;
};

}  // namespace tfcheck
