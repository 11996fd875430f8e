// The dotted key at which a finding stands in a configuration file, as exceptions name it.
#pragma once

#include <map>
#include <string_view>

#include "engine/finding.h"

namespace tfcheck {

class PlaceKeys {
 public:
  // The project must outlive it.
  explicit PlaceKeys(const Project& project) : project_(project) {}

  // Is the finding at a key that the glob matches (`*` within a segment, `**` across)? A finding is at the key that
  // holds it, and at the one that its fact stands in.
  bool is_at(const Finding& finding, std::string_view glob);

 private:
  using Entries = std::map<Span, uint32_t>;  // of one file, by place
  std::string_view entry_key(const Finding& finding);

  const Project& project_;
  std::map<uint32_t, Entries> files_;
};

}  // namespace tfcheck
