// Which findings a baseline knows. A finding is known by its rule, what is written there and where in its file that
// stands, not by its line; once its old place is gone also in another file. An entry knows as many places as its
// finding stood for, most often one: a second copy of a known problem is new.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "report/report.h"

namespace tfcheck {

// What is known of an entry in this run.
struct EntryPlace {
  bool is_gone = false;       // its file is no longer in the tree
  bool is_looked_at = false;  // had its finding still been there, it would have been found
};

struct BaselineMatch {
  std::vector<std::optional<uint32_t>> entry_of;    // by finding
  std::vector<std::optional<uint32_t>> finding_of;  // by entry; of several that it knows the first
  std::vector<size_t> known_places;                 // by finding: all of its places, or it is new
};

// `places` is by entry. `findings` are written as entries, in the order of the report; rules have today's ids on both
// sides.
BaselineMatch match_baseline(std::span<const BaselineEntry> entries, std::span<const EntryPlace> places,
                             std::span<const BaselineEntry> findings);

}  // namespace tfcheck
