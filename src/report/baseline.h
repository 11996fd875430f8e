// The file of findings that a team knows and has not mended yet: the gate then judges only what is new. One line an
// entry, sorted by fingerprint, each line ending alike, so that branches which add or drop findings merge. It holds
// hashes, rules and paths, no text of the tree.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "report/report.h"

namespace tfcheck {

inline constexpr std::string_view baseline_name = "tfcheck-baseline.json";
// A report holds at most 20,000 findings, and an entry is a line of some 200 bytes.
inline constexpr size_t most_baseline_bytes = size_t{16} << 20;
inline constexpr size_t most_baseline_entries = 40'000;

struct Baseline {
  std::string file;  // as messages name it, "" when it is no file
  std::vector<BaselineEntry> entries;
  std::string since = {};  // of no file: the commit whose findings they are, "main at 0123456789ab"
};

// Reads what write_baseline wrote, in any layout and order: who merges by hand need not sort. Keys that a later program
// of the same version may add are passed over. `file` is it in messages; an Error names the line or the
// entry.
Result<Baseline> read_baseline(const std::string& file, std::string_view text);
std::string write_baseline(std::vector<BaselineEntry> entries);

// A finding as a baseline keeps it.
BaselineEntry baseline_entry(const ReportFinding& finding);

}  // namespace tfcheck
