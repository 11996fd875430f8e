// Positions in a file. Inside tfcheck a position is a byte offset into the decoded (UTF-8) text of one file; lines and
// UTF-16 columns are worked out only when a report is written.
#pragma once

#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

namespace tfcheck {

// Half-open byte range [begin, end) of one file's text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
  friend auto operator<=>(const Span&, const Span&) = default;
};

// Ascending and disjoint: overlapping and touching spans become one, empty ones are left out.
std::vector<Span> merge_spans(std::vector<Span> spans);

// Spans that do not overlap: what was told of once is not told of again.
class DisjointSpans {
 public:
  // Adds a span that overlaps none of those added before; false, and nothing added, when it does.
  bool add(Span span);
  void clear() { spans_.clear(); }

 private:
  std::set<Span> spans_;
};

// A 1-based line and a 1-based column in UTF-16 code units, as editors and SARIF count.
struct Place {
  uint32_t line = 1;
  uint32_t column = 1;
};

// The starts of a text's lines; answers which line and column an offset is at. LF, CRLF and CR end a line.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  // The place of a byte offset; an offset past the end is the place of the end.
  Place place(uint32_t offset) const;
  // 1-based line of a byte offset.
  uint32_t line(uint32_t offset) const;
  // The bytes of a 1-based line without its line end; empty when there is no such line.
  std::string_view line_text(uint32_t line) const;
  uint32_t line_begin(uint32_t line) const;
  uint32_t line_count() const { return static_cast<uint32_t>(starts_.size()); }

 private:
  std::string_view text_;
  std::vector<uint32_t> starts_;
};

}  // namespace tfcheck
