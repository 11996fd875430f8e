// One folder on disk: its names in the order in which git sorts paths, and their stat data. Symlinks are never
// followed.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tfcheck {

// A file descriptor that closes itself; -1 is none.
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

 private:
  int fd_;
};

class Directory {
 public:
  struct Name {
    std::string text;
    mode_t type;  // S_IFDIR, S_IFREG, …
  };

  // Opens and lists the folder at `path` below `root` ("" is the root itself).
  Directory(int root, const std::string& path);

  // Why the folder cannot be listed, "" when it can.
  const std::string& trouble() const { return trouble_; }
  // Sorted by bytes, a folder as if its name ended in '/': walking them in order yields paths in order.
  const std::vector<Name>& names() const { return names_; }
  bool has(std::string_view name) const;
  // lstat of one of the names; false when it has gone or may not be looked at.
  bool status(const std::string& name, struct stat& status) const;
  std::string link_target(const std::string& name) const;
  // Is a name, or what it is a symlink to, something whose opening may block (a FIFO, a device)?
  bool may_block(const std::string& name) const;

 private:
  void read_names();

  Descriptor fd_;
  std::vector<Name> names_;
  std::string trouble_;
};

// strerror of an error number, thread-safe.
std::string system_message(int error);

}  // namespace tfcheck
