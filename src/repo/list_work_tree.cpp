#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <span>

#include "base/text.h"
#include "repo/directory.h"
#include "repo/index_file.h"
#include "repo/listing.h"

namespace tfcheck {

namespace {

constexpr std::string_view no_checkout = "the submodule is not checked out: git submodule update --init";

using Tracked = std::span<const IndexFile::Entry>;

// Walks the disk in path order and keeps step with the sorted index: a folder hands each of its folders the part of
// the index that lies below. No index and no repository: a plain directory.
class WorkTreeWalk {
 public:
  WorkTreeWalk(int root, const Repository& repository, const IndexFile& index, const std::vector<std::string>& exclude)
      : root_(root), repository_(repository), index_(index), exclude_(exclude) {
    if (!repository.info.prefix.empty()) prefix_ = repository.info.prefix + "/";
  }

  Listing run() {
    enter("", index_.below(repository_.info.prefix), repository_.handle != nullptr);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next == frame.items.size()) {
        frames_.pop_back();
        continue;
      }
      Item item = std::move(frame.items[frame.next++]);
      if (item.is_folder) {
        enter(std::move(item.entry.path), item.tracked, frame.has_rules);
      } else {
        listing_.files.push_back(std::move(item.entry));
      }
    }
    // A submodule is a folder on disk and sorts as one there, but its path ends without a slash.
    auto by_path = [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; };
    bool is_sorted = std::is_sorted(listing_.files.begin(), listing_.files.end(), by_path);
    if (!is_sorted) std::sort(listing_.files.begin(), listing_.files.end(), by_path);
    return std::move(listing_);
  }

 private:
  struct Item {
    FileEntry entry;
    bool is_folder = false;
    Tracked tracked;
  };
  // A folder that is being walked; `has_rules` is whether git can be asked about ignored paths below.
  struct Frame {
    std::vector<Item> items;
    size_t next = 0;
    bool has_rules = false;
  };

  void notice(const std::string& path, std::string message) { listing_.notices.push_back({path, std::move(message)}); }

  void enter(std::string path, Tracked tracked, bool has_rules) {
    Directory directory(root_, path);
    if (!directory.trouble().empty()) {
      bool is_forbidden = directory.trouble() == system_message(EACCES);
      listing_.notices.push_back({path, fmt::format("the folder cannot be listed: {}", directory.trouble()), 0,
                                  is_forbidden ? Unread::Permission : Unread::Io});
    }
    bool is_foreign = repository_.handle && tracked.empty() && !path.empty() && directory.has(".git");
    if (is_foreign) return notice(path, "another git repository lies here; audit it on its own");
    Frame frame;
    frame.has_rules = has_rules && rules_are_readable(directory, path);
    if (!path.empty()) path += '/';
    for (const Directory::Name& name : directory.names()) {
      if (name.text == ".git") continue;
      std::optional<Item> item = name.type == S_IFDIR
                                     ? folder(path + name.text, tracked, frame.has_rules)
                                     : file(directory, name, path + name.text, tracked, frame.has_rules);
      if (item) frame.items.push_back(std::move(*item));
    }
    if (!frame.items.empty()) frames_.push_back(std::move(frame));
  }

  // libgit2 opens every .gitignore on the way to a path: one that is a FIFO would block it for ever.
  bool rules_are_readable(const Directory& directory, const std::string& path) {
    if (!directory.has(".gitignore") || !directory.may_block(".gitignore")) return true;
    notice(path, "its .gitignore is not a file, so git's ignore rules are not applied below");
    return false;
  }

  std::optional<Item> folder(std::string path, Tracked tracked, bool has_rules) {
    if (is_excluded_folder(exclude_, path)) return {};
    if (const git_index_entry* entry = find(tracked, path); entry && entry->mode == GIT_FILEMODE_COMMIT) {
      return submodule(std::move(path));
    }
    Tracked below = starting_with(tracked, prefix_ + path + "/");
    std::string_view name = base_name(path);
    bool is_store = name == ".hg" || name == ".svn";
    if (below.empty() && (is_store || (has_rules && is_ignored(path + "/")))) return {};
    Item item;
    item.entry.path = std::move(path);
    item.is_folder = true;
    item.tracked = below;
    return item;
  }

