// A named list of words and patterns that rules and the model share: std-stream, placeholder, secret-name … A page
// names one as "@set".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/text.h"

namespace tfcheck {

class WordSet {
 public:
  WordSet() = default;
  // `patterns` are globs over the whole word; '*' crosses everything.
  WordSet(std::string name, std::string file, std::vector<std::string> patterns, bool ignore_case);
  WordSet(WordSet&&) = default;
  WordSet& operator=(WordSet&&) = default;

  const std::string& name() const { return name_; }
  const std::string& file() const { return file_; }  // that defines it
  bool ignore_case() const { return ignore_case_; }
  const std::vector<std::string>& patterns() const { return patterns_; }  // in file order
  bool contains(std::string_view word) const;
  // Is it one of those without a star?
  bool has_word(std::string_view word) const;

 private:
  std::string name_;
  std::string file_;
  bool ignore_case_ = false;
  std::vector<std::string> patterns_;
  // Most globs are text with a star at one end or at both.
  enum class Shape : uint8_t { Begin, End, Inside, Other };
  struct Glob {
    Shape shape = Shape::Other;
    std::string text;    // without the stars, unless it is another shape
    std::string needle;  // what every match of another shape holds
    LetterSet letters;
    bool matches(std::string_view word) const;
  };
  static Glob glob_of(std::string_view pattern);

  // Words by their ends, middle and length, some of which share a place: most of what is asked for is none of a set.
  class Sketch {
   public:
    explicit Sketch(size_t words = 0);
    void add(std::string_view word);
    bool may_hold(std::string_view word) const;

   private:
    static uint64_t hash(std::string_view word);  // of a word and of its letters in the other case the same

    std::vector<uint64_t> bits_;  // a power of two of them
    unsigned shift_;
  };

  std::unordered_set<std::string_view> plain_;  // of patterns_
  Sketch sketch_;                               // of plain_
  std::vector<Glob> globs_;
};

}  // namespace tfcheck
