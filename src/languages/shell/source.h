// Shell text as the parser gets it and the way back to the file: carriage returns are taken out, template expressions
// of the host (`${{ secrets.X }}`, `{{ .Values.x }}`) are masked for the grammar, positions are translated.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tfcheck::shell {

class Source {
 public:
  Source(std::string_view text, uint32_t offset, std::optional<Span> whole);

  // What the words are read from, and the same bytes with host templates masked, for the parser.
  std::string_view text() const { return text_; }
  std::string_view masked() const { return masked_.empty() ? text_ : std::string_view(masked_); }
  // The place in the file of a range of text().
  Span span(Span range) const;
  // True when a range of text() stands byte by byte in the file.
  bool verbatim() const { return !whole_ && removed_.empty(); }

 private:
  std::string_view text_;
  std::string clean_;              // owns the text when it had to change
  std::string masked_;             // empty when nothing was masked
  std::vector<uint32_t> removed_;  // positions in text_ before which a carriage return was taken out, ascending
  uint32_t offset_;
  std::optional<Span> whole_;
};

}  // namespace tfcheck::shell
