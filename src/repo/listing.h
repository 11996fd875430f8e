// The four ways to list the files of an audit. Each yields entries sorted by path bytes and relative to the audit's
// root; trouble with one file or folder is a notice and loses only that.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "repo/file_set.h"
#include "repo/open_repository.h"

namespace tfcheck {

struct Listing {
  std::vector<FileEntry> files;
  std::vector<Notice> notices;
};

// Files on disk below `root` (a descriptor of the audit's root). In a repository those that git tracks or does not
// ignore; elsewhere all of them, but for the folders of revision control systems.
Listing list_work_tree(int root, Repository& repository, const std::vector<std::string>& exclude);

// Files as they are staged.
Result<Listing> list_index(const Repository& repository, const std::vector<std::string>& exclude);

// Files of a commit; sets info.revision.
Result<Listing> list_commit(Repository& repository, const std::string& revision,
                            const std::vector<std::string>& exclude);

// Does a glob leave out this file, or (`folder`) everything below this folder?
bool is_excluded(const std::vector<std::string>& exclude, std::string_view path);
bool is_excluded_folder(const std::vector<std::string>& exclude, const std::string& path);

// Kind and flags of an entry by its git file mode; `path` is given to it.
FileEntry entry_of_mode(std::string path, uint32_t mode);
// Adds what only the object database knows: size, and a symlink's target.
void fill_from_object(FileEntry& entry, git_odb* odb);

}  // namespace tfcheck
