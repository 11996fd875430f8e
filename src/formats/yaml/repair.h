// What keeps a bad YAML file from costing more than its bad parts: lines that are nested too deeply for the grammar are
// blanked before the parse, entries that do not parse are blanked before a second one. Offsets stay as they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tfcheck {

// The text without the lines below the deepest level that the parser can take; "" when there are none. The grammar's
// scanner writes its stack of indentations into a buffer of fixed size and runs over its end at some 250 levels.
std::string blank_deep_lines(std::string_view text);

// Bigger files are not worth a second parse.
inline constexpr size_t largest_repair = 200'000;

// The text of a file that did not parse, without the entries (to a depth of a few levels) that are to blame.
std::string blank_broken_parts(std::string_view text);

}  // namespace tfcheck
