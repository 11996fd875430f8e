#include "session/user_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "base/text.h"
#include "repo/descriptor.h"

namespace tfcheck {

namespace {

namespace fs = std::filesystem;

// A pack is written by hand. What has more than this is another folder than the user meant.
constexpr size_t most_names = 20000;
constexpr size_t most_files = 2000;
constexpr size_t most_bytes = size_t{16} << 20;
constexpr int most_depth = 16;

bool is_pack_file(const fs::path& path) {
  return path.extension() == ".md" || (path.extension() == ".toml" && path.parent_path().filename() == "vocabulary");
}

Error no_pack(const std::string& path, std::string why) {
  return Error{std::move(why), path, 0, "name the folder of the rule pages"};
}

// The files of a pack below a folder, sorted.
Result<std::vector<fs::path>> pack_files(const std::string& path) {
  std::vector<fs::path> found;
  std::error_code failed;
  size_t names = 0;
  fs::recursive_directory_iterator entry(path, failed);
  for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
    if (++names > most_names) return no_pack(path, fmt::format("no rule pack: it has more than {} names", most_names));
    if (entry.depth() > most_depth) return no_pack(path, "no rule pack: its folders are nested too deeply");
    std::error_code gone;
    if (is_pack_file(entry->path()) && entry->is_regular_file(gone)) found.push_back(entry->path());
    if (found.size() > most_files)
      return no_pack(path, fmt::format("no rule pack: it has more than {} pages", most_files));
  }
  if (failed) return no_pack(path, "the rule pack cannot be read: " + failed.message());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

Result<std::string> read_user_file(const std::string& path, size_t most) {
  auto wrong = [&](const std::string& why) { return Error{"cannot be read: " + why, path, 0, ""}; };
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (file.get() < 0) return wrong(system_message(errno));
  std::string text;
  for (size_t got = 0;; got = text.size()) {
    text.resize(std::min(most + 1, got + (size_t{64} << 10)));
    if (text.size() == got) return wrong(fmt::format("it has more than {} kB", most >> 10));
    ssize_t count = ::read(file.get(), text.data() + got, text.size() - got);
    text.resize(got + static_cast<size_t>(std::max<ssize_t>(count, 0)));
    if (count == 0) return text;
    if (count < 0 && errno != EINTR) return wrong(system_message(errno));
  }
}

Result<RulePack> read_user_pack(const std::string& path) {
  std::error_code failed;
  std::vector<fs::path> files = {path};
  if (fs::is_directory(path, failed)) {
    Result<std::vector<fs::path>> found = pack_files(path);
    if (!found) return found.error();
    files = std::move(*found);
  } else if (!fs::is_regular_file(path, failed)) {
    return Error{"no such rule pack", path, 0, ""};
  }
  RulePack pack;
  size_t bytes = 0;
  for (const fs::path& file : files) {
    Result<std::string> text = read_user_file(file.string(), most_bytes - bytes);
    if (!text) return text.error();
    bytes += text->size();
    pack.files.push_back({fs::absolute(file, failed).lexically_normal().string(), file.string(), std::move(*text)});
  }
  return pack;
}

std::string checkout_of(const std::string& path) {
  std::error_code failed;
  for (fs::path folder = fs::absolute(path, failed); folder.has_relative_path(); folder = folder.parent_path()) {
    if (fs::exists(folder / "logs" / "log-file.md", failed) && fs::is_directory(folder / "vocabulary", failed))
      return folder.string();
  }
  return {};
}

}  // namespace tfcheck
