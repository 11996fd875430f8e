// Lines of a text with their offsets, for the readers of line formats. LF and CRLF end a line.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/span.h"

namespace tfcheck {

struct Line {
  std::string_view text;  // without the line end
  uint32_t begin = 0;

  uint32_t end() const { return begin + static_cast<uint32_t>(text.size()); }
};

class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }
  // The line that take() returns next; not to be called when done.
  Line peek() const {
    size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) end = text_.size();
    std::string_view line = text_.substr(at_, end - at_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return {line, static_cast<uint32_t>(at_)};
  }
  // Goes on behind the line that the byte at `place` stands in, unless that was taken.
  void skip_to(size_t place) {
    while (!done() && place >= at_) take();
  }
  Line take() {
    Line line = peek();
    size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    return line;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

// The span of `part`, a piece of `line` (also an empty one).
inline Span span_in(const Line& line, std::string_view part) {
  auto begin = line.begin + static_cast<uint32_t>(part.data() - line.text.data());
  return {begin, begin + static_cast<uint32_t>(part.size())};
}

// The span of `part`, a piece of the whole `text` (also an empty one).
inline Span span_in(std::string_view text, std::string_view part) {
  auto begin = static_cast<uint32_t>(part.data() - text.data());
  return {begin, begin + static_cast<uint32_t>(part.size())};
}

}  // namespace tfcheck
