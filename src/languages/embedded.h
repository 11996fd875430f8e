// Code inside files of another kind: the scripts of Vue and Svelte components, the code cells of notebooks. A host's
// reader takes the code out, a language reads it as if it were a file of its own, and every position goes back to where
// the code stands.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/adapter.h"

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

// A kind of file that holds code: a format of the language that claims its files.
struct ScriptHost {
  std::string_view ending;  // of its files: ".vue"
  Format format;
  EmbeddedCode (*take)(std::string_view file) = nullptr;
};

std::span<const ScriptHost> script_hosts();
// The host of a path; null for a file that is code itself.
const ScriptHost* script_host(std::string_view path);

// Moves every span of facts that were read from the code to where it stands in the file.
void move_spans(FileFacts& facts, const EmbeddedCode& code);

// The `<script>` elements of a page that hold JavaScript or TypeScript.
EmbeddedCode scripts_of_markup(std::string_view file);
// The code cells of a Jupyter notebook with a Python kernel. What only IPython understands says nothing.
EmbeddedCode cells_of_notebook(std::string_view file);

}  // namespace tfcheck
