// Facts of a text as lines, for tables of input and expected facts.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "facts/adapter.h"

namespace tfcheck {

struct Read {
  FileFacts facts;
  std::vector<std::string> lines;

  bool has(std::string_view line) const { return std::find(lines.begin(), lines.end(), line) != lines.end(); }
  // The text of the file that a fact's span covers.
  std::string at(std::string_view line, std::string_view text) const {
    for (size_t i = 0; i < lines.size(); ++i) {
      Span span = facts.facts()[i].span;
      if (lines[i] == line) return std::string(text.substr(span.begin, span.end - span.begin));
    }
    return "no such fact";
  }
  const Fact* fact(std::string_view line) const {
    for (size_t i = 0; i < lines.size(); ++i) {
      if (lines[i] == line) return &facts.facts()[i];
    }
    return nullptr;
  }
};

inline Read read_facts(const Adapter& adapter, std::string_view path, std::string_view text) {
  Read read;
  adapter.extract({path, text}, read.facts);
  for (const Fact& fact : read.facts.facts()) read.lines.push_back(to_string(fact));
  return read;
}

}  // namespace tfcheck
