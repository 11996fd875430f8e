// The examples of a rule page, run as tests: each group of fences is a small repository in memory, audited with
// the whole rule set; the page's own findings must stand exactly where the fences say.
#pragma once

#include <string>
#include <vector>

#include "session/session.h"

namespace tfcheck {

struct ExampleFailure {
  std::string page;
  uint32_t line = 0;  // of the fence, or of the match that never fired
  std::string message;
};

struct ExampleReport {
  size_t examples = 0;
  std::vector<ExampleFailure> failures;
};

// Checks the examples of the rules whose index is in `which`: positions, a bad and a good one on every page, and that
// every [[match]] and [[require]] fires on some example.
ExampleReport check_examples(const Session& session, const std::vector<uint32_t>& which);

}  // namespace tfcheck
