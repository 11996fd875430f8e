// A rule page: Markdown with one TOML block and fenced examples → Rule. Every mistake is an error with file and line.
#pragma once

#include <string_view>

#include "base/result.h"
#include "pages/rule.h"

namespace tfcheck {

// `id` is "<factor>/<rule>", from the path; `file` is what messages call the page.
Result<Rule> parse_rule_page(std::string_view id, std::string_view file, std::string_view text,
                             const Vocabulary& vocabulary);

}  // namespace tfcheck
