#include "repo/tree_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <git2.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "base/text.h"
#include "repo/commit_tree.h"
#include "repo/directory.h"
#include "repo/index_file.h"
#include "repo/read_file.h"

namespace tfcheck {

namespace {

using Kind = TreeSource::Kind;
using Items = std::vector<TreeSource::Item>;

Error trouble(const std::string& path, std::string_view why) {
  return Error{fmt::format("{} cannot be read: {}", path.empty() ? "the folder" : printable(path), why), "", 0, ""};
}

Error too_large(const std::string& path, size_t limit) {
  return Error{fmt::format("{} is larger than {} kB, which is the limit", printable(path), limit >> 10), "", 0, ""};
}

Error too_many(const std::string& path, size_t most) {
  return Error{fmt::format("{} holds more than {} files and folders, which is the limit",
                           path.empty() ? "the folder" : printable(path), most),
               "", 0, ""};
}

Kind kind_of_mode(uint32_t mode) {
  switch (mode & S_IFMT) {
    case 0:
      return Kind::Nothing;
    case S_IFREG:
      return Kind::File;
    case S_IFDIR:
      return Kind::Folder;
    case S_IFLNK:
      return Kind::Link;
    case GIT_FILEMODE_COMMIT:
      return Kind::Submodule;
    default:
      return Kind::Other;
  }
}

void sort_items(Items& items) {
  std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
}

class DiskSource : public TreeSource {
 public:
  // With the audited folder for a root, or the work tree's that it lies in.
  explicit DiskSource(int folder) : folder_(folder) {}
  explicit DiskSource(Descriptor root) : own_(std::move(root)), folder_(own_.get()) {}

  Result<Kind> look(const std::string& path) override {
    Descriptor found = open_beneath(folder_, path, O_PATH);
    struct stat status;
    if (found.get() < 0 && errno == ENOENT) return Kind::Nothing;
    if (found.get() < 0 && errno == ELOOP) return trouble(path, "a symbolic link lies on the way");
    if (found.get() < 0 || ::fstat(found.get(), &status) != 0) return trouble(path, system_message(errno));
    return kind_of_mode(status.st_mode);
  }

  Result<Items> below(const std::string& path, size_t most) override {
    Items found;
    size_t seen = 0;
    std::vector<std::string> folders = {path};
    while (!folders.empty()) {
      std::string folder = std::move(folders.back());
      folders.pop_back();
      Directory directory(folder_, folder);
      if (!directory.trouble().empty()) return trouble(folder, directory.trouble());
      seen += directory.names().size();
      if (seen > most) return too_many(path, most);
      for (const Directory::Name& name : directory.names()) {
        if (name.text == ".git") continue;
        std::string whole = folder.empty() ? name.text : folder + "/" + name.text;
        Kind kind = kind_of_mode(name.type);
        if (kind == Kind::Folder) {
          folders.push_back(std::move(whole));
        } else {
          found.push_back({std::move(whole), kind});
        }
      }
    }
    sort_items(found);
    return found;
  }

  Result<std::string> read(const std::string& path, size_t limit) override {
    std::string text;
    if (auto failure = read_from_disk(folder_, path, limit + 1, text)) return trouble(path, failure->detail);
    if (text.size() > limit) return too_large(path, limit);
    return text;
  }

 private:
  Descriptor own_;
  int folder_;
};

// What index and commit share: objects.
class GitSource : public TreeSource {
 public:
  explicit GitSource(ObjectStore store) : store_(std::move(store)) {}

 protected:
  Result<std::string> read_object(const std::string& path, const ObjectId& id, size_t limit) {
    if (store_.size(id).value_or(ObjectStore::Size{}).bytes > limit) return too_large(path, limit);
    std::string text;
    if (auto failure = store_.read(id, limit, text)) return trouble(path, failure->detail);
    return text;
  }
  const ObjectStore& store() const { return store_; }

 private:
  ObjectStore store_;
};

class IndexSource : public GitSource {
 public:
  IndexSource(ObjectStore store, IndexFile index) : GitSource(std::move(store)), index_(std::move(index)) {}

