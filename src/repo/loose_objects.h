// Git's loose objects, one compressed file each. Read here and not by libgit2: that one (up to 1.9) spins for ever on
// a truncated object and writes out of bounds on one that lies about its size.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "repo/object_id.h"

namespace tfcheck {

struct LooseObject {
  bool exists = false;
  ObjectType type = ObjectType::None;  // None when it is damaged
  uint64_t size = 0;
  std::string bytes;  // of read_loose only, and only when it is no larger than largest_object
};

// The object in one of a repository's object directories, without its bytes or with them.
LooseObject look_at_loose(const std::string& directory, const ObjectId& id);
LooseObject read_loose(const std::string& directory, const ObjectId& id);
// The ids of a directory that begin with some hexadecimal digits (two at least), at most `most` of them.
std::vector<ObjectId> loose_starting_with(const std::string& directory, std::string_view digits, size_t most);

}  // namespace tfcheck
