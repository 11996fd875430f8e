// The files of an audit and their bytes: a work tree (tracked and untracked files that git does not ignore), the index,
// a commit, a plain directory, or texts that lie nowhere but in memory. The same pipeline runs over each of them. Who
// names a folder of a repository gets the repository's files, and which of them he means.
// libgit2 stays inside this layer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "repo/object_id.h"

namespace tfcheck {

// History is no set of files: all commits, for who reads those themselves (history_log.h).
enum class FileSource : uint8_t { WorkTree, Index, Commit, History };

class ObjectStore;

struct FileSetOptions {
  FileSource source = FileSource::WorkTree;  // outside a repository WorkTree means the plain directory
  std::string revision;                      // for Commit: anything that git rev-parse takes
  std::vector<std::string> exclude;          // path globs (base/text.h path_match) that are left out
  std::vector<std::string> exclude_paths;    // absolute paths that are left out: what the run itself writes
};

struct FileEntry {
  enum class Kind : uint8_t { Regular, Symlink, Submodule };
  std::string path;   // relative to the tree's root, '/' between components; bytes as on disk, maybe not UTF-8
  uint64_t size = 0;  // bytes
  Kind kind = Kind::Regular;
  bool tracked = false;  // in the index or commit
  bool executable = false;
  std::string link_target;  // of a symlink, as written
  // The object where it is known without reading the file, else none. Of a work tree's file it is known while the stat
  // data in the index match. It names the bytes that git stores: filters (CRLF, LFS) can make those on disk differ, so
  // a cache's key takes `size` too.
  ObjectId blob_id;
};

// What git knows about the audited tree; plain values, empty outside a repository. A folder that git ignores counts as
// outside. `is_repository` stays true for a damaged repository whose files are listed as a plain directory's.
struct RepositoryInfo {
  bool is_repository = false;
  std::string other_system;  // "Mercurial", "Subversion" …: what keeps a folder that git does not, "" for nothing
  bool is_shallow = false;
  std::string work_tree;   // absolute path of the repository's root, "" when bare
  std::string prefix;      // path of the tree's root below it, "" at the root
  std::string head;        // commit id of HEAD, "" in a repository without commits
  std::string branch;      // short name, "" when detached
  std::string revision;    // commit id that the files are of when a commit is the source, else ""
  std::string remote_url;  // of "origin" (credentials removed), "" when there is none
};

// Why a file's bytes could not be had; `detail` is one short clause that is safe to print after printable().
struct ReadFailure {
  Unread why = Unread::Io;
  std::string detail;
};

// A file that has no disk below it.
struct MemoryFile {
  std::string path;  // as in FileEntry
  std::string bytes;
};

class FileSet {
 public:
  // Lists the files below `path`; of a folder in a repository all files of that, but outside of the folder untracked
  // ones only beside tracked ones. Errors are the user's: no such directory, not a directory, unknown revision, a bare
  // repository without --rev, a repository that git's safe.directory refuses; each message says what to do.
  static Result<FileSet> open(const std::string& path, const FileSetOptions& options);
  // Regular files in memory, in any order; of two with one path the first counts. They are tracked when `repository` is
  // one. `folder`: the one that is audited.
  static FileSet of(std::vector<MemoryFile> files, RepositoryInfo repository = {}, std::string folder = {});
  // One file of git's by its object: read when it is asked for, and tracked. The entry's size is filled in.
  static FileSet of_object(const ObjectStore& store, FileEntry entry);
  FileSet(FileSet&&) noexcept;
  FileSet& operator=(FileSet&&) noexcept;
  ~FileSet();

  // Sorted by path bytes. Symlinks and submodules are listed, never followed.
  const std::vector<FileEntry>& files() const;
  const RepositoryInfo& repository() const;
  // Path of the audited folder, "" for all files.
  const std::string& folder() const;
  // Unreadable folders, submodules that are not checked out, …
  const std::vector<Notice>& notices() const;
  // Reads a file's bytes into a reused buffer; at most `limit` bytes are read. Returns why it cannot, nothing when it
  // can. Thread-safe: each thread uses its own buffer. Of regular files only.
  std::optional<ReadFailure> read(size_t index, size_t limit, std::string& buffer) const;

 private:
  struct State;
  explicit FileSet(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tfcheck
