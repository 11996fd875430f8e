// Where the imports of a source stand that it cannot do without: at its head, above the first function and class.
#pragma once

#include <string_view>

namespace tfcheck {

// The part of a source, of whatever language, in front of the first line that begins a definition; all of it where none
// does. What is imported below is seen only where a file is parsed.
std::string_view import_head(std::string_view text);

}  // namespace tfcheck
