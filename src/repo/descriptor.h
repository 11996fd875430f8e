// A file descriptor that closes itself, and opening below a folder without ever following a link: what lies there is
// the audited tree, whose owner may exchange a folder for a link at any moment.
#pragma once

#include <string>
#include <utility>

#include "base/unread.h"

namespace tfcheck {

// -1 is none.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor();
  int get() const { return fd_; }
  // Gives the descriptor away, to be closed by the caller.
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// Opens `path` below the folder `root` ("" is the folder itself) with openat's flags. A link in any component is ELOOP,
// a path that leaves the folder EXDEV; -1 and errno as openat's. Flags that create are not for this.
Descriptor open_beneath(int root, const std::string& path, int flags);
// The same without openat2, for kernels and sandboxes that do not have it.
Descriptor open_by_component(int root, const std::string& path, int flags);

// What an error number says of a file that was to be opened: permission, a failing system, or that it is none.
Unread why_of(int error);
// Its text, thread-safe, and in plain words where the system's are not.
std::string system_message(int error);

}  // namespace tfcheck
