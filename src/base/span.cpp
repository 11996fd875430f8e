#include "base/span.h"

#include <algorithm>
#include <iterator>

namespace tfcheck {

std::vector<Span> merge_spans(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<Span> merged;
  for (Span span : spans) {
    if (span.end <= span.begin) continue;
    if (!merged.empty() && span.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, span.end);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

bool DisjointSpans::add(Span span) {
  // Of disjoint spans that begin before this one ends, the last one reaches farthest.
  auto next = spans_.lower_bound({span.end, 0});
  if (next != spans_.begin() && std::prev(next)->end > span.begin) return false;
  spans_.insert(span);
  return true;
}

LineIndex::LineIndex(std::string_view text) : text_(text), starts_{0} {
  // Most texts have no CR: then the next line end is found many bytes at once.
  if (text.find('\r') == std::string_view::npos) {
    for (size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1))
      starts_.push_back(static_cast<uint32_t>(end + 1));
    return;
  }
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n' || text[i] == '\r') starts_.push_back(static_cast<uint32_t>(i + 1));
  }
}

uint32_t LineIndex::line(uint32_t offset) const {
  auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<uint32_t>(next - starts_.begin());
}

uint32_t LineIndex::line_begin(uint32_t line) const {
  return line == 0 || line > starts_.size() ? static_cast<uint32_t>(text_.size()) : starts_[line - 1];
}

std::string_view LineIndex::line_text(uint32_t line) const {
  if (line == 0 || line > starts_.size()) return {};
  size_t begin = starts_[line - 1];
  size_t end = line < starts_.size() ? starts_[line] : text_.size();
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  return text_.substr(begin, end - begin);
}

Place LineIndex::place(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  Place place{line(offset), 1};
  for (uint32_t i = starts_[place.line - 1]; i < offset; ++i) {
    auto byte = static_cast<unsigned char>(text_[i]);
    if ((byte & 0xC0) == 0x80) continue;   // continuation bytes belong to the code point before
    place.column += byte >= 0xF0 ? 2 : 1;  // outside the BMP a code point takes two UTF-16 units
  }
  return place;
}

}  // namespace tfcheck
