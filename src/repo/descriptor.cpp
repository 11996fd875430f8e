#include "repo/descriptor.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#include "base/text.h"

namespace tfcheck {

namespace {

Descriptor refused(int error) {
  errno = error;
  return Descriptor();
}

// A folder on the way. Of a link O_DIRECTORY says ENOTDIR, as of a file: ELOOP tells them apart.
Descriptor step_into(int folder, const std::string& name) {
  Descriptor next(::openat(folder, name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (next.get() >= 0 || errno != ENOTDIR) return next;
  struct stat status;
  bool is_link = ::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
  return refused(is_link ? ELOOP : ENOTDIR);
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Descriptor open_beneath(int root, const std::string& path, int flags) {
  open_how how = {};
  how.flags = static_cast<uint64_t>(flags | O_CLOEXEC | O_NOFOLLOW);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const char* named = path.empty() ? "." : path.c_str();
  long fd = ::syscall(SYS_openat2, root, named, &how, sizeof how);
  // Sandboxes that do not know the call answer EPERM.
  if (fd < 0 && (errno == ENOSYS || errno == EPERM)) return open_by_component(root, path, flags);
  return Descriptor(static_cast<int>(fd));
}

Descriptor open_by_component(int root, const std::string& path, int flags) {
  flags |= O_CLOEXEC | O_NOFOLLOW;
  if (path.size() >= PATH_MAX) return refused(ENAMETOOLONG);
  if (path.starts_with('/')) return refused(EXDEV);
  if (path.empty()) return Descriptor(::openat(root, ".", flags));
  Descriptor folder;
  std::vector<std::string_view> names = split(path, '/');
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == "..") return refused(EXDEV);
    int from = folder.get() < 0 ? root : folder.get();
    std::string name(names[i].empty() ? "." : names[i]);
    if (i + 1 == names.size()) return Descriptor(::openat(from, name.c_str(), flags));
    folder = step_into(from, name);
    if (folder.get() < 0) return Descriptor();
  }
  return refused(ENOENT);
}

Unread why_of(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
      return Unread::Permission;
    case ELOOP:
    case ENOTDIR:
    case ENXIO:  // a socket, or a device that is not there
    case ENODEV:
    case EISDIR:
      return Unread::NotAFile;
    default:
      return Unread::Io;
  }
}

std::string system_message(int error) {
  if (error == ELOOP) return "a symbolic link is not followed";
  if (error == ENXIO) return "is not a regular file";
  return std::generic_category().message(error);
}

}  // namespace tfcheck
