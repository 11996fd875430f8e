// What stands beside a match: the facts of one file that pass a companion's test, found by where they stand, so that
// every match asks once and no match walks the file.
#pragma once

#include <string_view>
#include <unordered_map>
#include <utility>

#include "model/project.h"
#include "pages/rule.h"

namespace tfcheck {

// The facts of a file that a companion may be, by function, by parent or all together, as its reach says. One that is
// not the match itself is wanted, so two of each will do.
class Companions {
 public:
  explicit Companions(Reach reach = Reach::File) : reach_(reach) {}

  // A fact that passes the companion's test, with its index in the file.
  void add(const Fact& fact, uint32_t index);
  // One beside this fact, other than itself; no_index when there is none.
  uint32_t other_than(const Fact& fact, uint32_t index) const;

 private:
  struct Group {
    std::string_view text;
    uint32_t index = 0;
    friend bool operator==(const Group&, const Group&) = default;
  };
  struct GroupHash {
    size_t operator()(const Group& group) const { return std::hash<std::string_view>{}(group.text) * 31 + group.index; }
  };
  Group group_of(const Fact& fact) const;

  Reach reach_;
  std::unordered_map<Group, std::pair<uint32_t, uint32_t>, GroupHash> found_;
};

}  // namespace tfcheck
