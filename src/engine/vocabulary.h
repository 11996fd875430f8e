// Named sets of words and patterns that rules share: std-stream, placeholder, secret-name, service-scheme … A set is a
// list of globs; a rule names it as "@set". Also the text patterns that are looked for in every text file.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tfcheck {

struct WordSet {
  std::string name;
  bool ignore_case = false;
  std::vector<std::string> patterns;  // globs over the whole word; '*' crosses everything

  // Sorts the patterns into plain words and globs, for contains().
  void index();
  bool contains(std::string_view word) const;

 private:
  std::set<std::string, std::less<>> plain_;
  std::vector<std::string> globs_;
};

// A shape that is recognised in any text by a literal keyword and confirmed by a regular expression round it.
struct TextPattern {
  std::string id;       // "github-token"
  std::string title;    // "a GitHub personal access token"
  std::string keyword;  // literal, case-sensitive; the first pass looks for it
  std::string regex;    // RE2; the first group is the recognised part
  double entropy = 0;   // Shannon bits per character that the recognised part must reach
};

class Vocabulary {
 public:
  // Reads one vocabulary file (TOML): tables [set-name] with values = [...], and [[text]] patterns.
  // A set or pattern defined twice, or an unknown key, is an error with file and line.
  Result<bool> add(std::string_view file, std::string_view toml);
  // Null when there is no such set.
  const WordSet* find(std::string_view name) const;
  const std::vector<TextPattern>& text_patterns() const { return text_patterns_; }
  std::vector<std::string> names() const;

 private:
  std::map<std::string, WordSet, std::less<>> sets_;
  std::vector<TextPattern> text_patterns_;
};

}  // namespace tfcheck
