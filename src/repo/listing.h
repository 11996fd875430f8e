// The four ways to list the files of an audit. Each yields entries sorted by path bytes and relative to the tree's
// root; trouble with one file or folder is a notice and loses only that.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "repo/audit_root.h"
#include "repo/file_set.h"
#include "repo/object_store.h"

namespace tfcheck {

struct FileListing {
  std::vector<FileEntry> files;
  std::vector<Notice> notices;
};

// Files on disk. In a repository those that git tracks or does not ignore, outside of the audited folder untracked ones
// only beside tracked ones; elsewhere all of them, but for the folders of revision control systems. A folder that git
// ignores leaves the repository (leave_repository).
FileListing list_work_tree(AuditRoot& root, const std::vector<std::string>& exclude);

// Files as they are staged.
Result<FileListing> list_index(const AuditRoot& root, const ObjectStore& store,
                               const std::vector<std::string>& exclude);

// Files of a commit; sets info.revision. None when the commit does not have the audited folder.
Result<FileListing> list_commit(AuditRoot& root, const ObjectStore& store, const std::string& revision,
                                const std::vector<std::string>& exclude);

// Does a glob leave out this file, or (`folder`) everything below this folder?
bool is_excluded(const std::vector<std::string>& exclude, std::string_view path);
bool is_excluded_folder(const std::vector<std::string>& exclude, const std::string& path);

void sort_by_path(std::vector<FileEntry>& files);

// Kind and flags of an entry by its git file mode; `path` is given to it.
FileEntry entry_of_mode(std::string path, uint32_t mode);

// Makes a listing of git's objects: adds what only these know (size, a symlink's target), and keeps watch over how
// often the same bytes stand in it.
class ObjectListing {
 public:
  explicit ObjectListing(const ObjectStore& store) : store_(store) {}
  void add(std::string path, uint32_t mode, const ObjectId& id);
  void notice(Notice notice) { listing_.notices.push_back(std::move(notice)); }
  FileListing finish();

 private:
  bool take_size(FileEntry& file);

  const ObjectStore& store_;
  FileListing listing_;
  std::unordered_map<ObjectId, uint64_t, ObjectIdHash> sizes_;
  UnpackMeter meter_;
  uint64_t repeated_bytes_ = 0;
  size_t left_out_ = 0;
};

}  // namespace tfcheck
