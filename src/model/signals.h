// Code that handles a signal, by itself ([[signal-call]]) or through a library or host that does ([[graceful]]), and
// which processes it speaks for.
#pragma once

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "model/process_groups.h"

namespace tfcheck {

struct SignalUse {
  FactRef at;
  std::string_view signal;   // "TERM", "INT" …; "any" when only the run knows
  std::string_view handler;  // what handles it
  std::string_view runtime;
  bool ignored = false;  // it is swallowed
  bool flushes = false;  // the handler only sends what telemetry still holds
};

// In file order.
std::vector<SignalUse> signals_of(const ProjectView& view);

class TermHandling {
 public:
  TermHandling(const ProjectView& view, const std::vector<SignalUse>& signals, const ImportedFiles& imported);
  // Does something of the file's component and language handle SIGTERM in a process that runs the file, as far as is
  // known?
  bool reaches(uint32_t file) const;

 private:
  const Project& project_;
  ProcessGroups groups_;
  // Files with a handler, by component and language.
  std::map<std::pair<uint32_t, std::string_view>, std::vector<uint32_t>> handlers_;
};

}  // namespace tfcheck
