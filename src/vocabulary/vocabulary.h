// Named sets of words and patterns that rules share: std-stream, placeholder, secret-name, service-scheme … A set is a
// list of globs; a rule names it as "@set". Also the text patterns that are looked for in every text file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.h"
#include "base/result.h"
#include "base/severity.h"
#include "vocabulary/word_set.h"
#include "vocabulary/word_table.h"

namespace tfcheck {

// Longer patterns, keywords and trigger words than these nobody writes; a word beneath `shortest_word` stands in every
// file. Each keeps a pack's cost in bounds.
inline constexpr size_t longest_pattern = 500;
inline constexpr size_t longest_word = 100;
inline constexpr size_t shortest_word = 3;
inline constexpr size_t most_text_patterns = 1000;
inline constexpr std::ptrdiff_t most_of_a_keyword = 10;  // text patterns

// What a provider puts into a token by which it can be told from a chance text.
enum class TokenCheck : uint8_t {
  None,
  Crc32,  // the last six characters are the CRC-32 of what stands between them and the first "_", in base 62
  Crc16,  // NATS's keys: base 32, whose last two bytes are the CRC-16 of the others
  Jwt,    // the first part is the base64 of JSON with "alg"
};

// A shape that is recognised in any text by a literal keyword and confirmed by what stands round it: by a regular
// expression, or as a provider's token.
struct TextPattern {
  std::string id;                     // "github-token"
  std::string title;                  // "a GitHub personal access token"
  std::vector<std::string> keywords;  // literal; the first pass looks for them. None: only values are asked
  std::string regex;                  // RE2; the first group is the recognised part
  std::string shape;                  // of a token, in place of an expression: see token_shape.h
  std::string file;                   // that defines it
  double entropy = 0;                 // Shannon bits per character that the recognised part must reach
  bool named = false;      // the keywords, in any case, begin the name of what holds the token: its shape is not enough
  bool in_object = false;  // the expression is asked of the braces round the keyword, however far they reach
  bool is_public = false;  // no secret, by its provider's design
  TokenCheck check = TokenCheck::None;
  Severity severity = Severity::Error;  // at most
};

class Vocabulary {
 public:
  // Reads one vocabulary file (TOML): a set is a table [set-name] with values = [...]; a table of rows is declared as
  // [table.NAME] with columns = [...], the key first, and filled by [[NAME]]; [[text]] and [[token]] are text patterns.
  // A set, table or pattern defined twice, an unknown key or column, a keyword or expression that cannot be looked for:
  // each is an error with file and line. What was added before stays.
  Result<bool> add(std::string_view file, std::string_view toml);
  // The set of a name, or of a table's column ("program.port"); null when there is none.
  const WordSet* find(std::string_view name) const;
  // The same for C++ that cannot do without; they throw std::logic_error when there is none.
  const WordSet& set(std::string_view name) const;
  const WordTable& table(std::string_view name) const;
  const std::vector<TextPattern>& text_patterns() const { return text_patterns_; }
  // Null when there is no such pattern.
  const TextPattern* text_pattern(std::string_view id) const;
  // Of the sets that files define, sorted.
  std::vector<std::string> names() const;
  // Takes up a set that is made of others, "**.@file-write", under a name that no file can give; the known one when it
  // is there already.
  const WordSet& intern(WordSet set);

  // As the build embeds it. Its sets are shared with what is written behind it.
  void write(ArchiveWriter& archive) const;
  static std::unique_ptr<Vocabulary> read(ArchiveReader& archive);

 private:
  class FileReader;

  std::map<std::string, WordSet, std::less<>> sets_;  // the columns of tables among them
  std::map<std::string, WordTable, std::less<>> tables_;
  std::vector<TextPattern> text_patterns_;
};

}  // namespace tfcheck
