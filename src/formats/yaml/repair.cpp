#include "formats/yaml/repair.h"

#include <algorithm>
#include <vector>

#include "formats/yaml/grammar.h"
#include "syntax/tree.h"

namespace tfcheck {

namespace {

constexpr uint32_t deepest_repair = 3;
constexpr size_t most_parts = 1'000;

size_t line_end(std::string_view text, size_t from) {
  return std::min(text.find('\n', from), text.size());
}

void blank(std::string& text, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

struct Part {
  size_t begin = 0;
  size_t end = 0;
  uint32_t level = 0;
};

size_t indentation(std::string_view text, size_t begin) {
  size_t first = text.find_first_not_of(' ', begin);
  return first == std::string_view::npos ? text.size() - begin : first - begin;
}

bool is_text_line(std::string_view text, size_t begin) {
  size_t first = text.find_first_not_of(" \t\r", begin);
  return first != std::string_view::npos && text[first] != '\n' && text[first] != '#';
}

// The entries inside a part: runs of lines from one with the least indentation below the part's first line to the next.
std::vector<Part> inner_parts(std::string_view text, const Part& part) {
  std::vector<Part> parts;
  size_t at = part.level == 0 ? part.begin : std::min(line_end(text, part.begin) + 1, part.end);
  size_t indent = std::string_view::npos;
  for (size_t line = at; line < part.end; line = line_end(text, line) + 1) {
    if (is_text_line(text, line)) indent = std::min(indent, indentation(text, line));
  }
  for (size_t line = at; line < part.end && parts.size() < most_parts; line = line_end(text, line) + 1) {
    if (!is_text_line(text, line) || indentation(text, line) != indent) continue;
    if (!parts.empty()) parts.back().end = line;
    parts.push_back({line, part.end, part.level + 1});
  }
  return parts;
}

// "key: value", "- item", "---": what a document of entries may have at its outermost level.
bool is_entry(std::string_view line) {
  if (line.starts_with('-') || line.starts_with("...") || line.starts_with('%') || line.starts_with('?')) return true;
  size_t colon = line.find(':');
  while (colon != std::string_view::npos && colon + 1 < line.size() && line[colon + 1] != ' ' &&
         line[colon + 1] != '\r')
    colon = line.find(':', colon + 1);
  return colon != std::string_view::npos;
}

// Of the outermost parts of a file of entries, text that is none: the lines of a here-document that broke out of its
// block. Each parses by itself, and none of what stands above it with it.
std::vector<Part> strays(std::string_view text, const std::vector<Part>& parts) {
  std::vector<Part> found;
  for (const Part& part : parts) {
    if (part.level == 1 && !is_entry(text.substr(part.begin, line_end(text, part.begin) - part.begin)))
      found.push_back(part);
  }
  bool entries = !parts.empty() && (found.empty() || found.front().begin != parts.front().begin);
  return entries ? found : std::vector<Part>{};
}

bool is_broken(std::string_view text, const Part& part, ParseWork& work) {
  Tree tree(yaml_grammar, text.substr(part.begin, part.end - part.begin), work);
  return !tree || tree.root().has_error();
}

}  // namespace

std::string blank_broken_parts(std::string_view text, ParseWork& work) {
  std::string out(text);
  std::vector<Part> broken = {{0, text.size(), 0}};
  size_t budget = text.size() * 4;
  while (!broken.empty()) {
    Part part = broken.back();
    broken.pop_back();
    size_t before = broken.size();
    if (part.level < deepest_repair && budget >= part.end - part.begin) {
      budget -= part.end - part.begin;
      std::vector<Part> parts = inner_parts(text, part);
      for (const Part& stray : part.level == 0 ? strays(text, parts) : std::vector<Part>{})
        blank(out, stray.begin, stray.end);
      for (const Part& inner : parts) {
        if (is_broken(text, inner, work)) broken.push_back(inner);
      }
    }
    if (broken.size() == before && part.level > 0) blank(out, part.begin, part.end);
  }
  return out;
}

}  // namespace tfcheck
