// Decoding of YAML scalars: folding of plain and quoted text over lines, escapes, block scalars with their indentation
// and chomping.
#pragma once

#include <string>
#include <string_view>

namespace tfcheck {

// A decoded scalar; a view of `source` when nothing had to change, else `storage` holds the text.
struct DecodedScalar {
  std::string storage;
  std::string_view verbatim;  // used when `changed` is false
  bool changed = false;

  std::string_view text() const { return changed ? std::string_view(storage) : verbatim; }
};

DecodedScalar decode_plain(std::string_view source);
// With its quotes.
DecodedScalar decode_single_quoted(std::string_view source);
// With its quotes; JSON strings are such scalars too.
DecodedScalar decode_double_quoted(std::string_view source);
// From its `|` or `>` on.
DecodedScalar decode_block(std::string_view source);

}  // namespace tfcheck
