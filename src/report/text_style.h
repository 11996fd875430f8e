// The pens and signs of the text output: colours, frame signs and ASCII fall-backs in one place.
#pragma once

#include <string>
#include <string_view>

#include "report/display.h"
#include "report/emit.h"

namespace tfcheck {

enum class Ink { Plain, Bold, Dim, Red, Yellow, Green, Cyan, Blue };

// Writes pieces of text in a style. Everything that comes from outside goes through show() or columns().
class TextPen {
 public:
  explicit TextPen(const TextStyle& style) : style_(style) {}

  const TextStyle& style() const { return style_; }
  // `text` in a colour; nothing is added when colours are off or the text is empty.
  std::string ink(std::string_view text, Ink ink) const;
  // Foreign text made safe for the terminal, in ASCII when it must be.
  std::string show(std::string_view text) const;
  // The same for a line whose columns matter.
  std::string columns(std::string_view text) const;
  // One sign, by what the terminal can show.
  std::string_view sign(std::string_view unicode, std::string_view ascii) const {
    return style_.unicode ? unicode : ascii;
  }

 private:
  const TextStyle& style_;
};

Ink severity_ink(Severity severity);

// The table of the factors, the components, and the lines below it (text_table.cpp).
std::string score_table(const Report& report, const TextPen& pen);
std::string summary_lines(const Report& report, const TextPen& pen);

}  // namespace tfcheck
