// Imports without a parse: a scan by lines, described by rows or, where rows cannot say it, done by a language itself.
#pragma once

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "base/words.h"
#include "facts/adapter.h"

namespace tfcheck {

// One form of an import: `keyword [skip] module [alias name] end`.
struct ImportForm {
  std::string_view keyword = {};  // "import ": what its line begins with; "" for no form
  std::string_view skip = {};     // "static ": what may follow
  std::string_view end = {};      // ";": what must follow, "" for the end of the line
  std::string_view alias = {};    // " as ": what stands before another name; "=": what stands behind it
};

struct ImportScan {
  ImportForm forms[2] = {};
  // Behind a line that begins with one of these there are no imports; "{" is a line that ends with it.
  Words stops_at = {};
  // A scan of its own instead.
  void (*scan)(const SourceFile& file, FileFacts& facts) = nullptr;

  constexpr bool finds() const { return scan || !forms[0].keyword.empty(); }
};

// Adds the Import facts of a file.
void scan_imports(const ImportScan& how, const SourceFile& file, FileFacts& facts);

// A line of source: as it stands, and without the blanks around it, at its place.
struct SourceLine {
  std::string_view raw;
  std::string_view text;
  Span span;

  // What stands indented is imported only when its block runs.
  Context context() const {
    Context context;
    if (!raw.empty() && (raw[0] == ' ' || raw[0] == '\t')) context.flags = context::InCondition;
    return context;
  }
};

// Calls `visit` for each line until it returns false.
template <typename Visit>
void for_each_line(std::string_view source, Visit visit) {
  for (size_t begin = 0; begin < source.size();) {
    size_t end = std::min(source.find('\n', begin), source.size());
    std::string_view raw = source.substr(begin, end - begin);
    std::string_view text = trim(raw);
    size_t at = begin + (text.empty() ? 0 : static_cast<size_t>(text.data() - raw.data()));
    Span span{static_cast<uint32_t>(at), static_cast<uint32_t>(at + text.size())};
    if (!visit(SourceLine{raw, text, span})) return;
    begin = end + 1;
  }
}

}  // namespace tfcheck
