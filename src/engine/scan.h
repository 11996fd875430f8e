// The file pass: every file is taken by one thread from bytes to facts. Big files first; results land in the file's own
// slot, so the outcome does not depend on the threads.
#pragma once

#include <vector>

#include "engine/prefilter.h"
#include "model/project.h"
#include "repo/file_set.h"

namespace tfcheck {

struct ScanStatistics {
  size_t checked = 0, skipped = 0, parsed = 0, facts = 0;
  uint64_t bytes_read = 0, bytes_parsed = 0;
  std::vector<std::pair<std::string, double>> slowest;  // path, seconds; at most ten
};

// Lists the file set as project files with scope and adapter; nothing is read.
void list_files(const FileSet& set, unsigned threads, Project& project);
// Reads and parses; fills facts, hits, skip reasons and notices.
ScanStatistics scan_files(const FileSet& set, const Prefilter& prefilter, unsigned threads, Project& project);
// The decoded text of a file; "" when it cannot be read.
std::string text_of(const FileSet& set, uint32_t file);

}  // namespace tfcheck