  Item submodule(std::string path) {
    if (Directory checkout(root_, path); checkout.names().empty()) {
      notice(path, std::string(no_checkout));
    }
    return {entry_of_mode(std::move(path), GIT_FILEMODE_COMMIT), false, {}};
  }

  std::optional<Item> file(const Directory& directory, const Directory::Name& name, std::string path, Tracked tracked,
                           bool has_rules) {
    if (is_excluded(exclude_, path)) return {};
    const git_index_entry* entry = find(tracked, path);
    if (!entry && has_rules && is_ignored(path)) return {};
    if (name.type != S_IFREG && name.type != S_IFLNK) {
      notice(path, "not a regular file (a socket, FIFO or device)");
      return {};
    }
    struct stat status;
    if (!directory.status(name.text, status)) {
      notice(path, fmt::format("cannot be looked at: {}", system_message(errno)));
      return {};
    }
    Item item;
    item.entry.path = std::move(path);
    item.entry.size = static_cast<uint64_t>(status.st_size);
    item.entry.tracked = entry != nullptr;
    item.entry.executable = name.type == S_IFREG && (status.st_mode & S_IXUSR) != 0;
    if (entry) item.entry.blob_id = unchanged_blob_id(index_, *entry, status);
    if (name.type == S_IFLNK) {
      item.entry.kind = FileEntry::Kind::Symlink;
      item.entry.link_target = directory.link_target(name.text);
    }
    return item;
  }

  const git_index_entry* find(Tracked tracked, const std::string& path) const {
    auto at = std::partition_point(tracked.begin(), tracked.end(), [&](const IndexFile::Entry& entry) {
      return entry.path.substr(prefix_.size()) < path;
    });
    return at != tracked.end() && at->path.substr(prefix_.size()) == path ? at->git : nullptr;
  }

  bool is_ignored(const std::string& path) const {
    int ignored = 0;
    std::string whole = prefix_ + path;
    return git_ignore_path_is_ignored(&ignored, repository_.handle.get(), whole.c_str()) == 0 && ignored != 0;
  }

  int root_;
  const Repository& repository_;
  const IndexFile& index_;
  const std::vector<std::string>& exclude_;
  std::string prefix_;  // of the index's paths: "" or ends in '/'
  std::vector<Frame> frames_;
  Listing listing_;
};

// Git ignores the audit's root itself: what lies there is versioned by nobody, and was asked for by name.
bool is_ignored_root(const Repository& repository, const IndexFile& index) {
  const std::string& prefix = repository.info.prefix;
  if (!repository.handle || prefix.empty() || !index.below(prefix).empty()) return false;
  int ignored = 0;
  std::string path = prefix + "/";
  return git_ignore_path_is_ignored(&ignored, repository.handle.get(), path.c_str()) == 0 && ignored != 0;
}

// The audit's root is a submodule that has no checkout, else its own repository would have been found.
bool is_empty_submodule(const std::string& prefix, const IndexFile& index) {
  Tracked same = starting_with(index.entries, prefix);
  return !prefix.empty() && !same.empty() && same[0].path == prefix && same[0].git->mode == GIT_FILEMODE_COMMIT;
}

}  // namespace

Listing list_work_tree(int root, Repository& repository, const std::vector<std::string>& exclude) {
  std::vector<Notice> notices;
  IndexFile index;
  if (repository.handle) {
    Result<IndexFile> read = read_index(repository.handle.get());
    if (read) {
      index = std::move(*read);
    } else {
      notices.push_back({"", read.error().message + "; every file that git does not ignore is taken for untracked"});
    }
  }
  if (is_empty_submodule(repository.info.prefix, index)) notices.push_back({"", std::string(no_checkout)});
  if (is_ignored_root(repository, index)) {
    notices.push_back({"", "git ignores this folder: it is audited as one outside of a repository"});
    repository.handle.reset();
    repository.info = RepositoryInfo{};
  }
  Listing listing = WorkTreeWalk(root, repository, index, exclude).run();
  listing.notices.insert(listing.notices.end(), notices.begin(), notices.end());
  return listing;
}

}  // namespace tfcheck
