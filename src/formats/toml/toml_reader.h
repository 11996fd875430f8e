// TOML text to Entry facts in one pass. Tolerant: a line that is no TOML is skipped, the rest is read.
#pragma once

#include "facts/file_facts.h"

namespace tfcheck {

// Adds an Entry for every scalar, and one of kind Map or List for every table and non-empty array, in file order. The
// elements of `[[a]]` are "a.0", "a.1", …; a table that is only implied (`[a.b]` implies a) has its Map too.
void read_toml(std::string_view text, FileFacts& facts);

}  // namespace tfcheck
