#include "repo/listing.h"

#include <git2.h>

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

bool is_excluded(const std::vector<std::string>& exclude, std::string_view path) {
  return std::any_of(exclude.begin(), exclude.end(), [&](const std::string& glob) { return path_match(glob, path); });
}

bool is_excluded_folder(const std::vector<std::string>& exclude, const std::string& path) {
  return !exclude.empty() && is_excluded(exclude, path + "/");
}

FileEntry entry_of_mode(std::string path, uint32_t mode) {
  FileEntry entry;
  entry.path = std::move(path);
  entry.tracked = true;
  entry.kind = mode == GIT_FILEMODE_LINK     ? FileEntry::Kind::Symlink
               : mode == GIT_FILEMODE_COMMIT ? FileEntry::Kind::Submodule
                                             : FileEntry::Kind::Regular;
  entry.executable = mode == GIT_FILEMODE_BLOB_EXECUTABLE;
  return entry;
}

void fill_from_object(FileEntry& entry, git_odb* odb) {
  git_oid id;
  if (entry.kind == FileEntry::Kind::Submodule || git_oid_fromstr(&id, entry.blob_id.c_str()) != 0) return;
  size_t size = 0;
  git_object_t type;
  if (git_odb_read_header(&size, &type, odb, &id) != 0) return;  // read() will say why
  entry.size = size;
  constexpr size_t longest_target = 4096;
  git_odb_object* raw = nullptr;
  if (entry.kind != FileEntry::Kind::Symlink || size > longest_target || git_odb_read(&raw, odb, &id) != 0) return;
  GitPtr<git_odb_object> target(raw);
  entry.link_target.assign(static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw));
}

}  // namespace tfcheck
