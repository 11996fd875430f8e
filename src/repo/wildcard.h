// A wildcard pattern of a git ignore file, read as git's wildmatch reads it but matched by following all its states at
// once: the work is at most the name's length times the pattern's, whatever stars it holds.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tfcheck {

// Are upper and lower case the same (core.ignorecase)? Names are then given in lower case.
enum class Letters : uint8_t { Distinct, Folded };

class Wildcard {
 public:
  struct Outcome {
    bool matches = false;
    size_t work = 0;  // states looked at: the same for the same pattern and name
  };

  // What the pattern may not exceed; longer ones match nothing.
  static constexpr size_t longest = 1024;

  explicit Wildcard(std::string_view pattern, Letters letters = Letters::Distinct);
  // Matches the whole of `name`. `*` and `?` do not cross slashes.
  Outcome match(std::string_view name) const;

 private:
  enum class Kind : uint8_t { Byte, AnyByte, Set, Star, DeepStar, Folders, InFolders, Never };
  struct Token {
    Kind kind;
    unsigned char byte = 0;
    uint16_t set = 0;
  };
  // The states after some of the name: a list, and the same as a set.
  struct States {
    std::array<uint16_t, longest + 1> list;
    size_t count = 0;
    std::bitset<longest + 1> has;
  };

  size_t read_stars(std::string_view pattern, size_t at);
  size_t read_set(std::string_view pattern, size_t at, Letters letters);
  void add(States& states, size_t state) const;
  bool passes(const Token& token, unsigned char c) const;

  std::vector<Token> tokens_;
  std::vector<std::bitset<256>> sets_;
};

}  // namespace tfcheck
