// The ```toml rule block of a page → the data of a Rule. Apart from the page so that toml++ stays in few files.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "pages/rule.h"

namespace tfcheck {

// Fills the rule from its block; `line_offset` is the number of page lines before the block's first.
std::optional<Error> parse_rule_block(std::string_view file, uint32_t line_offset, std::string_view block,
                                      Vocabulary& vocabulary, Rule& rule);

}  // namespace tfcheck
