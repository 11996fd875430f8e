// Code cells of notebooks. Their lines are strings of JSON, so the code has a map of its pieces.
#include <algorithm>
#include <string>
#include <vector>

#include "base/quoted.h"
#include "base/text.h"
#include "base/words.h"
#include "languages/embedded.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr Escapes escapes{.letters = "nrtbf", .meanings = "\n\r\t\b\f", .hex = escape_hex::U};
// Magics of a whole cell behind which Python goes on.
constexpr Words python_magics = {"%%time", "%%timeit", "%%capture", "%%prun", "%%python", "%%python3"};

// Reads the file string by string, without nesting of its own. `"cells": [{"cell_type": "code", "source": […]}]`;
// notebooks before version 4 call the source "input".
class CellReader {
 public:
  explicit CellReader(std::string_view file) : file_(file) { code_.ending = ".py"; }

  EmbeddedCode take() {
    for (size_t at = 0; at < file_.size();) at = step(at);
    code_.foreign = !is_python(language_);
    if (code_.foreign) return std::move(code_);
    for (const Cell& cell : cells_) add_cell(cell);
    return std::move(code_);
  }

 private:
  struct Level {
    std::string_view key;  // under which it stands
    bool is_object = false;
  };
  struct Cell {
    std::vector<Span> lines;  // raw texts between their quotes
    std::string_view type, language;
  };

  // A notebook that names no language is one of Python.
  static bool is_python(std::string_view language) {
    return language.empty() || iequals(language.substr(0, 6), "python");
  }

  size_t step(size_t at) {
    char c = file_[at];
    if (c == '"') return take_string(at);
    if (c == '{' || c == '[') open(c == '{');
    if (c == '}' || c == ']') close();
    return at + 1;
  }

  void open(bool is_object) {
    bool is_cell = is_object && !levels_.empty() && !levels_.back().is_object && levels_.back().key == "cells";
    if (is_cell && cell_level_ == 0) {
      cell_ = {};
      cell_level_ = levels_.size() + 1;
    }
    levels_.push_back({key_, is_object});
    key_ = {};
  }

  void close() {
    if (levels_.empty()) return;
    if (levels_.size() == cell_level_) {
      if (cell_.type == "code") cells_.push_back(std::move(cell_));
      cell_level_ = 0;
    }
    levels_.pop_back();
    key_ = {};
  }

  size_t take_string(size_t at) {
    size_t end = closing_quote(file_, at, QuoteEscapes::Backslash);
    if (end == none) return file_.size();
    Span span{static_cast<uint32_t>(at + 1), static_cast<uint32_t>(end)};
    std::string_view text = file_.substr(at + 1, end - at - 1);
    size_t next = file_.find_first_not_of(" \t\r\n", end + 1);
    bool is_key = !levels_.empty() && levels_.back().is_object && next != none && file_[next] == ':';
    if (is_key)
      key_ = text;
    else
      take_value(span, text);
    return end + 1;
  }

  void take_value(Span span, std::string_view text) {
    if (levels_.empty()) return;
    const Level& level = levels_.back();
    auto is_source = [](std::string_view key) { return key == "source" || key == "input"; };
    bool in_cell = cell_level_ > 0 && levels_.size() == cell_level_;
    if (in_cell && key_ == "cell_type") cell_.type = text;
    if (in_cell && key_ == "language") cell_.language = text;
    bool is_line = cell_level_ > 0 && levels_.size() == cell_level_ + 1 && !level.is_object && is_source(level.key);
    if (is_line || (in_cell && is_source(key_))) cell_.lines.push_back(span);
    bool names = (level.key == "kernelspec" && key_ == "language") || (level.key == "language_info" && key_ == "name");
    if (names && cell_level_ == 0 && language_.empty()) language_ = text;
  }

  void add_cell(const Cell& cell) {
    if (!is_python(cell.language)) return;
    size_t begin = code_.text.size();
    size_t piece = code_.pieces.size();
    for (Span line : cell.lines) add_line(line);
    std::string_view text = std::string_view(code_.text).substr(begin);
    size_t first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    std::string_view magic = text.substr(first, text.find_first_of(" \t\r\n", first) - first);
    if (magic.starts_with("%%") && !python_magics.contains(magic)) {
      code_.text.resize(begin);
      code_.pieces.resize(piece);
      return;
    }
    leave_out_magics(begin);
    code_.text += '\n';
  }

  void add_line(Span span) {
    std::string_view text = file_.substr(0, span.end);
    for (size_t at = span.begin; at < text.size();) {
      size_t escape = std::min(text.find('\\', at), text.size());
      add_piece(at, escape, text.substr(at, escape - at));
      if (escape == text.size()) return;
      std::string meant;
      at = append_escape(meant, text, escape, escapes);
      std::replace(meant.begin(), meant.end(), '\0', ' ');
      add_piece(escape, at, meant);
    }
  }

  void add_piece(size_t begin, size_t end, std::string_view text) {
    if (text.empty()) return;
    code_.pieces.push_back({static_cast<uint32_t>(code_.text.size()),
                            static_cast<uint32_t>(text.size()),
                            {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}});
    code_.text += text;
  }

  // `%matplotlib inline`, `!pip install x` and `?open` become statements that do nothing, at the same length.
  void leave_out_magics(size_t begin) {
    bool goes_on = false;
    for (size_t at = begin; at < code_.text.size();) {
      size_t end = std::min(code_.text.find('\n', at), code_.text.size());
      size_t first = std::min(code_.text.find_first_not_of(" \t", at), end);
      char c = first < end ? code_.text[first] : '\n';
      if (goes_on || c == '%' || c == '!' || c == '?') {
        std::string_view nothing = end - first > 4 && !goes_on ? "pass#" : "#";
        goes_on = end > first && code_.text[end - 1] == '\\';
        if (end > first) code_.text.replace(first, nothing.size(), nothing);
      }
      at = end + 1;
    }
  }

  std::string_view file_;
  EmbeddedCode code_;
  std::vector<Level> levels_;
  std::string_view key_;   // of the value that comes next
  size_t cell_level_ = 0;  // how many levels are open inside of a cell; 0 outside
  Cell cell_;
  std::vector<Cell> cells_;
  std::string_view language_;
};

}  // namespace

EmbeddedCode cells_of_notebook(std::string_view file) {
  return CellReader(file).take();
}

}  // namespace tfcheck
