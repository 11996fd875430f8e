#include "repo/directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

namespace tfcheck {

namespace {

struct CloseDirectory {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

bool git_order(const Directory::Name& a, const Directory::Name& b) {
  size_t common = std::min(a.text.size(), b.text.size());
  if (int order = a.text.compare(0, common, b.text, 0, common)) return order < 0;
  auto next = [&](const Directory::Name& name) -> int {
    if (name.text.size() > common) return static_cast<unsigned char>(name.text[common]);
    return name.type == S_IFDIR ? '/' : -1;
  };
  return next(a) < next(b);
}

}  // namespace

Directory::Directory(int root, const std::string& path) : fd_(open_beneath(root, path, O_RDONLY | O_DIRECTORY)) {
  if (fd_.get() < 0) {
    fail(errno);
  } else {
    read_names();
  }
}

void Directory::read_names() {
  int duplicate = ::fcntl(fd_.get(), F_DUPFD_CLOEXEC, 0);
  std::unique_ptr<DIR, CloseDirectory> stream(duplicate < 0 ? nullptr : ::fdopendir(duplicate));
  if (!stream) {
    fail(errno);
    if (duplicate >= 0) ::close(duplicate);
    return;
  }
  for (errno = 0; const dirent* entry = ::readdir(stream.get()); errno = 0) {
    std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    auto type = static_cast<mode_t>(DTTOIF(entry->d_type));
    struct stat found;
    if (entry->d_type == DT_UNKNOWN) type = status(entry->d_name, found) ? found.st_mode & S_IFMT : 0;
    names_.push_back({std::string(name), type});
  }
  if (errno != 0) fail(errno);
  std::sort(names_.begin(), names_.end(), git_order);
}

bool Directory::has(std::string_view name) const {
  return std::any_of(names_.begin(), names_.end(), [&](const Name& candidate) { return candidate.text == name; });
}

bool Directory::status(const std::string& name, struct stat& status) const {
  return ::fstatat(fd_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

std::string Directory::link_target(const std::string& name) const {
  std::array<char, 4096> buffer;
  ssize_t length = ::readlinkat(fd_.get(), name.c_str(), buffer.data(), buffer.size());
  return length < 0 ? std::string() : std::string(buffer.data(), static_cast<size_t>(length));
}

void Directory::fail(int error) {
  trouble_ = system_message(error);
  why_ = why_of(error);
}

}  // namespace tfcheck
