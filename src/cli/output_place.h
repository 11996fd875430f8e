// Where a path of -o leads, found one name at a time. Links outside of the audited tree are the user's own and are
// followed; one that lies in it is the tree's word and is refused.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "repo/descriptor.h"

namespace tfcheck {

struct OutputPlace {
  Descriptor folder;  // of the last name
  std::string name;   // in that folder
  std::string path;   // absolute, without links
  // What is there now: 0 for nothing yet. Of an open file (a link in /proc, as /dev/stdout ends in one) the file's.
  mode_t type = 0;
  bool is_open_file = false;
  std::optional<std::pair<dev_t, ino_t>> identity;
};

// Follows `file` as the system would, but for links that lie in `tree` (an absolute path without links).
Result<OutputPlace> find_output_place(const std::string& file, std::string_view tree);

// The tree that a folder belongs to: the repository that holds it, else the folder itself. Absolute, without links.
std::string tree_of_folder(const std::string& folder);
// Is `path` the folder `tree` or below it?
bool lies_in(std::string_view path, std::string_view tree);

}  // namespace tfcheck
