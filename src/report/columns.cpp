#include "report/columns.h"

#include <algorithm>
#include <numeric>

#include "report/display.h"

namespace tfcheck {

namespace {

constexpr uint32_t narrowest = 8;

std::string cut_to(const std::string& text, uint32_t width, Cut cut, const TextPen& pen) {
  uint32_t used = display_width(text);
  if (used <= width) return text;
  std::string sign(pen.sign("…", "~"));
  if (cut == Cut::End) return slice_columns(text, 0, width - 1) + sign;
  return sign + slice_columns(text, used - (width - 1), used);
}

std::vector<uint32_t> widths_of(const std::vector<TextColumn>& columns,
                                const std::vector<std::vector<std::string>>& rows, uint32_t most) {
  std::vector<uint32_t> widths;
  for (const TextColumn& column : columns) widths.push_back(display_width(column.title));
  for (const std::vector<std::string>& row : rows) {
    for (size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  auto gaps = static_cast<uint32_t>(2 * (widths.size() - 1));
  while (most > 0 && std::accumulate(widths.begin(), widths.end(), gaps) > most) {
    size_t widest = columns.size();
    for (size_t i = 0; i < columns.size(); ++i) {
      bool wider = columns[i].cut != Cut::Never && widths[i] > narrowest;
      if (wider && (widest == columns.size() || widths[i] > widths[widest])) widest = i;
    }
    if (widest == columns.size()) break;
    --widths[widest];
  }
  return widths;
}

}  // namespace

std::string columns_text(const std::vector<TextColumn>& columns, const std::vector<std::vector<std::string>>& rows,
                         const TextPen& pen) {
  std::vector<uint32_t> widths = widths_of(columns, rows, pen.style().width);
  auto line = [&](auto text_of) {
    std::string out;
    for (size_t i = 0; i < columns.size(); ++i) {
      std::string cell = cut_to(text_of(i), widths[i], columns[i].cut, pen);
      uint32_t used = display_width(cell);
      out.append(cell).append(widths[i] - std::min(widths[i], used) + 2, ' ');
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
  };
  std::string out = pen.ink(line([&](size_t i) { return columns[i].title; }), Ink::Bold) + "\n";
  for (const std::vector<std::string>& row : rows) out += line([&](size_t i) { return row[i]; }) + "\n";
  return out;
}

std::string markdown_code(std::string text) {
  if (text.empty()) return text;
  std::replace(text.begin(), text.end(), '`', '\'');
  std::string safe;
  for (char c : text) safe.append(c == '|' ? 1 : 0, '\\').append(1, c);
  return "`" + safe + "`";
}

std::string columns_markdown(const std::vector<TextColumn>& columns,
                             const std::vector<std::vector<std::string>>& rows) {
  std::string out = "|", rule = "|";
  for (const TextColumn& column : columns) out += " " + column.title + " |", rule += " --- |";
  out += "\n" + rule + "\n";
  for (const std::vector<std::string>& row : rows) {
    out += "|";
    for (const std::string& cell : row) out += " " + markdown_code(cell) + " |";
    out += "\n";
  }
  return out;
}

}  // namespace tfcheck
