// One tree (work tree, index or commit) as a few questions about paths, for the files that steer an audit: its
// configuration and packs. Paths are relative to the repository's root, or to the audited folder outside one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "repo/audit_root.h"

namespace tfcheck {

class TreeSource {
 public:
  enum class Kind : uint8_t { Nothing, File, Folder, Link, Submodule, Other };
  struct Item {
    std::string path;
    Kind kind;
  };

  virtual ~TreeSource() = default;
  // What lies at a path ("" is the whole tree). A link is never followed: what lies beyond one on the way is an Error.
  virtual Result<Kind> look(const std::string& path) = 0;
  // Everything below a folder but folders, sorted by path. An Error when it takes more than `most` names to find.
  virtual Result<std::vector<Item>> below(const std::string& path, size_t most) = 0;
  // The bytes of a file; an Error when there are more than `limit` of them.
  virtual Result<std::string> read(const std::string& path, size_t limit) = 0;
};

// The tree that FileSet::open would list with these options. `root` must outlive it.
Result<std::unique_ptr<TreeSource>> open_tree_source(AuditRoot& root, const FileSetOptions& options);

}  // namespace tfcheck
