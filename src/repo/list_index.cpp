#include <git2.h>

#include "repo/index_file.h"
#include "repo/listing.h"

namespace tfcheck {

Result<Listing> list_index(const Repository& repository, const std::vector<std::string>& exclude) {
  Result<IndexFile> index = read_index(repository.handle.get());
  if (!index) return index.error();
  git_odb* raw = nullptr;
  if (git_repository_odb(&raw, repository.handle.get()) != 0) return Error{git_trouble(), "", 0, ""};
  GitPtr<git_odb> odb(raw);
  Listing listing;
  const std::string& prefix = repository.info.prefix;
  for (const IndexFile::Entry& entry : index->below(prefix)) {
    std::string_view path = path_below(prefix, entry.path);
    bool is_promised_only = (entry.git->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0;
    if (is_promised_only || is_excluded(exclude, path)) continue;
    FileEntry file = entry_of_mode(std::string(path), entry.git->mode);
    file.blob_id = git_oid_tostr_s(&entry.git->id);
    fill_from_object(file, odb.get());
    if (GIT_INDEX_ENTRY_STAGE(entry.git) != 0) {
      listing.notices.push_back({file.path, "unmerged: our side of the conflict is read"});
    }
    listing.files.push_back(std::move(file));
  }
  return listing;
}

}  // namespace tfcheck
