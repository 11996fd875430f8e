// The regular expressions of text patterns, compiled within bounds: a pack's are not ours.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace tfcheck {

// Compiles a text pattern's regular expression; ask ok() and error().
std::unique_ptr<re2::RE2> compile_text_regex(std::string_view regex);
// What is wrong with one, "" when nothing is.
std::string text_regex_trouble(std::string_view regex);

}  // namespace tfcheck
