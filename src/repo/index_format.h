// The bytes of one index file, as git's index-format.txt describes versions 2 to 4. Read here and not by libgit2: that
// one knows neither split nor sparse indexes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "repo/object_id.h"

namespace tfcheck {

struct IndexEntry {
  std::string_view path;  // relative to the repository's root; of a sparse index's folder with a '/' at its end
  ObjectId id;
  uint32_t mode = 0;
  uint8_t stage = 0;              // 0; of an unmerged path 1 (base), 2 (ours), 3 (theirs)
  bool is_promised_only = false;  // git add -N
  // lstat of the file when git last looked at it, each cut to 32 bits.
  uint32_t changed_seconds = 0, changed_nanoseconds = 0, modified_seconds = 0, modified_nanoseconds = 0;
  uint32_t inode = 0, size = 0;
};

// What makes an index one half of a split one: the base that it changes, and how.
struct IndexLink {
  ObjectId base;                   // none: not split
  std::vector<uint32_t> deleted;   // positions in the base
  std::vector<uint32_t> replaced;  // positions in the base that the first entries, which have no names, stand for
};

struct IndexData {
  std::string bytes;  // the file, or the unpacked paths of version 4; holds what the entries' paths view
  std::vector<IndexEntry> entries;
  IndexLink link;
  ObjectId checksum;  // of the file
};

// Reads the bytes of an index. The Error is why it cannot be read, as a clause.
Result<IndexData> parse_index(std::string bytes);

}  // namespace tfcheck
