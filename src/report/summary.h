// What several outputs say in the same words: counts, and paths as URIs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "report/report.h"

namespace tfcheck {

// Active findings by severity, the files they are in, and the findings that are not active.
struct Counts {
  size_t errors = 0;
  size_t warnings = 0;
  size_t notes = 0;
  size_t files = 0;
  size_t suppressed = 0;
  size_t baselined = 0;

  size_t active() const { return errors + warnings + notes; }
};
Counts count_findings(const Report& report);

// "1 error", "2 errors".
std::string counted(size_t number, std::string_view noun);
// "assessed", "not applicable", "not assessed".
std::string_view to_string(Assessment assessment);
std::string_view to_string(FindingState state);

bool is_utf8(std::string_view bytes);
// A relative path as a URI reference: every byte but unreserved ones and '/' percent-encoded; a colon in the first
// segment cannot be taken for a scheme, since it is encoded too.
std::string path_uri(std::string_view path);
// At most `limit` bytes of UTF-8, cut between characters, "…" at the end when cut.
std::string shorten(std::string_view text, size_t limit);

}  // namespace tfcheck
