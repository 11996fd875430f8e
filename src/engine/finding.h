// One thing that a rule found, at a place in a file. A value with a total order, so that the same tree gives the same
// report whatever the threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/severity.h"
#include "base/span.h"
#include "model/project.h"

namespace tfcheck {

struct RelatedPlace {
  uint32_t file = 0;         // index into the project's files
  std::optional<Span> span;  // none: the file as a whole
  std::string note;          // its own few words: "started from here"

  friend auto operator<=>(const RelatedPlace&, const RelatedPlace&) = default;
  friend bool operator==(const RelatedPlace&, const RelatedPlace&) = default;
};

// What a page's match asked for and found.
struct Cause {
  uint32_t line = 0;            // of the match or requirement in the page
  std::optional<FactRef> fact;  // none: a file by its path

  friend auto operator<=>(const Cause&, const Cause&) = default;
  friend bool operator==(const Cause&, const Cause&) = default;
};

// What came with a later edition than the one in force, and what it will be once that is in force.
struct LaterEdition {
  std::string name;  // "2026.2"
  Severity severity = Severity::Note;

  friend auto operator<=>(const LaterEdition&, const LaterEdition&) = default;
  friend bool operator==(const LaterEdition&, const LaterEdition&) = default;
};

struct Finding {
  uint32_t file = 0;         // index into the project's files
  std::optional<Span> span;  // none: the file as a whole
  uint32_t rule = 0;         // index into the rule set (rules are in id order)
  // A note that counts for nothing until then; what is in force stands before it.
  std::optional<LaterEdition> later = {};
  Severity severity = Severity::Warning;
  Confidence confidence = Confidence::High;
  std::string message;  // one sentence; secrets in it are masked already
  std::vector<RelatedPlace> related;
  std::vector<Span> secrets;         // ranges of `file` that no output may show
  std::optional<Cause> cause;        // none: the rule's own C++ decided
  std::string why, fix;              // in place of the page's, one sentence without its full stop; "": the page's
  bool everywhere = false;           // about the repository: it counts against every component
  std::vector<RelatedPlace> joined;  // where findings stood that this one stands for: no rule that yields tells there

  friend auto operator<=>(const Finding&, const Finding&) = default;
  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace tfcheck
