#include "repo/history_walk.h"

#include <fmt/format.h>
#include <git2.h>

#include "base/text.h"
#include "repo/listing.h"
#include "repo/tree_walk.h"

namespace tfcheck {

namespace {

// docs/limits.md
constexpr size_t most_trees = 3'000'000;
constexpr size_t most_blobs = 3'000'000;
constexpr uint64_t most_tree_bytes = uint64_t{64} << 30;
constexpr size_t most_repeated = 500'000;  // and half of what does not repeat
constexpr size_t longest_path = 4096;
constexpr size_t deepest = 500;
constexpr size_t seen_bits = size_t{1} << 26;

// What is known of a blob.
constexpr uint32_t is_met = 1, is_taken = 2, is_in_head = 4;

bool is_valid_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name != ".git" && name.find('/') == std::string_view::npos;
}

bool is_inside(std::string_view folder, std::string_view path) {
  return folder.empty() || is_below(folder, path);
}

// One id for a tree at a path.
ObjectId key_at(const ObjectId& id, std::string_view path) {
  std::string text(reinterpret_cast<const char*>(id.bytes.data()), ObjectId::size);
  return sha1(text.append(path));
}

}  // namespace

HistoryWalk::HistoryWalk(const ObjectStore& store, const HistoryLog& log, HistoryScope scope)
    : store_(store), log_(log), scope_(std::move(scope)), trees_(most_trees), blobs_(most_blobs), seen_(seen_bits) {
  mark_head();
}

void HistoryWalk::mark_head() {
  if (!log_.head_tree) return;
  CommitWalk walk(store_, {});
  for (const CommitWalk::Item& item : walk.below(log_.head_tree, "")) {
    if (item.mode == GIT_FILEMODE_COMMIT) continue;
    blobs_.insert(item.id, is_in_head);
  }
}

std::vector<HistoryBlob> HistoryWalk::next(size_t most) {
  std::vector<HistoryBlob> found;
  if (next_commit_ == 0) take_named(found);
  while (found.size() < most && !is_over_) {
    if (!frames_.empty()) {
      visit(found);
    } else if (next_commit_ < log_.commits.size()) {
      commit_ = next_commit_++;
      if (const ObjectId& tree = log_.commits[commit_].tree) enter(tree, "");
    } else {
      break;
    }
  }
  return found;
}

void HistoryWalk::take_named(std::vector<HistoryBlob>& found) {
  for (const NamedBlob& blob : log_.blobs) {
    commit_ = blob.commit;
    take(blob.id, GIT_FILEMODE_BLOB, blob.name, found);
  }
}

void HistoryWalk::visit(std::vector<HistoryBlob>& found) {
  Frame& frame = frames_.back();
  if (frame.next == frame.tree.entries.size()) return frames_.pop_back();
  const ObjectStore::TreeEntry entry = frame.tree.entries[frame.next++];
  ++entries_;
  if (frame.is_repeated) ++repeated_;
  std::string path = frame.path + std::string(entry.name);
  if (!is_valid_name(entry.name)) return miss(std::move(path), Unread::NotAFile, "not a valid name in a git tree");
  if (path.size() > longest_path) {
    path.resize(100);
    return miss(std::move(path), Unread::TooLarge, "a path of more than 4,096 bytes begins so");
  }
  bool is_folder = entry.mode == GIT_FILEMODE_TREE;
  if (!is_inside(scope_.folder, path) && !(is_folder && is_inside(path, scope_.folder))) return;
  if (is_folder) return enter(entry.id, std::move(path));
  // A submodule's commits lie in a repository of their own, and where a link points to is no content.
  if (entry.mode != GIT_FILEMODE_BLOB && entry.mode != GIT_FILEMODE_BLOB_EXECUTABLE) return;
  take(entry.id, entry.mode, std::move(path), found);
}

// A few objects can stand for a tree of any size.
bool HistoryWalk::admits(const ObjectId& id, bool& is_repeated) {
  size_t bit = ObjectIdHash()(id) % seen_bits;
  is_repeated = seen_[bit];
  seen_[bit] = true;
  if (!is_repeated || repeated_ < most_repeated + (entries_ - repeated_) / 2) return true;
  if (!has_told_repeats_) {
    miss("", Unread::TooLarge, "the history has too many folders that repeat others; some are left out");
    has_told_repeats_ = true;
  }
  return false;
}

void HistoryWalk::enter(const ObjectId& id, std::string path) {
  if (is_excluded_folder(scope_.exclude, path)) return;
  if (frames_.size() >= deepest) return miss(std::move(path), Unread::TooDeep, "nested too deeply");
  auto [place, is_new] = trees_.insert(key_at(id, path), 0);
  if (!is_new) return;
  if (!place) return end("more folders than are remembered");
  bool is_repeated = false;
  if (!admits(id, is_repeated)) return;
  ObjectStore::Tree tree = store_.tree(id);
  if (!tree.failure && !meter_.admits(tree.bytes.size(), tree.work))
    tree.failure = ReadFailure{Unread::TooLarge, "unpacking such folders takes too much work"};
  if (tree.failure)
    return miss(std::move(path), tree.failure->why, "the folder cannot be read: " + tree.failure->detail);
  ++counts_.folders;
  tree_bytes_ += tree.bytes.size();
  if (tree_bytes_ > most_tree_bytes) return end(fmt::format("folders of more than {} GB", most_tree_bytes >> 30));
  if (!path.empty()) path += '/';
  frames_.push_back({std::move(tree), std::move(path), 0, is_repeated});
}

void HistoryWalk::take(const ObjectId& id, uint32_t mode, std::string path, std::vector<HistoryBlob>& found) {
  auto [known, is_new] = blobs_.insert(id, 0);
  if (!known) return end("more files than are remembered");
  if (!(*known & is_met)) ++counts_.blobs;
  *known |= is_met;
  if ((*known & is_taken) || is_excluded(scope_.exclude, path) || !scope_.wants(path)) return;
  *known |= is_taken;
  ++counts_.taken;
  bool executable = mode == GIT_FILEMODE_BLOB_EXECUTABLE;
  found.push_back({id, std::move(path), static_cast<uint32_t>(commit_), executable, (*known & is_in_head) != 0});
}

// What was walked stands; the commits that follow are told of.
void HistoryWalk::end(std::string why) {
  is_over_ = true;
  frames_.clear();
  size_t left = log_.commits.size() - commit_;
  miss("", Unread::TooLarge, fmt::format("the history has {}; the last {} commits are left out", why, left));
}

void HistoryWalk::miss(std::string path, Unread why, std::string detail) {
  gaps_.add({log_.commits[commit_].id, std::move(path), why, std::move(detail)});
}

}  // namespace tfcheck
