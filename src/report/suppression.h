// Inline suppressions: the tool's name, a colon, `ignore[logs/log-file] reason`, in any comment. Works on text alone,
// knows no grammar: a directive counts when a comment opener stands before it on its line. A directive names its rules;
// a blanket ignore does not exist.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"
#include "engine/finding.h"

namespace tfcheck {

struct Suppression {
  uint32_t line = 1;               // of the directive
  uint32_t last_line = 1;          // last line covered; UINT32_MAX for ignore-file
  Span covers;                     // bytes: a finding that begins in here is covered
  std::vector<std::string> rules;  // full rule ids, as written
  std::string reason;              // "" when none was given
  Span span;                       // of the directive in the text, from `tfcheck:` to the closing bracket
};

struct SuppressionScan {
  std::vector<Suppression> suppressions;  // in text order
  std::vector<Notice> notices;            // malformed directives; `path` is for the caller to fill in
};

// The suppressions in a file's text. A directive behind code covers its line; on a comment line of its own it covers
// everything up to the next line that is neither blank nor a comment; ignore-file, in the first ten lines, the file.
SuppressionScan find_suppressions(std::string_view text);

// The suppressions of one file, for apply_suppressions.
struct FileSuppressions {
  uint32_t file = 0;  // index into the project's files
  std::vector<Suppression> suppressions;
};

// A rule that a directive names without any finding of that rule in the lines it covers.
struct UnusedSuppression {
  uint32_t file = 0;
  uint32_t line = 1;
  Span span;  // of the directive
  std::string rule;
};

// Why a finding is suppressed.
struct SuppressionReason {
  std::string text;       // "" when none was given
  std::string mark = {};  // of another tool, "" when it is ours
};

struct AppliedSuppressions {
  std::vector<std::optional<std::string>> reasons;  // per finding, in the order given; none: not suppressed
  std::vector<UnusedSuppression> unused;            // by file, then place
};

// Which findings are suppressed, and which directives did nothing. `files` is in ascending order of index; `rule_id`
// maps Finding::rule to its id.
AppliedSuppressions apply_suppressions(std::span<const Finding> findings, std::span<const FileSuppressions> files,
                                       const std::function<std::string_view(uint32_t)>& rule_id);

}  // namespace tfcheck
