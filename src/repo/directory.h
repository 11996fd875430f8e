// One folder on disk: its names in the order in which git sorts paths, and their stat data. Links are never
// followed.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>
#include <vector>

#include "repo/descriptor.h"

namespace tfcheck {

class Directory {
 public:
  struct Name {
    std::string text;
    mode_t type;  // S_IFDIR, S_IFREG, …
  };

  // Opens and lists the folder at `path` below `root` ("" is the root itself).
  Directory(int root, const std::string& path);

  // Why the folder cannot be listed, "" when it can.
  const std::string& trouble() const { return trouble_; }
  Unread why() const { return why_; }
  // Sorted by bytes, a folder as if its name ended in '/': walking them in order yields paths in order.
  const std::vector<Name>& names() const { return names_; }
  bool has(std::string_view name) const;
  // lstat of one of the names; false when it has gone or may not be looked at.
  bool status(const std::string& name, struct stat& status) const;
  std::string link_target(const std::string& name) const;

 private:
  void read_names();
  void fail(int error);

  Descriptor fd_;
  std::vector<Name> names_;
  std::string trouble_;
  Unread why_ = Unread::None;
};

}  // namespace tfcheck
