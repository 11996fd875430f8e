// Rows of texts as a table of a terminal's width.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/text_style.h"

namespace tfcheck {

// What goes where a column is too narrow: an end of its texts, or nothing.
enum class Cut : uint8_t { End, Begin, Never };

struct TextColumn {
  std::string title;
  Cut cut = Cut::End;
};

// Titles and rows in columns, two blanks between them; where they are wider than the pen's width the widest columns
// are cut. The texts are safe to print.
std::string columns_text(const std::vector<TextColumn>& columns, const std::vector<std::vector<std::string>>& rows,
                         const TextPen& pen);
// The same as a table of Markdown, where nothing is cut and every text is code.
std::string columns_markdown(const std::vector<TextColumn>& columns, const std::vector<std::vector<std::string>>& rows);
// A text as code in a table of Markdown; "" for an empty one.
std::string markdown_code(std::string text);

}  // namespace tfcheck
