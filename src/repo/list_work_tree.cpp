#include <fmt/format.h>
#include <git2.h>

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <span>

#include "base/text.h"
#include "repo/directory.h"
#include "repo/ignore_reader.h"
#include "repo/index_file.h"
#include "repo/listing.h"

namespace tfcheck {

namespace {

constexpr std::string_view no_checkout = "the submodule is not checked out: git submodule update --init";

using Tracked = std::span<const IndexEntry>;
using Chain = IgnoreReader::Chain;

// What git ignores in one folder: everything, or what the rules of some files say.
struct Ignoring {
  bool everything = false;
  Chain rules;
};

// Walks the disk in path order and keeps step with the sorted index: a folder hands each of its folders the part of
// the index that lies below. No index and no repository: a plain directory.
class WorkTreeWalk {
 public:
  WorkTreeWalk(const AuditRoot& root, const IndexFile& index, const std::vector<std::string>& exclude,
               IgnoreReader& reader)
      : root_(root.folder.get()),
        repository_(root.repository),
        below_(root.below),
        index_(index),
        exclude_(exclude),
        reader_(reader) {
    if (!repository_.info.prefix.empty()) prefix_ = repository_.info.prefix + "/";
  }

  FileListing run(Ignoring ignoring) {
    enter("", index_.below(repository_.info.prefix), std::move(ignoring));
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next == frame.items.size()) {
        frames_.pop_back();
        continue;
      }
      Item item = std::move(frame.items[frame.next++]);
      if (item.is_folder) {
        enter(std::move(item.entry.path), item.tracked, {item.is_ignored, frame.ignoring.rules});
      } else {
        listing_.files.push_back(std::move(item.entry));
      }
    }
    if (judge_.is_exhausted()) {
      notice("", "git's ignore rules are too much work for this tree: from some folder on they are not applied");
    }
    // A submodule is a folder on disk and sorts as one there, but its path ends without a slash.
    sort_by_path(listing_.files);
    return std::move(listing_);
  }

 private:
  struct Item {
    FileEntry entry;
    bool is_folder = false;
    bool is_ignored = false;  // of a folder: only what git tracks below it counts
    Tracked tracked;
  };
  struct Frame {
    std::vector<Item> items;
    size_t next = 0;
    Ignoring ignoring;
  };

  void notice(const std::string& path, std::string message, Unread why = Unread::None) {
    listing_.notices.push_back({path, std::move(message), 0, why});
  }

  void enter(std::string path, Tracked tracked, Ignoring ignoring) {
    Directory directory(root_, path);
    if (!directory.trouble().empty()) {
      notice(path, fmt::format("the folder cannot be listed: {}", directory.trouble()), directory.why());
    }
    bool is_foreign = repository_.handle && tracked.empty() && !is_above(path) && directory.has(".git");
    if (is_foreign) return notice(path, "another git repository lies here; audit it on its own", Unread::Submodule);
    if (!path.empty()) path += '/';
    bool has_rules = repository_.handle && !ignoring.everything && directory.has(".gitignore");
    if (has_rules) {
      ignoring.rules = reader_.with_folder(std::move(ignoring.rules), root_, path + ".gitignore", prefix_ + path);
    }
    Frame frame;
    for (const Directory::Name& name : directory.names()) {
      if (name.text == ".git" || name.text == ".hg" || name.text == ".svn" || name.text == ".jj") continue;
      std::optional<Item> item = name.type == S_IFDIR ? folder(path + name.text, tracked, ignoring)
                                                      : file(directory, name, path + name.text, tracked, ignoring);
      if (item) frame.items.push_back(std::move(*item));
    }
    frame.ignoring = std::move(ignoring);
    if (!frame.items.empty()) frames_.push_back(std::move(frame));
  }

  std::optional<Item> folder(std::string path, Tracked tracked, const Ignoring& ignoring) {
    if (is_excluded_folder(exclude_, path)) return {};
    if (const IndexEntry* entry = find(tracked, path); entry && entry->mode == GIT_FILEMODE_COMMIT) {
      return submodule(std::move(path));
    }
    Tracked below = starting_with(tracked, prefix_ + path + "/");
    std::string_view name = base_name(path);
    bool is_store = name == ".hg" || name == ".svn";
    Item item;
    item.is_ignored = is_ignored(ignoring, path, Named::Folder);
    if (below.empty() && (is_store || item.is_ignored)) return {};
    if (below.empty() && !is_above(path) && !is_audited(path)) return {};
    item.entry.path = std::move(path);
    item.is_folder = true;
    item.tracked = below;
    return item;
  }

  Item submodule(std::string path) {
    if (Directory checkout(root_, path); checkout.names().empty()) {
      notice(path, std::string(no_checkout), Unread::Submodule);
    }
    return {entry_of_mode(std::move(path), GIT_FILEMODE_COMMIT), false, false, {}};
  }

