// Globs over whole names with bits, asked of every file: most globs are never looked at, as a name is looked up whole,
// by its last and by its first character.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace tfcheck {

class NameIndex {
 public:
  // Names hold no slash; a `*` of a glob stands for any text.
  void add(std::string_view glob, uint32_t bits);
  // The bits of all globs that match a name.
  uint32_t bits_of(std::string_view name) const;

 private:
  struct Glob {
    std::string text;
    LetterSet letters;
    uint32_t bits = 0;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view word) const { return std::hash<std::string_view>()(word); }
  };
  using Globs = std::vector<Glob>;
  static uint32_t bits_of(const Globs& globs, std::string_view name, LetterSet letters);

  std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> plain_;
  std::array<Globs, 256> by_last_, by_first_;  // by the character that a glob ends with, else begins with
  Globs inside_;                               // what stands between two stars
  Globs others_;
};

}  // namespace tfcheck
