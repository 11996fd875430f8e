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
  size_t marked = 0;  // of these, by marks of other tools
  size_t known = 0;   // by a baseline

  size_t active() const { return errors + warnings + notes; }
};
Counts count_findings(const Report& report);

// "in 3 versions of files since 1a2b3c4d5e6f of 2021-03-04, still in HEAD".
std::string commit_words(const ReportCommit& commit);
// "1 error", "2 errors".
std::string counted(size_t number, std::string_view noun);
// The first sentence of a paragraph without its full stop, on one line.
std::string first_sentence(std::string_view paragraph);
// "2 files and 1 folder not read, 1 file in part": what was in scope; "" when everything was looked at.
std::string unread_words(const Report& report);
// "configuration .tfcheck.toml: 79 rules off, gate never": what the file takes away; "" when it takes nothing.
std::string configuration_line(const Report& report);
// "3 new, 41 known"; "" without a baseline.
std::string baseline_words(const Report& report);
// "baseline tfcheck-baseline.json: of its 44 findings 2 gone, 1 not looked at (tfcheck baseline prune)"; "" when all of
// them were found.
std::string baseline_line(const Report& report);
// How many entries of the baseline are in that state.
size_t count_entries(const ReportBaseline& baseline, EntryState state);
// "4 findings are notes until edition 2026.2"; "" when the edition in force holds nothing back.
std::string edition_line(const Report& report);
// Where a notice stands among others when not all can be told: what was refused first, then what else was not looked
// at.
int notice_rank(const Notice& notice);
// Why something was not looked at, as a word for programs: "missing-object".
std::string_view unread_id(Unread why);
// "assessed", "partly assessed", "not applicable", "not assessed".
std::string_view to_string(Assessment assessment);
std::string_view to_string(FindingState state);

bool is_utf8(std::string_view bytes);
// A relative path as a URI reference: every byte but unreserved ones and '/' percent-encoded; a colon in the first
// segment cannot be taken for a scheme, since it is encoded too.
std::string path_uri(std::string_view path);
// At most `limit` bytes of UTF-8, cut between characters, "…" at the end when cut.
std::string shorten(std::string_view text, size_t limit);

}  // namespace tfcheck
