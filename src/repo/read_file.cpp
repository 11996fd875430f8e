#include "repo/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "repo/descriptor.h"

namespace tfcheck {

namespace {

ReadFailure refused(int error) {
  return {why_of(error), system_message(error)};
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

// O_NONBLOCK: a FIFO that has taken the file's place since it was listed must not stop the run.
constexpr int reading = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

std::optional<ReadFailure> read_regular(int fd, size_t limit, std::string& buffer) {
  struct stat status;
  if (::fstat(fd, &status) != 0) return refused(errno);
  if (!S_ISREG(status.st_mode)) return ReadFailure{Unread::NotAFile, "is not a regular file"};
  buffer.resize(std::min(limit, static_cast<size_t>(status.st_size)));
  return read_fully(fd, buffer, 0);
}

}  // namespace

std::optional<ReadFailure> read_from_disk(int root, const std::string& path, size_t limit, std::string& buffer) {
  buffer.clear();
  Descriptor file = open_beneath(root, path, reading);
  // What has gone since it was listed is not there to be read; a system that fails is another matter.
  if (file.get() < 0 && errno == ENOENT) return ReadFailure{Unread::NotAFile, "has gone since it was listed"};
  if (file.get() < 0) return refused(errno);
  return read_regular(file.get(), limit, buffer);
}

std::optional<ReadFailure> read_named_file(const std::string& path, size_t limit, std::string& buffer) {
  buffer.clear();
  Descriptor file(::open(path.c_str(), reading));
  if (file.get() < 0 && (errno == ENOENT || errno == ENOTDIR)) return ReadFailure{Unread::None, "is not there"};
  if (file.get() < 0) return refused(errno);
  return read_regular(file.get(), limit, buffer);
}

}  // namespace tfcheck
