#include "repo/history_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <git2.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <queue>

#include "base/text.h"
#include "repo/directory.h"
#include "repo/id_table.h"
#include "repo/read_file.h"

namespace tfcheck {

namespace {

// The largest public histories have a million (docs/limits.md).
constexpr size_t most_commits = 2'000'000;
constexpr size_t longest_tag_chain = 20;
constexpr size_t most_reference_folders = 500'000;
constexpr size_t largest_stash_log = size_t{4} << 20;
constexpr int64_t last_time = 253'402'300'799;  // the end of the year 9999

// What one reference leads to.
struct Start {
  ObjectId id;
  std::string name;
};

// "tree ID", lines of "parent ID", who wrote it, "committer NAME <MAIL> SECONDS ZONE"; nothing when it is no commit.
struct CommitText {
  ObjectId tree;
  std::vector<ObjectId> parents;
  int64_t time = 0;
};

std::optional<ObjectId> id_behind(std::string_view line, std::string_view key) {
  if (!line.starts_with(key)) return std::nullopt;
  return object_id_of_hex(line.substr(key.size()));
}

int64_t time_of(std::string_view line) {
  size_t end = line.rfind('>');
  if (end == std::string_view::npos) return 0;
  std::string_view digits = before_first(trim(line.substr(end + 1)), ' ');
  int64_t time = 0;
  for (char digit : digits) {
    if (digit < '0' || digit > '9') return 0;
    time = std::min(time * 10 + (digit - '0'), last_time);
  }
  return time;
}

std::optional<CommitText> read_commit(std::string_view text) {
  CommitText commit;
  bool has_tree = false;
  while (!text.empty()) {
    std::string_view line = before_first(text, '\n');
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty()) break;
    if (!has_tree) {
      std::optional<ObjectId> tree = id_behind(line, "tree ");
      if (!tree) return std::nullopt;
      commit.tree = *tree;
      has_tree = true;
    } else if (std::optional<ObjectId> parent = id_behind(line, "parent ")) {
      commit.parents.push_back(*parent);
    } else if (line.starts_with("committer ")) {
      commit.time = time_of(line);
      break;
    }
  }
  return has_tree ? std::optional(std::move(commit)) : std::nullopt;
}

// What a tag is of.
std::optional<ObjectId> tagged(std::string_view text) {
  return id_behind(before_first(text, '\n'), "object ");
}

std::optional<ObjectId> target_of(git_repository* git, const char* name) {
  git_oid id;
  if (git_reference_name_to_id(&id, git, name) != 0) return std::nullopt;
  return object_id(id.id);
}

// Older entries of the stash stand in its log only: "OLD NEW WHO".
void add_stashes(git_repository* git, std::vector<Start>& starts) {
  std::string text;
  std::string path = std::string(git_repository_commondir(git)) + "/logs/refs/stash";
  if (read_named_file(path, largest_stash_log, text)) return;
  for (std::string_view line : split(text, '\n')) {
    std::string_view rest = line.substr(std::min(before_first(line, ' ').size() + 1, line.size()));
    if (std::optional<ObjectId> id = object_id_of_hex(before_first(rest, ' '))) starts.push_back({*id, "stash"});
  }
}

// The files below refs/ of which libgit2 says nothing, because they hold no reference.
std::vector<std::string> unlisted(git_repository* git, const std::vector<std::string>& listed) {
  Descriptor root(::open(git_repository_commondir(git), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  std::vector<std::string> folders = {"refs"}, found;
  for (size_t i = 0; i < folders.size() && folders.size() < most_reference_folders; ++i) {
    Directory folder(root.get(), folders[i]);
    for (const Directory::Name& name : folder.names()) {
      std::string path = folders[i] + "/" + name.text;
      if (name.type == S_IFDIR) folders.push_back(path);
      bool is_known =
          name.type != S_IFREG || path.ends_with(".lock") || std::binary_search(listed.begin(), listed.end(), path);
      if (!is_known) found.push_back(std::move(path));
    }
  }
  return found;
}

std::vector<Start> starts_of(git_repository* git, HistoryLog& log) {
  std::vector<Start> starts;
  if (std::optional<ObjectId> head = target_of(git, "HEAD")) starts.push_back({*head, "HEAD"});
  git_strarray names = {};
  if (git_reference_list(&names, git) != 0) {
    log.gaps.add({{}, "", Unread::Io, fmt::format("the references cannot be listed: {}", git_trouble())});
    return starts;
  }
  std::vector<std::string> sorted(names.strings, names.strings + names.count);
  git_strarray_dispose(&names);
  std::sort(sorted.begin(), sorted.end());
  for (const std::string& name : sorted) {
    if (std::optional<ObjectId> id = target_of(git, name.c_str()))
      starts.push_back({*id, std::string(base_name(name))});
    else if (!name.starts_with("refs/remotes/") || !name.ends_with("/HEAD"))  // that of a branch that has gone
      log.gaps.add({{}, "", Unread::Io, fmt::format("the reference {} cannot be read: {}", name, git_trouble())});
  }
  for (const std::string& name : unlisted(git, sorted))
    log.gaps.add({{}, "", Unread::Io, fmt::format("the reference {} cannot be read: it names no object", name)});
  log.references = starts.size();
  add_stashes(git, starts);
  return starts;
}

class LogReader {
 public:
  LogReader(const Repository& repository, const ObjectStore& store, HistoryLog& log)
      : repository_(repository), store_(store), log_(log), known_(most_commits) {}

  void run() {
    for (const Start& start : starts_of(repository_.handle.get(), log_)) {
      enter(start);
      while (!pending_.empty() && !is_cut_) visit();
    }
    order();
  }

 private:
  static constexpr uint32_t unreadable = UINT32_MAX;

  // Peels tags; what is neither commit nor tag is an entry of its own.
  void enter(const Start& start) {
    ObjectId id = start.id;
    for (size_t chain = 0; chain < longest_tag_chain; ++chain) {
      if (known_.find(id)) return;
      ObjectStore::Raw object = store_.raw(id);
      if (object.failure) return miss(id, {}, *object.failure);
      if (object.type == ObjectType::Commit) return pending_.push_back({id, start.id});
      if (object.type != ObjectType::Tag) return add_named(start, id, object.type);
      std::optional<ObjectId> next = tagged(object.bytes);
      if (!next) return miss(id, {}, {Unread::Io, "its object is no tag"});
      id = *next;
    }
  }

  void add_named(const Start& start, const ObjectId& id, ObjectType type) {
    HistoryCommit entry{start.id, type == ObjectType::Tree ? id : ObjectId{}};
    if (type == ObjectType::Blob) named_.push_back({id, start.name, static_cast<uint32_t>(log_.commits.size())});
    add(id, entry, {});
  }

  struct Pending {
    ObjectId id;
    ObjectId child;  // that leads to it
  };

  void visit() {
    Pending next = pending_.back();
    pending_.pop_back();
    if (known_.find(next.id)) return;
    ObjectStore::Raw object = store_.raw(next.id);
    if (object.failure) return miss(next.id, next.child, *object.failure);
    std::optional<CommitText> commit;
    if (object.type == ObjectType::Commit) commit = read_commit(object.bytes);
    if (!commit) return miss(next.id, next.child, {Unread::Io, "its object is no commit"});
    if (add(next.id, {next.id, commit->tree, commit->time}, commit->parents)) {
      for (const ObjectId& parent : commit->parents) pending_.push_back({parent, next.id});
    }
  }

  bool add(const ObjectId& id, const HistoryCommit& entry, const std::vector<ObjectId>& parents) {
    if (!known_.insert(id, static_cast<uint32_t>(log_.commits.size())).first) {
      is_cut_ = true;
      log_.gaps.add({{},
                     "",
                     Unread::TooLarge,
                     fmt::format("the history has more than {} commits; the others are left out", most_commits)});
      return false;
    }
    first_parent_.push_back(parents_.size());
    log_.commits.push_back(entry);
    parents_.insert(parents_.end(), parents.begin(), parents.end());
    return true;
  }

  void miss(const ObjectId& id, const ObjectId& child, const ReadFailure& failure) {
    known_.insert(id, unreadable);
    bool is_cut_off = failure.why == Unread::MissingObject && repository_.info.is_shallow;
    std::string detail =
        is_cut_off ? "the clone is shallow: git fetch --unshallow brings older commits" : failure.detail;
    std::string what = child ? "its parent" : "the commit";
    log_.gaps.add({child ? child : id, "", failure.why,
                   fmt::format("{} {} and what lies before it: {}", what, to_hex(id).substr(0, 12), detail)});
  }

  std::vector<uint32_t> parents_of(uint32_t commit) {
    size_t end = commit + 1 < first_parent_.size() ? first_parent_[commit + 1] : parents_.size();
    std::vector<uint32_t> found;
    for (size_t i = first_parent_[commit]; i < end; ++i) {
      uint32_t* number = known_.find(parents_[i]);
      if (number && *number != unreadable) found.push_back(*number);
    }
    return found;
  }

  // Puts each commit behind its parents, of those that could come next the earliest.
  void order() {
    auto count = static_cast<uint32_t>(log_.commits.size());
    std::vector<uint32_t> waits(count), children_end(count + 1);
    for (uint32_t i = 0; i < count; ++i) {
      for (uint32_t parent : parents_of(i)) ++waits[i], ++children_end[parent + 1];
    }
    for (uint32_t i = 0; i < count; ++i) children_end[i + 1] += children_end[i];
    std::vector<uint32_t> children(children_end[count]), next = children_end;
    for (uint32_t i = 0; i < count; ++i) {
      for (uint32_t parent : parents_of(i)) children[next[parent]++] = i;
    }
    auto is_later = [&](uint32_t a, uint32_t b) {
      const HistoryCommit &first = log_.commits[a], &second = log_.commits[b];
      return std::tie(first.time, first.id.bytes) > std::tie(second.time, second.id.bytes);
    };
    std::priority_queue<uint32_t, std::vector<uint32_t>, decltype(is_later)> ready(is_later);
    for (uint32_t i = 0; i < count; ++i) {
      if (waits[i] == 0) ready.push(i);
    }
    std::vector<uint32_t> place(count);
    for (uint32_t done = 0; !ready.empty(); ++done) {
      uint32_t commit = ready.top();
      ready.pop();
      place[commit] = done;
      for (uint32_t i = children_end[commit]; i < children_end[commit + 1]; ++i) {
        if (--waits[children[i]] == 0) ready.push(children[i]);
      }
    }
    for (NamedBlob& blob : named_) blob.commit = place[blob.commit];
    log_.blobs = std::move(named_);
    for (uint32_t i = 0; i < count; ++i) {
      while (place[i] != i) {
        uint32_t to = place[i];
        std::swap(log_.commits[i], log_.commits[to]);
        std::swap(place[i], place[to]);
      }
    }
  }

  const Repository& repository_;
  const ObjectStore& store_;
  HistoryLog& log_;
  IdTable known_;  // commits by their place in the log
  std::vector<Pending> pending_;
  std::vector<size_t> first_parent_;  // by commit, into the parents
  std::vector<ObjectId> parents_;
  std::vector<NamedBlob> named_;
  bool is_cut_ = false;
};

ObjectId head_tree_of(const Repository& repository, const ObjectStore& store) {
  std::optional<ObjectId> head = object_id_of_hex(repository.info.head);
  if (!head) return {};
  std::optional<CommitText> commit = read_commit(store.raw(*head).bytes);
  return commit ? commit->tree : ObjectId{};
}

}  // namespace

void HistoryGaps::add(HistoryGap gap) {
  ++count_;
  whole_ += !gap.is_partly;
  has_refused_ |= is_refused(gap.why);
  if (kept_.size() < most_kept) kept_.push_back(std::move(gap));
}

HistoryLog read_history(const Repository& repository, const ObjectStore& store) {
  HistoryLog log;
  LogReader(repository, store, log).run();
  log.head_tree = head_tree_of(repository, store);
  return log;
}

}  // namespace tfcheck
