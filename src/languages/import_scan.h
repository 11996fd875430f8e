// Imports without a parse: a scan by lines, described by rows or, where rows cannot say it, done by a language itself.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

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

// How a file at its top names the packages that it wants, so that it needs no manifest: PEP 723, //DEPS, #:package.
struct ScriptHeader {
  std::string_view ecosystem = {};  // "" for no such header
  std::string_view opens = {};      // a line that begins the block; "" where every line stands for itself
  std::string_view closes = {};
  std::string_view line = {};     // what a line begins with
  std::string_view version = {};  // characters that end a package's name
};

struct ImportScan {
  ImportForm forms[2] = {};
  // Behind a line that begins with one of these there are no imports; "{" is a line that ends with it.
  Words stops_at = {};
  ScriptHeader header = {};
  // A scan of its own instead.
  void (*scan)(const SourceFile& file, FileFacts& facts) = nullptr;

  constexpr bool finds() const { return scan || !forms[0].keyword.empty(); }
};

// Adds the Import facts of a file.
void scan_imports(const ImportScan& how, const SourceFile& file, FileFacts& facts);
// Adds a Dependency of group "script" for each package that its header names.
void add_header_packages(const ScriptHeader& header, std::string_view text, FileFacts& facts);

// A line of source: as it stands, and without the blanks around it, at its place.
struct SourceLine {
  std::string_view raw;
  std::string_view text;
  Span span;
};

// In which blocks the lines of a source stand, as their indentation tells: what is imported in a function is needed as
// well, what is imported in a branch or a `try` may be missing.
class IndentedBlocks {
 public:
  // `conditional`: what the first line of a branch or a try begins with. It must outlive this.
  explicit IndentedBlocks(std::span<const std::string_view> conditional) : conditional_(conditional) {}
  // The context of the next line; call it for every line that is no comment.
  Context take(const SourceLine& line);

 private:
  struct Block {
    size_t indent = 0;
    uint32_t flags = 0;  // of what stands in it
  };
  std::span<const std::string_view> conditional_;
  std::vector<Block> open_;
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