  std::optional<Item> file(const Directory& directory, const Directory::Name& name, std::string path, Tracked tracked,
                           const Ignoring& ignoring) {
    if (is_excluded(exclude_, path)) return {};
    const IndexEntry* entry = find(tracked, path);
    if (!entry && is_ignored(ignoring, path, Named::File)) return {};
    if (name.type != S_IFREG && name.type != S_IFLNK) {
      notice(path, "not a regular file (a socket, FIFO or device)", Unread::NotAFile);
      return {};
    }
    struct stat status;
    if (!directory.status(name.text, status)) {
      notice(path, fmt::format("cannot be looked at: {}", system_message(errno)), why_of(errno));
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

  const IndexEntry* find(Tracked tracked, const std::string& path) const {
    auto at = std::partition_point(tracked.begin(), tracked.end(),
                                   [&](const IndexEntry& entry) { return entry.path.substr(prefix_.size()) < path; });
    return at != tracked.end() && at->path.substr(prefix_.size()) == path ? &*at : nullptr;
  }

  bool is_audited(std::string_view path) const { return below_.empty() || is_below(below_, path); }
  // The audited folder or one on the way to it.
  bool is_above(std::string_view path) const { return path.empty() || (!below_.empty() && is_below(path, below_)); }

  bool is_ignored(const Ignoring& ignoring, const std::string& path, Named named) {
    return ignoring.everything || judge_.is_ignored(ignoring.rules.get(), prefix_ + path, named);
  }

  int root_;
  const Repository& repository_;
  const std::string& below_;
  const IndexFile& index_;
  const std::vector<std::string>& exclude_;
  IgnoreReader& reader_;
  IgnoreJudge judge_;
  std::string prefix_;  // of the index's paths: "" or ends in '/'
  std::vector<Frame> frames_;
  FileListing listing_;
};

// A notice on a file above the tree's root, where paths begin.
Notice above_root(Notice notice) {
  if (notice.path.empty()) return notice;
  std::string line = notice.line > 0 ? fmt::format(":{}", notice.line) : "";
  return {"", fmt::format("{}{} above the audited folder: {}", printable(notice.path), line, notice.message)};
}

// What git ignores in a folder of the repository, by the files on the way to it from the repository's root.
Ignoring ignoring_at(const std::string& path, const Repository& repository, IgnoreReader& reader) {
  Ignoring ignoring{false, reader.everywhere()};
  if (!repository.handle || path.empty()) return ignoring;
  Descriptor top(::open(repository.info.work_tree.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  IgnoreJudge judge;
  std::string folder;
  for (std::string_view name : split(path, '/')) {
    std::string base = folder.empty() ? "" : folder + "/";
    Descriptor rules = open_beneath(top.get(), base + ".gitignore", O_PATH);
    if (rules.get() >= 0) {
      ignoring.rules = reader.with_folder(std::move(ignoring.rules), top.get(), base + ".gitignore", base);
    }
    folder = base + std::string(name);
    ignoring.everything = judge.is_ignored(ignoring.rules.get(), folder, Named::Folder);
    if (ignoring.everything) break;
  }
  return ignoring;
}

// The audited folder is a submodule that has no checkout, else its own repository would have been found.
bool is_empty_submodule(const std::string& prefix, const IndexFile& index) {
  Tracked same = starting_with(index.entries, prefix);
  return !prefix.empty() && !same.empty() && same[0].path == prefix && same[0].mode == GIT_FILEMODE_COMMIT;
}

// The index of the work tree; of one that cannot be read every file that git does not ignore is untracked.
IndexFile index_of(const Repository& repository, std::vector<Notice>& notices) {
  if (!repository.handle) return {};
  Descriptor top(::open(repository.info.work_tree.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  auto is_on_disk = [&](const std::string& folder) {
    return open_beneath(top.get(), folder, O_PATH | O_DIRECTORY).get() >= 0;
  };
  Result<IndexFile> index = read_index(repository, is_on_disk);
  if (index) {
    for (const Notice& notice : index->notices) {
      notices.push_back({"", printable(notice.path) + ": " + notice.message + "; its files are taken for untracked"});
    }
    return std::move(*index);
  }
  notices.push_back({"", index.error().message + "; every file that git does not ignore is taken for untracked"});
  return {};
}

}  // namespace

FileListing list_work_tree(AuditRoot& root, const std::vector<std::string>& exclude) {
  std::vector<Notice> notices;
  Repository& repository = root.repository;
  IndexFile index = index_of(repository, notices);
  std::string audited = root.below.empty() ? repository.info.prefix : root.below;
  if (root.below.empty() && is_empty_submodule(audited, index)) {
    notices.push_back({"", std::string(no_checkout), 0, Unread::Submodule});
  }
  IgnoreReader reader(repository);
  Ignoring ignoring = ignoring_at(audited, repository, reader);
  for (Notice& notice : reader.take_notices()) {
    if (root.below.empty()) notices.push_back(above_root(std::move(notice)));
  }
  // What lies there is versioned by nobody, and was asked for by name.
  if (ignoring.everything && index.below(audited).empty()) {
    notices.push_back({"", "git ignores this folder: it is audited as one outside of a repository"});
    leave_repository(root);
    ignoring = Ignoring{};
  } else if (!root.below.empty()) {
    ignoring = ignoring_at("", repository, reader);
  }
  FileListing listing = WorkTreeWalk(root, index, exclude, reader).run(std::move(ignoring));
  for (Notice& notice : reader.take_notices()) notices.push_back(std::move(notice));
  listing.notices.insert(listing.notices.end(), notices.begin(), notices.end());
  return listing;
}

}  // namespace tfcheck
