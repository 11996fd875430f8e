#include "repo/ignore_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <git2.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "base/text.h"
#include "repo/read_file.h"

namespace tfcheck {

namespace {

// The longest ignore file of a real project has some tens of kilobytes.
constexpr size_t largest_file = 512 << 10;

std::string from_home(const char* variable, std::string_view rest) {
  const char* folder = std::getenv(variable);
  return folder && *folder ? folder + std::string(rest) : "";
}

// Where git looks for the user's rules when no configuration names a file.
std::string default_file() {
  std::string file = from_home("XDG_CONFIG_HOME", "/git/ignore");
  return file.empty() ? from_home("HOME", "/.config/git/ignore") : file;
}

}  // namespace

IgnoreReader::IgnoreReader(const Repository& repository) : repository_(repository) {
  git_config* raw = nullptr;
  if (!repository.handle || git_repository_config_snapshot(&raw, repository.handle.get()) != 0) return;
  GitPtr<git_config> config(raw);
  int fold = 0;
  if (git_config_get_bool(&fold, raw, "core.ignorecase") == 0 && fold) letters_ = Letters::Folded;
  git_buf path = {};
  users_ = git_config_get_path(&path, raw, "core.excludesfile") == 0 ? path.ptr : default_file();
  git_buf_dispose(&path);
  if (!users_.empty() && users_[0] != '/') users_ = repository.info.work_tree + "/" + users_;
}

IgnoreReader::Chain IgnoreReader::everywhere() {
  if (!repository_.handle) return nullptr;
  Chain chain = users_.empty() ? nullptr : with_file(nullptr, users_);
  return with_file(chain, std::string(git_repository_commondir(repository_.handle.get())) + "info/exclude");
}

IgnoreReader::Chain IgnoreReader::with_folder(Chain above, int root, const std::string& path, const std::string& base) {
  std::string text;
  std::optional<ReadFailure> failure = read_from_disk(root, path, largest_file + 1, text);
  if (!failure) return with_text(std::move(above), text, path, base);
  refuse(path, failure->detail);
  return above;
}

// A file of the user's or of the repository's own, which may be a link.
IgnoreReader::Chain IgnoreReader::with_file(Chain above, const std::string& path) {
  std::string text;
  std::optional<ReadFailure> failure = read_named_file(path, largest_file + 1, text);
  if (!failure) return with_text(std::move(above), text, path, "");
  if (failure->why != Unread::None) refuse(path, failure->detail);
  return above;
}

IgnoreReader::Chain IgnoreReader::with_text(Chain above, const std::string& text, const std::string& shown,
                                            const std::string& base) {
  if (text.size() > largest_file) {
    refuse(shown, fmt::format("it is larger than {} kB", largest_file >> 10));
    return above;
  }
  auto chain = std::make_shared<IgnoreChain>(IgnoreChain{IgnoreFile(text, base, letters_), std::move(above)});
  for (uint32_t line : chain->file.refused_lines()) {
    std::string message = fmt::format("the pattern is longer than {} bytes, so it ignores nothing", Wildcard::longest);
    if (shown[0] == '/') message = fmt::format("{}: {}", printable(shown), message);
    notices_.push_back({shown[0] == '/' ? "" : shown, message, line});
  }
  return chain;
}

void IgnoreReader::refuse(const std::string& path, const std::string& why) {
  bool is_outside = path[0] == '/';
  std::string which = is_outside ? fmt::format(" of {}", printable(path)) : "";
  notices_.push_back({is_outside ? "" : path, fmt::format("git's ignore rules{} are not applied: {}", which, why)});
}

std::vector<Notice> IgnoreReader::take_notices() {
  return std::exchange(notices_, {});
}

}  // namespace tfcheck
