// What looking at one file may cost and has cost. Limits count work, never time: the same file gives the same answer on
// a busy machine, on another one, and on any number of threads.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tfcheck {

// A parse unit is about one step of a parser (a table look-up, a child, a stack node): some 50 ns of a core of 2026,
// whatever the text. Code that people write needs 1 to 4 units a byte, minified code up to 7.
inline constexpr uint64_t parse_units_at_least = 500'000;
inline constexpr uint64_t parse_units_per_byte = 16;

constexpr uint64_t parse_limit(size_t bytes) {
  return parse_units_at_least + parse_units_per_byte * bytes;
}

// The parses of one file share one allowance: a configuration file is parsed again when it is repaired, and the shell
// text in it is parsed piece by piece.
struct ParseWork {
  uint64_t limit = UINT64_MAX;  // units
  uint64_t spent = 0;

  uint64_t left() const { return spent < limit ? limit - spent : 0; }
};

// Counters of the work that an audit did. They depend on the audited tree alone, never on the machine, its load or the
// number of threads, so that tests can say that twice the input is twice the work.
struct Work {
  uint64_t parse_units = 0;  // that parsers took of their budgets
  uint64_t steps = 0;        // of readers behind a parse: nodes looked at, bytes of shell text handed on
  uint64_t kept = 0;         // bytes that facts hold: their texts, their arguments and themselves
  uint64_t visited = 0;      // facts and files that the model and the rules looked at
  uint64_t comparisons = 0;  // a test held against a fact, a finding against a directive or another finding

  Work& operator+=(const Work& other) {
    parse_units += other.parse_units;
    steps += other.steps;
    kept += other.kept;
    visited += other.visited;
    comparisons += other.comparisons;
    return *this;
  }
};

}  // namespace tfcheck
