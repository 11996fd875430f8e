// Texts in the shapes of the vocabulary's tokens, and texts that only look like them: made when a test runs, so that
// nothing in the repository looks like somebody's token. The same seed gives the same texts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/token_shape.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

class SampleSource {
 public:
  explicit SampleSource(uint64_t seed) : state_(seed * 2 + 1) {}
  // From 0 to below `end`.
  size_t below(size_t end);
  char one_of(std::string_view characters) { return characters[below(characters.size())]; }
  std::string of(std::string_view characters, size_t count);

 private:
  uint64_t state_;
};

// A text that no output may show and that is nobody's token.
struct LookAlike {
  std::string what;  // "one character short"
  std::string text;
};

// A shape's parts, read; throws std::logic_error for one that cannot be.
TokenShape shape_of(const TextPattern& pattern);
// A text of a token's shape that could be one: its checksum holds, and it does not look made up.
std::string sample_of(const TextPattern& pattern, const Vocabulary& vocabulary, SampleSource& source);
// What is none of the pattern's tokens.
std::vector<LookAlike> look_alikes_of(const TextPattern& pattern, std::string_view sample, SampleSource& source);
// The same token with a checksum that does not hold.
std::string with_wrong_checksum(std::string sample);
// A name that such a token may be held by; `otherwise` where its shape is enough.
std::string holder_of(const TextPattern& pattern, const Vocabulary& vocabulary, std::string_view otherwise);

}  // namespace tfcheck
