// Text that stands in a file of another kind and is read as if it were a file of its own: the scripts of Vue
// components, the cells of notebooks, the files that a ConfigMap holds. Every position goes back to where the text
// stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "facts/file_facts.h"

namespace tfcheck {

// More code than this in one host is data (as for a file of its own, scan/scan.h).
inline constexpr size_t largest_embedded = size_t{1} << 20;

// A run of code and where it stands in the file: byte by byte, or one escape as a whole.
struct CodePiece {
  uint32_t at = 0;      // in the code
  uint32_t length = 0;  // there
  Span span;            // in the file
};

struct EmbeddedCode {
  std::string text;
  std::vector<CodePiece> pieces;  // ascending in both; none: the code stands at its own offsets, blanks around it
  std::string_view ending = {};   // of a file that would hold it: ".tsx"
  bool foreign = false;           // the code is of a language that the host is not read for
};

// Moves every span of facts that were read from the code to where it stands in the file.
void move_spans(FileFacts& facts, const EmbeddedCode& code);

}  // namespace tfcheck
