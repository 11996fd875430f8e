// What keeps a bad YAML file from costing more than its bad parts: entries that do not parse are blanked before a
// second parse. Offsets stay as they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/work.h"

namespace tfcheck {

// Bigger files are not worth a second parse.
inline constexpr size_t largest_repair = 200'000;

// The text of a file that did not parse, without the entries (to a depth of a few levels) that are to blame. Finding
// them costs `work`.
std::string blank_broken_parts(std::string_view text, ParseWork& work);

}  // namespace tfcheck
