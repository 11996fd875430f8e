// What was typed, as plain values; the commands read nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "session/load.h"

namespace tfcheck {

enum class ColorChoice : uint8_t { Auto, Always, Never };

// One -o: a format and the file it goes to.
struct OutputName {
  std::string format;
  std::string file;
};

struct Options {
  std::string command = "check";
  std::vector<std::string> arguments;  // of explain, rules check, facts
  std::string action;                  // of baseline
  std::string format;                  // on standard output; "" for none
  std::vector<OutputName> outputs;
  AuditSetup setup;
  std::string report;         // of explain: a JSON report, in place of an audit
  bool allow_unread = false;  // what could not be read is told and does not change the exit code
  unsigned jobs = 0;          // 0: one per core
  ColorChoice color = ColorChoice::Auto;
  bool quiet = false, verbose = false, stats = false, all = false, derived = false, score = false, secrets = false;
  bool edition = false;  // of rules: what the newest edition changes
};

}  // namespace tfcheck
