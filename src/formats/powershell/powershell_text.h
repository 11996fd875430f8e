// Texts, variables and comments of PowerShell, as they are written and what they say.
#pragma once

#include <string_view>

#include "facts/file_facts.h"

namespace tfcheck {

// A word: a text in quotes, a here-string, a variable, or what stands bare.
struct Text {
  std::string_view written;
  Span span;
  size_t end = 0;
  bool is_text = false;  // a literal or a variable: it has a value
};

// The word at a place; an empty one where none begins.
Text read_text(std::string_view script, size_t at);
// What it says: a number or bool, a text, a template with its variables as `${x}`, Env for `$env:X`, Name for `$x`.
Value evaluate(FileFacts& facts, const Text& text);

// Behind the string or here-string that begins at a place; the place itself where none does.
size_t behind_string(std::string_view script, size_t at);
// Behind a comment, `# …` or `<# … #>`.
size_t behind_comment(std::string_view script, size_t at);
// Behind `$x`, `${x}`, `$env:X`.
size_t behind_variable(std::string_view script, size_t at);
// "X" of `$env:X`, "x" of `$script:x` and `${x}`.
std::string_view variable_name(std::string_view written);
bool is_environment(std::string_view written);

}  // namespace tfcheck
