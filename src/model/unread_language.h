// Languages that no adapter reads yet. Their files are listed, make components and are searched for what secrets look
// like anywhere; what else they say is not known, and reports say so by the language's name.
#pragma once

#include <string_view>

namespace tfcheck {

// The language of a path by its extension ("kotlin", "c++"); "" when it is none of these.
std::string_view unread_language(std::string_view path);

}  // namespace tfcheck
