#include "cli/output_place.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as the system allows

std::string target_of(int folder, const std::string& name) {
  std::array<char, 4096> buffer;
  ssize_t length = ::readlinkat(folder, name.c_str(), buffer.data(), buffer.size());
  return length < 0 ? std::string() : std::string(buffer.data(), static_cast<size_t>(length));
}

bool is_in_proc(int folder) {
  struct statfs system;
  return ::fstatfs(folder, &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

class PlaceWalk {
 public:
  PlaceWalk(const std::string& file, std::string_view tree) : file_(file), tree_(tree) {}

  Result<OutputPlace> run() {
    if (file_.ends_with('/')) return wrong("it is a folder");
    if (!begin(file_)) return wrong(system_message(errno));
    while (!ahead_.empty()) {
      std::string name = std::move(ahead_.back());
      ahead_.pop_back();
      bool last = ahead_.empty();
      if (name == ".." || (name == "." && !last)) {
        if (!enter(name)) return wrong(system_message(errno));
        continue;
      }
      struct stat found;
      if (::fstatat(folder_.get(), name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT && last) return place(std::move(name), nullptr);
        return wrong(errno == ENOENT ? fmt::format("there is no folder {}", path_of(name)) : system_message(errno));
      }
      if (S_ISLNK(found.st_mode)) {
        if (lies_in(path_, tree_)) return wrong(fmt::format("{} is a link in the audited tree", path_of(name)));
        if (last && is_in_proc(folder_.get())) return open_file(std::move(name));
        if (!follow(name)) return wrong(system_message(errno));
      } else if (last) {
        if (S_ISDIR(found.st_mode)) return wrong("it is a folder");
        return place(std::move(name), &found);
      } else if (!enter(name)) {
        return wrong(system_message(errno));
      }
    }
    return wrong("it is a folder");
  }

 private:
  Error wrong(const std::string& why) const { return {"the report cannot be written: " + why, file_, 0, ""}; }
  std::string path_of(const std::string& name) const { return path_ + "/" + name; }

  // Goes to where a path counts from and puts its names ahead.
  bool begin(const std::string& path) {
    bool absolute = path.starts_with('/');
    if (absolute || links_ == 0) {
      folder_ = Descriptor(::open(absolute ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
      if (folder_.get() < 0) return false;
      path_.clear();
      std::error_code failed;
      if (!absolute && !is_here(fs::current_path(failed).string())) return false;
    }
    std::vector<std::string_view> names = split(path, '/');
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
      if (!name->empty()) ahead_.emplace_back(*name);
    }
    return true;
  }

  bool enter(const std::string& name) {
    Descriptor next(::openat(folder_.get(), name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (next.get() < 0) return false;
    folder_ = std::move(next);
    if (name == "..")
      path_ = dir_name(path_);
    else if (name != ".")
      path_ = path_of(name);
    return true;
  }

  bool follow(const std::string& name) {
    if (++links_ > most_links) return errno = ELOOP, false;
    if (!is_in_proc(folder_.get())) {
      std::string target = target_of(folder_.get(), name);
      return !target.empty() && begin(target);
    }
    // Links in /proc need not lead to where they say.
    Descriptor next(::openat(folder_.get(), name.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (next.get() < 0) return false;
    folder_ = std::move(next);
    return is_here(target_of(AT_FDCWD, fmt::format("/proc/self/fd/{}", folder_.get())));
  }

  // Notes the path of folder_; false when it has none.
  bool is_here(const std::string& path) {
    path_ = path == "/" ? "" : path;
    bool known = path.starts_with('/');
    if (!known) errno = ENOENT;
    return known;
  }

  OutputPlace place(std::string name, const struct stat* found) {
    OutputPlace place;
    place.path = path_of(name);
    place.name = std::move(name);
    place.folder = std::move(folder_);
    if (found) {
      place.type = found->st_mode & S_IFMT;
      place.identity = {found->st_dev, found->st_ino};
    }
    return place;
  }

  Result<OutputPlace> open_file(std::string name) {
    struct stat found;
    if (::fstatat(folder_.get(), name.c_str(), &found, 0) != 0) return wrong(system_message(errno));
    if (S_ISDIR(found.st_mode)) return wrong("it is a folder");
    OutputPlace made = place(std::move(name), &found);
    made.is_open_file = true;
    return made;
  }

  const std::string& file_;
  std::string_view tree_;
  Descriptor folder_;
  std::string path_;                // of folder_, "" for the root
  std::vector<std::string> ahead_;  // names still to go, the next one last
  int links_ = 0;
};

}  // namespace

Result<OutputPlace> find_output_place(const std::string& file, std::string_view tree) {
  return PlaceWalk(file, tree).run();
}

std::string tree_of_folder(const std::string& folder) {
  std::error_code failed;
  fs::path start = fs::canonical(folder.empty() ? "." : folder, failed);
  if (failed) return {};
  for (fs::path at = start;; at = at.parent_path()) {
    if (fs::exists(fs::symlink_status(at / ".git", failed))) return at.string();
    if (at == at.parent_path()) return start.string();
  }
}

bool lies_in(std::string_view path, std::string_view tree) {
  if (tree.empty()) return false;
  if (tree == "/") return true;
  return path.starts_with(tree) && (path.size() == tree.size() || path[tree.size()] == '/');
}

}  // namespace tfcheck
