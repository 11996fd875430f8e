#include <git2.h>

#include <algorithm>

#include "base/text.h"
#include "repo/index_file.h"
#include "repo/listing.h"

namespace tfcheck {

namespace {

// Git writes no other paths, but an index can hold them.
bool is_valid(std::string_view path) {
  std::vector<std::string_view> names = split(path, '/');
  return path.find('\0') == std::string_view::npos && std::none_of(names.begin(), names.end(), [](auto name) {
           return name.empty() || name == "." || name == ".." || name == ".git";
         });
}

}  // namespace

Result<FileListing> list_index(const AuditRoot& root, const ObjectStore& store,
                               const std::vector<std::string>& exclude) {
  const Repository& repository = root.repository;
  Result<IndexFile> index = read_index(repository, [](const std::string&) { return true; });
  if (!index) return index.error();
  ObjectListing listing(store);
  const std::string& prefix = repository.info.prefix;
  for (const IndexEntry& entry : index->below(prefix)) {
    std::string path(path_below(prefix, entry.path));
    if (entry.is_promised_only || is_excluded(exclude, path)) continue;
    if (!is_valid(path)) {
      listing.notice({path, "not a valid path in git's index; left out", 0, Unread::NotAFile});
      continue;
    }
    if (entry.stage != 0) listing.notice({path, "unmerged: our side of the conflict is read"});
    listing.add(std::move(path), entry.mode, entry.id);
  }
  for (Notice& notice : index->notices) {
    if (!is_below(prefix, notice.path) && !prefix.empty() && !notice.path.empty()) continue;
    if (!notice.path.empty()) notice.path = path_below(prefix, notice.path);
    listing.notice(std::move(notice));
  }
  return listing.finish();
}

}  // namespace tfcheck
