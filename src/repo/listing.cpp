#include "repo/listing.h"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

// One object can stand in a tree any number of times; each time it is read and parsed, as its place counts too.
constexpr uint64_t most_repeated_bytes = uint64_t{256} << 20;
constexpr uint64_t smallest_repeat = 64;

}  // namespace

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

// Sets a file's size; false when it costs too much to have it once more, or at all.
bool ObjectListing::take_size(FileEntry& file) {
  auto [known, is_new] = sizes_.try_emplace(file.blob_id);
  if (!is_new) {
    file.size = known->second;
    repeated_bytes_ += std::max(known->second, smallest_repeat);
    return repeated_bytes_ <= most_repeated_bytes;
  }
  ObjectStore::Size size = store_.size(file.blob_id).value_or(ObjectStore::Size{});
  file.size = known->second = size.bytes;
  return meter_.admits(size.bytes, size.work);
}

void ObjectListing::add(std::string path, uint32_t mode, const ObjectId& id) {
  FileEntry file = entry_of_mode(std::move(path), mode);
  if (file.kind != FileEntry::Kind::Submodule) {
    file.blob_id = id;
    if (!take_size(file)) {
      ++left_out_;
      return;
    }
  }
  constexpr size_t longest_target = 4096;
  bool is_link = file.kind == FileEntry::Kind::Symlink && file.size <= longest_target;
  if (is_link) store_.read(id, longest_target, file.link_target);
  listing_.files.push_back(std::move(file));
}

FileListing ObjectListing::finish() {
  if (left_out_ > 0) {
    std::string why =
        repeated_bytes_ > most_repeated_bytes
            ? fmt::format("files with the same content as others take more than {} MB", most_repeated_bytes >> 20)
            : "unpacking the files from git's store takes too much work";
    notice({"", fmt::format("{}; {} files are left out", why, left_out_), 0, Unread::TooLarge});
  }
  sort_by_path(listing_.files);
  return std::move(listing_);
}

void sort_by_path(std::vector<FileEntry>& files) {
  auto by_path = [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; };
  if (!std::is_sorted(files.begin(), files.end(), by_path)) std::sort(files.begin(), files.end(), by_path);
}

}  // namespace tfcheck
