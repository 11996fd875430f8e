// Lists of a rule page whose items say what they are about: `- python, ruby: what to write there`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pages/rule_page.h"

namespace tfcheck {

struct PageItem {
  std::vector<std::string> names;  // in front of the colon
  std::string text;                // behind it, on one line
  uint32_t line = 0;               // of the page
};

bool is_page_item(std::string_view line);
// The items of a section whose text begins at `line`; indented lines go on with the item above them. An item without a
// text is an error, in which `usage` says what one looks like.
Result<std::vector<PageItem>> page_items(std::string_view text, uint32_t line, std::string_view file,
                                         std::string_view usage);
// Is the word no language, format or dialect? With the nearest that is one.
std::optional<Error> unknown_format(std::string_view word, std::string_view file, uint32_t line);
// What a section "Coverage" says.
Result<PageCoverage> page_coverage(std::string_view text, uint32_t line, std::string_view file);

}  // namespace tfcheck
