#include "repo/tree_walk.h"

#include <fmt/format.h>
#include <git2.h>

#include <utility>

#include "repo/listing.h"

namespace tfcheck {

namespace {

// The largest repositories have some 500,000 files (docs/limits.md).
constexpr size_t most_entries = 1'000'000;
constexpr size_t most_repeated = 100'000;
constexpr size_t most_path_bytes = size_t{256} << 20;
constexpr size_t longest_path = 4096;
constexpr size_t deepest = 500;

bool is_valid_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name != ".git" && name.find('/') == std::string_view::npos;
}

}  // namespace

CommitWalk::CommitWalk(const ObjectStore& store, std::vector<std::string> exclude)
    : store_(store), exclude_(std::move(exclude)) {}

std::vector<CommitWalk::Item> CommitWalk::below(const ObjectId& tree, const std::string& folder) {
  std::vector<Item> items;
  enter(tree, folder);
  while (!frames_.empty() && !is_over()) {
    Frame& frame = frames_.back();
    if (frame.next == frame.tree.entries.size()) {
      frames_.pop_back();
    } else {
      visit(frame, items);
    }
  }
  frames_.clear();
  return items;
}

// Past a bound nothing more is looked at, in this call and in later ones.
bool CommitWalk::is_over() {
  if (is_cut_) return true;
  is_cut_ = entries_ >= most_entries || repeated_ >= most_repeated || path_bytes_ >= most_path_bytes;
  if (!is_cut_) return false;
  std::string what = repeated_ >= most_repeated
                         ? fmt::format("more than {} entries in folders that repeat others", most_repeated)
                     : entries_ >= most_entries ? fmt::format("more than {} files and folders", most_entries)
                                                : fmt::format("paths of more than {} MB", most_path_bytes >> 20);
  std::string path = frames_.back().path;
  if (path.ends_with('/')) path.pop_back();
  notice("", fmt::format("the tree has {}; what comes after '{}' is left out", what, path), Unread::TooLarge);
  return true;
}

void CommitWalk::visit(Frame& frame, std::vector<Item>& items) {
  const ObjectStore::TreeEntry entry = frame.tree.entries[frame.next++];
  ++entries_;
  if (frame.is_repeated) ++repeated_;
  std::string path = frame.path + std::string(entry.name);
  if (!is_valid_name(entry.name))
    return notice(std::move(path), "not a valid name in a git tree; left out", Unread::NotAFile);
  if (path.size() > longest_path) {
    path.resize(100);
    return notice(std::move(path), "a path of more than 4,096 bytes begins so; left out", Unread::TooLarge);
  }
  path_bytes_ += path.size();
  if (entry.mode == GIT_FILEMODE_TREE) return enter(entry.id, std::move(path));
  items.push_back({std::move(path), entry.id, entry.mode});
}

void CommitWalk::enter(const ObjectId& id, std::string path) {
  if (is_excluded_folder(exclude_, path)) return;
  if (frames_.size() >= deepest) return notice(std::move(path), "nested too deeply; left out", Unread::TooDeep);
  ObjectStore::Tree found = store_.tree(id);
  if (!found.failure && !meter_.admits(found.bytes.size(), found.work)) {
    found.failure = ReadFailure{Unread::TooLarge, "unpacking such folders takes too much work"};
  }
  if (found.failure) {
    return notice(std::move(path), fmt::format("the folder cannot be read from git: {}", found.failure->detail),
                  found.failure->why);
  }
  bool is_repeated = !seen_.insert(id).second;
  frames_.push_back({std::move(found), path.empty() ? "" : path + "/", 0, is_repeated});
}

void CommitWalk::notice(std::string path, std::string message, Unread why) {
  notices_.push_back({std::move(path), std::move(message), 0, why});
}

std::vector<Notice> CommitWalk::take_notices() {
  return std::exchange(notices_, {});
}

}  // namespace tfcheck
