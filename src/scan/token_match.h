// What text patterns recognise round their keywords in one text.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "model/project.h"
#include "vocabulary/vocabulary.h"

namespace re2 {
class RE2;
}

namespace tfcheck {

// The regular expressions of text patterns, each compiled when it is first asked for; for all threads.
class TokenRegexes {
 public:
  // The patterns must outlive this.
  explicit TokenRegexes(std::span<const TextPattern> patterns);
  ~TokenRegexes();
  const TextPattern& pattern(uint32_t number) const { return patterns_[number]; }
  const re2::RE2& regex(uint32_t number) const;
  size_t size() const { return patterns_.size(); }

 private:
  struct Lazy;
  std::span<const TextPattern> patterns_;
  std::unique_ptr<Lazy[]> lazy_;
};

// Takes the keywords of one text in the order in which they end.
class TokenMatch {
 public:
  TokenMatch(const TokenRegexes& regexes, std::string_view text)
      : regexes_(regexes), text_(text), searched_(regexes.size()) {}

  // Finds what one pattern recognises round its keyword at [begin, end): not what it recognised before.
  void add(uint32_t pattern, size_t begin, size_t end);
  // Ascending, each once.
  std::vector<TextHit> take();

 private:
  const TokenRegexes& regexes_;
  std::string_view text_;
  std::vector<size_t> searched_;  // by pattern: the end of what it recognised last
  std::vector<TextHit> hits_;
};

}  // namespace tfcheck
