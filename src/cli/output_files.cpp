#include "cli/output_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <map>
#include <tuple>

#include "base/text.h"
#include "cli/output.h"

namespace tfcheck {

namespace {

using Trouble = std::optional<std::string>;  // why something could not be done

// Holds back the signals that end a program while a temporary file is there.
class HeldSignals {
 public:
  HeldSignals() {
    sigemptyset(&ending_);
    for (int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM}) sigaddset(&ending_, signal);
    ::pthread_sigmask(SIG_BLOCK, &ending_, &before_);
  }
  ~HeldSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  // Did one arrive that was not held back before?
  bool arrived() const {
    sigset_t pending;
    sigpending(&pending);
    for (int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM}) {
      if (sigismember(&pending, signal) == 1 && sigismember(&before_, signal) == 0) return true;
    }
    return false;
  }

 private:
  sigset_t ending_{}, before_{};
};

// A new file beside a target. Gone at the end unless it took the target's place.
class TemporaryFile {
 public:
  TemporaryFile(int folder, mode_t mode) : folder_(folder) {
    std::array<unsigned char, 16> random;
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
      trouble_ = system_message(errno);
      return;
    }
    name_ = fmt::format(".tfcheck-{:02x}.tmp", fmt::join(random, ""));
    file_ = Descriptor(::openat(folder_, name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (file_.get() < 0) trouble_ = system_message(errno), name_.clear();
  }
  ~TemporaryFile() {
    if (!name_.empty()) ::unlinkat(folder_, name_.c_str(), 0);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const Trouble& trouble() const { return trouble_; }
  int descriptor() const { return file_.get(); }

  Trouble rename_to(const std::string& target) {
    if (::close(file_.release()) != 0 && errno != EINTR) return system_message(errno);
    if (::renameat(folder_, name_.c_str(), folder_, target.c_str()) != 0) return system_message(errno);
    name_.clear();
    return std::nullopt;
  }

 private:
  int folder_;
  std::string name_;
  Descriptor file_;
  Trouble trouble_;
};

// Gives the new file the owner, group and mode of the earlier one. A group that cannot be given gets no more than the
// others had.
void keep_mode(int file, const struct stat& earlier) {
  mode_t mode = earlier.st_mode & 0777;
  struct stat made;
  bool same_group = ::fchown(file, earlier.st_uid, earlier.st_gid) == 0 ||
                    ::fchown(file, static_cast<uid_t>(-1), earlier.st_gid) == 0 ||
                    (::fstat(file, &made) == 0 && made.st_gid == earlier.st_gid);
  if (!same_group) mode &= ~mode_t{070} | (mode & 07) << 3;
  ::fchmod(file, mode);
}

Trouble replace(const OutputPlace& place, std::string_view text) {
  constexpr size_t piece = 1 << 16;
  HeldSignals held;
  struct stat earlier;
  bool exists = ::fstatat(place.folder.get(), place.name.c_str(), &earlier, AT_SYMLINK_NOFOLLOW) == 0;
  TemporaryFile file(place.folder.get(), exists ? 0600 : 0666);
  if (file.trouble()) return file.trouble();
  for (size_t at = 0; at < text.size(); at += piece) {
    if (held.arrived()) return "interrupted";
    if (Trouble trouble = write_all(file.descriptor(), text.substr(at, piece))) return trouble;
  }
  if (held.arrived()) return "interrupted";
  if (exists) keep_mode(file.descriptor(), earlier);
  return file.rename_to(place.name);
}

// The number of an open file of this process that a link in /proc stands for; -1 when it stands for none.
int own_descriptor(const OutputPlace& place) {
  int number = -1;
  std::string_view name = place.name;
  bool own = place.is_open_file && dir_name(place.path) == fmt::format("/proc/{}/fd", ::getpid());
  if (!own || std::from_chars(name.data(), name.data() + name.size(), number).ptr != name.data() + name.size())
    return -1;
  return number;
}

Descriptor connect_to(const OutputPlace& place) {
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::string path = fmt::format("/proc/self/fd/{}/{}", place.folder.get(), place.name);
  if (path.size() >= sizeof address.sun_path) return errno = ENAMETOOLONG, Descriptor();
  path.copy(address.sun_path, path.size());
  bool connected = ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  return connected ? std::move(socket) : Descriptor();
}

Descriptor open_straight(const OutputPlace& place) {
  if (int own = own_descriptor(place); own >= 0) return Descriptor(::fcntl(own, F_DUPFD_CLOEXEC, 3));
  if (place.type == S_IFSOCK && !place.is_open_file) return connect_to(place);
  int flags = O_WRONLY | O_NOCTTY | O_CLOEXEC | (place.is_open_file ? O_TRUNC : O_NOFOLLOW);
  return Descriptor(::openat(place.folder.get(), place.name.c_str(), flags));
}

Trouble write_straight(const OutputPlace& place, std::string_view text) {
  Descriptor file = open_straight(place);
  if (file.get() < 0) return system_message(errno);
  if (Trouble trouble = write_all(file.get(), text)) return trouble;
  if (::close(file.release()) != 0 && errno != EINTR) return system_message(errno);
  return std::nullopt;
}

bool is_replaced(const OutputPlace& place) {
  return !place.is_open_file && (place.type == 0 || place.type == S_IFREG);
}

// Why a report cannot go there, as far as that shows beforehand.
Trouble refusal(const OutputPlace& place) {
  if (!is_replaced(place)) return std::nullopt;
  if (::faccessat(place.folder.get(), ".", W_OK | X_OK, AT_EACCESS) != 0) return system_message(errno);
  if (place.type != 0 && ::faccessat(place.folder.get(), place.name.c_str(), W_OK, AT_EACCESS) != 0)
    return system_message(errno);
  return std::nullopt;
}

Error unwritable(const OutputName& name, const std::string& why) {
  return Error{"the report cannot be written: " + why, name.file, 0, ""};
}

// What tells one file from another: a file by itself, one that is not there yet by its folder and name.
using Identity = std::tuple<dev_t, ino_t, std::string>;

std::optional<Identity> identity_of(const OutputPlace& place) {
  if (place.type == S_IFREG) return Identity{place.identity->first, place.identity->second, ""};
  struct stat folder;
  if (place.type != 0 || ::fstat(place.folder.get(), &folder) != 0) return std::nullopt;
  return Identity{folder.st_dev, folder.st_ino, place.name};
}

}  // namespace

Result<OutputFiles> OutputFiles::open(const std::vector<OutputName>& names, const std::string& folder) {
  OutputFiles files;
  std::map<Identity, std::string> taken;
  struct stat standard;
  if (::fstat(STDOUT_FILENO, &standard) == 0 && S_ISREG(standard.st_mode))
    taken.emplace(Identity{standard.st_dev, standard.st_ino, ""}, "standard output");
  std::string tree = names.empty() ? "" : tree_of_folder(folder);
  for (const OutputName& name : names) {
    Result<OutputPlace> place = find_output_place(name.file, tree);
    if (!place) return place.error();
    if (Trouble why = refusal(*place)) return unwritable(name, *why);
    std::optional<Identity> identity = own_descriptor(*place) < 0 ? identity_of(*place) : std::nullopt;
    if (identity) {
      auto [earlier, fresh] = taken.emplace(*identity, "-o " + name.format + "=" + name.file);
      if (!fresh) return unwritable(name, earlier->second + " is the same file");
    }
    files.targets_.push_back({name, std::move(*place)});
  }
  return files;
}

std::vector<std::string> OutputFiles::paths() const {
  std::vector<std::string> paths;
  for (const Target& target : targets_) {
    if (!target.place.is_open_file) paths.push_back(target.place.path);
  }
  return paths;
}

std::optional<Error> OutputFiles::write(size_t index, std::string_view text) const {
  const Target& target = targets_[index];
  Trouble trouble = is_replaced(target.place) ? replace(target.place, text) : write_straight(target.place, text);
  if (trouble) return unwritable(target.name, *trouble);
  return std::nullopt;
}

}  // namespace tfcheck