  Result<Kind> look(const std::string& path) override {
    if (const IndexEntry* entry = find(path)) return kind_of_mode(entry->mode);
    return path.empty() || !index_.below(path).empty() ? Kind::Folder : Kind::Nothing;
  }

  Result<Items> below(const std::string& path, size_t most) override {
    std::span<const IndexEntry> entries = index_.below(path);
    if (entries.size() > most) return too_many(path, most);
    Items found;
    for (const IndexEntry& entry : entries) {
      if (!entry.is_promised_only) found.push_back({std::string(entry.path), kind_of_mode(entry.mode)});
    }
    return found;
  }

  Result<std::string> read(const std::string& path, size_t limit) override {
    const IndexEntry* entry = find(path);
    if (!entry) return trouble(path, "it is not staged");
    return read_object(path, entry->id, limit);
  }

 private:
  const IndexEntry* find(const std::string& path) const {
    std::span<const IndexEntry> found = starting_with(index_.entries, path);
    if (path.empty() || found.empty() || found[0].path != path || found[0].is_promised_only) return nullptr;
    return &found[0];
  }

  IndexFile index_;
};

class CommitSource : public GitSource {
 public:
  CommitSource(ObjectStore store, const ObjectId& tree) : GitSource(std::move(store)), tree_(tree) {}

  Result<Kind> look(const std::string& path) override {
    Result<TreeNode> node = node_at(store(), tree_, path);
    if (!node) return node.error();
    return kind_of_mode(node->mode);
  }

  Result<Items> below(const std::string& path, size_t most) override {
    Result<TreeNode> start = node_at(store(), tree_, path);
    if (!start) return start.error();
    Items found;
    size_t seen = 0;
    std::vector<std::pair<std::string, ObjectId>> folders = {{path, start->id}};
    while (!folders.empty()) {
      auto [folder, id] = std::move(folders.back());
      folders.pop_back();
      ObjectStore::Tree tree = store().tree(id);
      if (tree.failure) return trouble(folder, tree.failure->detail);
      seen += tree.entries.size();
      if (seen > most) return too_many(path, most);
      for (const ObjectStore::TreeEntry& entry : tree.entries) {
        std::string whole = (folder.empty() ? "" : folder + "/") + std::string(entry.name);
        Kind kind = kind_of_mode(entry.mode);
        if (kind == Kind::Folder) {
          folders.emplace_back(std::move(whole), entry.id);
        } else {
          found.push_back({std::move(whole), kind});
        }
      }
    }
    sort_items(found);
    return found;
  }

  Result<std::string> read(const std::string& path, size_t limit) override {
    Result<TreeNode> node = node_at(store(), tree_, path);
    if (!node) return node.error();
    return read_object(path, node->id, limit);
  }

 private:
  ObjectId tree_;
};

}  // namespace

Result<std::unique_ptr<TreeSource>> open_tree_source(AuditRoot& root, const FileSetOptions& options) {
  Repository& repository = root.repository;
  if (options.source == FileSource::WorkTree) {
    if (repository.info.prefix.empty()) return std::unique_ptr<TreeSource>(new DiskSource(root.folder.get()));
    const std::string& top = repository.info.work_tree;
    Descriptor folder(::open(top.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (folder.get() < 0) return trouble(top, system_message(errno));
    return std::unique_ptr<TreeSource>(new DiskSource(std::move(folder)));
  }
  ObjectStore store(repository);
  if (options.source == FileSource::Index) {
    Result<IndexFile> index = read_index(repository, [](const std::string&) { return true; });
    if (!index) return index.error();
    return std::unique_ptr<TreeSource>(new IndexSource(std::move(store), std::move(*index)));
  }
  Result<ObjectId> tree = tree_of_commit(repository, store, options.revision);
  if (!tree) return tree.error();
  return std::unique_ptr<TreeSource>(new CommitSource(std::move(store), *tree));
}

}  // namespace tfcheck
