// What a rule page says of its practices outside of their blocks: the list of "What is seen as right", and the fences
// that claim to show one.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pages/rule_page.h"

namespace tfcheck {

// The name of the section.
inline constexpr std::string_view practice_section = "What is seen as right";

// Gives practices the words of their items, `- lock-file: every version is locked`; the text begins at `line`.
std::optional<Error> take_practice_words(std::string_view text, uint32_t line, std::string_view file,
                                         std::vector<Practice>& practices);
// What a page lacks: an item for a practice, a practice for a fence's name.
std::optional<Error> check_practices(const std::vector<Practice>& practices, const std::vector<Example>& examples,
                                     std::string_view file);

}  // namespace tfcheck
