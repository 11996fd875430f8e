// The file pass: every file is taken by one thread from bytes to facts. Big files first; results land in the file's own
// slot, so the outcome does not depend on the threads.
#pragma once

#include <vector>

#include "formats/adapters.h"
#include "model/project.h"
#include "repo/file_set.h"
#include "scan/prefilter.h"

namespace tfcheck {

// Larger files are data: they are not read. A file of one of our formats above the parse limit is not parsed.
inline constexpr size_t largest_read = 8u << 20;
inline constexpr size_t largest_parse = 1u << 20;
// Nobody writes longer lines by hand; a file that has more than so many bytes in such is data.
inline constexpr size_t longest_line = 20'000;
inline constexpr size_t most_in_long_lines = 200'000;

struct ScanStatistics {
  size_t checked = 0;  // files that were read
  size_t skipped = 0;  // all others
  size_t beside = 0;   // read, though they lie outside of the audited folder
  size_t parsed = 0, facts = 0;
  uint64_t bytes_read = 0, bytes_parsed = 0;
  std::vector<std::pair<std::string, double>> slowest;  // path, seconds; at most ten
};

// A listing whose files carry what they say.
struct Scan {
  Listing listing;
  ScanStatistics statistics;
};

// What one thread reads files with; making it costs more than reading a small file does.
struct ScanTools {
  explicit ScanTools(const Prefilter& prefilter) : scanner(prefilter) {}

  Prefilter::Scanner scanner;
  AdapterIndex adapters;
  std::string bytes, text;
  bool imports = true;  // look for those of files that are not parsed, where no manifest says what is used
};

// Reads and parses the files that were listed of this set: fills in facts, hits and states, and says what was not
// looked at.
Scan scan_files(const FileSet& set, Listing listing, const Prefilter& prefilter, unsigned threads);
// The same in this thread, for callers with many small sets.
Scan scan_files(const FileSet& set, Listing listing, ScanTools& tools);
// The text of a file as the scan decoded it; "" when it cannot be read.
std::string text_of(const FileSet& set, const Listing& listing, uint32_t file);

}  // namespace tfcheck
