// The examples of a rule page, run as tests: each group of fences is a small repository in memory, audited with
// the whole rule set; the page's own findings must stand exactly where the fences say.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "session/session.h"

namespace tfcheck {

struct ExampleFailure {
  std::string page;
  uint32_t line = 0;  // of the fence, or of the match that never fired
  std::string message;
};

// How many examples show a language, a format or a dialect.
struct ShownExamples {
  size_t wrong = 0, right = 0;
};

// What the examples of one rule show. A wrong one shows what its findings are told in: the format of their files and of
// the places that belong to them, the language of a command, the languages that a manifest is of.
struct RuleExamples {
  uint32_t rule = 0;  // index into the rule set
  std::map<std::string, ShownExamples, std::less<>> shown;
};

struct ExampleReport {
  size_t examples = 0;
  std::vector<RuleExamples> rules;
  std::vector<ExampleFailure> failures;
};

// Checks the examples of the rules whose index is in `which`: positions, a bad and a good one on every page, that every
// [[match]] and [[require]] fires on some example, that every [[practice]] is seen in one and not in another.
ExampleReport check_examples(const Session& session, const std::vector<uint32_t>& which);

}  // namespace tfcheck
