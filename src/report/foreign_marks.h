// Comments by which other tools are told to pass over a secret ("gitleaks:allow", "pragma: allowlist secret", "nosec"):
// the rows of rules/vocabulary/marks.toml. They hold for rules about secrets and for nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

struct ForeignMark {
  std::string mark;  // as the table has it
  std::string tool;
};

// The lines of a text that such marks cover.
class MarkedLines {
 public:
  void add(uint32_t line, const ForeignMark& mark) { lines_.emplace(line, mark); }
  // Blocks come in the order of their first lines.
  void add_block(uint32_t first, uint32_t last, const ForeignMark& mark);
  // A mark that covers one of some lines, null when none does.
  const ForeignMark* covering(uint32_t first, uint32_t last) const;

 private:
  struct Block {
    uint32_t first, last;
    ForeignMark mark;
    size_t farthest;  // the block up to this one that ends last
  };

  std::map<uint32_t, ForeignMark> lines_;
  std::vector<Block> blocks_;
};

class ForeignMarks {
 public:
  // Throws std::logic_error when the table is missing or a row covers nothing known. The vocabulary must outlive it.
  explicit ForeignMarks(const Vocabulary& vocabulary);

  // What the marks of a text cover. One look at the text for each row.
  MarkedLines find_in(std::string_view text) const;

 private:
  enum class Covers : uint8_t { Line, NextLine, Statement, Begin, End };
  struct Row {
    std::vector<std::string> marks;
    std::string tool;
    Covers covers;
    std::vector<std::string> ids;
    bool must_name = false;
  };

  struct Place {
    size_t at = 0;
    const Row* row = nullptr;
    const std::string* mark = nullptr;
  };

  static Covers covers_of(std::string_view word);
  static bool is_about_secrets(const Row& row, std::string_view behind);
  std::vector<Place> places_in(std::string_view text) const;

  std::vector<Row> rows_;
};

// The first span's mark, where each of these spans has one on one of its lines; null otherwise and without spans.
const ForeignMark* mark_of_all(const MarkedLines& marked, const LineIndex& lines, std::span<const Span> spans);

}  // namespace tfcheck
