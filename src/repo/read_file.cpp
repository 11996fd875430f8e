#include "repo/read_file.h"

#include <fcntl.h>
#include <git2.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "repo/descriptor.h"

namespace tfcheck {

namespace {

// libgit2 unpacks a whole object at once, so what is larger than this is not read at all.
constexpr size_t max_unpacked = size_t{64} << 20;

ReadFailure refused(int error) {
  return {error == EACCES || error == EPERM ? Unread::Permission : Unread::Io, system_message(error)};
}

// Fills the buffer from its offset `done` up to its size; shortens it to what there was.
std::optional<ReadFailure> read_fully(int fd, std::string& buffer, size_t done) {
  while (done < buffer.size()) {
    ssize_t got = ::read(fd, buffer.data() + done, buffer.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused(errno);
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  buffer.resize(done);
  return std::nullopt;
}

}  // namespace

std::optional<ReadFailure> read_from_disk(int root, const std::string& path, size_t limit, std::string& buffer) {
  buffer.clear();
  // O_NONBLOCK: a FIFO that has taken the file's place since it was listed must not stop the run.
  Descriptor file(open_beneath(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0 && errno == ELOOP) return ReadFailure{Unread::NotAFile, "has become a symbolic link"};
  if (file.get() < 0) return refused(errno);
  struct stat status;
  if (::fstat(file.get(), &status) != 0) return refused(errno);
  if (!S_ISREG(status.st_mode)) return ReadFailure{Unread::NotAFile, "is no longer a regular file"};
  buffer.resize(std::min(limit, static_cast<size_t>(status.st_size)));
  return read_fully(file.get(), buffer, 0);
}

std::optional<ReadFailure> read_from_git(git_odb* odb, const FileEntry& entry, size_t limit, std::string& buffer) {
  buffer.clear();
  git_oid id;
  if (git_oid_fromstr(&id, entry.blob_id.c_str()) != 0) return ReadFailure{Unread::MissingObject, "has no object id"};
  if (entry.size > max_unpacked) return ReadFailure{Unread::TooLarge, "is too large to be unpacked from git's store"};
  git_odb_object* raw = nullptr;
  int code = git_odb_read(&raw, odb, &id);
  if (code == GIT_ENOTFOUND) return ReadFailure{Unread::MissingObject, "its object is not in this repository"};
  if (code != 0) return ReadFailure{Unread::Io, git_trouble()};
  GitPtr<git_odb_object> object(raw);
  if (git_odb_object_type(raw) != GIT_OBJECT_BLOB)
    return ReadFailure{Unread::MissingObject, "its object is not a file"};
  size_t size = std::min(limit, git_odb_object_size(raw));
  buffer.assign(static_cast<const char*>(git_odb_object_data(raw)), size);
  return std::nullopt;
}

}  // namespace tfcheck
