// A rule page: Markdown with one TOML block and fenced examples → Rule. Every mistake is an error with file and line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pages/rule.h"

namespace tfcheck {

struct Example {
  std::string fence;  // info string
  std::string language;
  std::string file;  // path of the file, derived from the language when not given
  std::string text;
  std::string group;  // case=
  bool bad = false;
  bool good = false;
  bool unversioned = false;  // its group is in no repository
  // Practices of the page: those that are seen in this file, and no others; and those that are not.
  std::vector<std::string> seen, unseen;
  std::vector<uint32_t> lines;  // expected 1-based lines; empty with bad: exactly one finding
  uint32_t line = 0;            // of the fence, in the page
};

// The name under which a reason is about all languages that a page has no other word for.
inline constexpr std::string_view every_other_language = "languages";

// Why a rule does not look at some languages or formats.
struct CoverageReason {
  std::vector<std::string> formats;  // languages, formats, dialects, every_other_language
  std::string text;
  uint32_t line = 0;  // of the page
};

// Where a rule looks, as its page says it (section "Coverage"). Every language is claimed without a word.
struct PageCoverage {
  std::vector<std::string> claims;  // formats and dialects
  std::vector<CoverageReason> reasons;
  uint32_t line = 0;  // of the section's heading; 0: the page has none
};

// What a page tells its readers, and how it is tested. Nobody else needs it, so that no rule carries it along.
struct PageText {
  std::string markdown;  // without the rule block, each example marked as wrong or right
  std::vector<Example> examples;
  PageCoverage coverage;
};

// `id` is "<factor>/<rule>", from the path; `file` is what messages call the page. The text must outlive the rule.
Result<Rule> parse_rule_page(std::string_view id, std::string_view file, std::string_view text, Vocabulary& vocabulary);
// Of a page that is a rule's.
PageText page_text(std::string_view page);

}  // namespace tfcheck
