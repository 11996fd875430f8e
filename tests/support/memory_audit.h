// Whole audits of a few files in memory, for tests of what comes out of them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/audit.h"
#include "formats/adapters.h"

namespace tfcheck {

using TestFiles = std::vector<std::pair<std::string, std::string>>;  // path, bytes

inline FileSet file_set(const TestFiles& files) {
  std::vector<MemoryFile> memory;
  for (const auto& [path, bytes] : files) memory.push_back({path, bytes});
  return FileSet::of(std::move(memory));
}

inline AuditResult audit(const TestFiles& files, const RuleSet& rules, const Prefilter& prefilter,
                         unsigned threads = 1) {
  FileSet set = file_set(files);
  AuditOptions options;
  options.threads = threads;
  return run_audit(set, {set, rules.words(), threads}, rules, prefilter, options);
}

inline AuditResult audit(const TestFiles& files, const RuleSet& rules, unsigned threads = 1) {
  return audit(files, rules, Prefilter(rules), threads);
}

}  // namespace tfcheck
