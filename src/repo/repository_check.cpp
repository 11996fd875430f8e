#include "repo/repository_check.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "repo/directory.h"
#include "repo/read_file.h"

namespace tfcheck {

namespace {

// Far above what real repositories have (docs/limits.md).
constexpr size_t largest_name_file = 64 << 10;
constexpr size_t largest_config = 4 << 20;
constexpr size_t largest_references = size_t{512} << 20;
constexpr size_t most_references = 500'000;
constexpr size_t most_includes = 100;

class Check {
 public:
  std::string run(const std::string& directory) {
    std::string git = git_directory(directory);
    std::string common = git.empty() ? "" : common_directory(git);
    if (!trouble_.empty() || git.empty()) return trouble_;
    std::vector<std::string> folders = {git};
    if (common != git) folders.push_back(common);
    for (const std::string& folder : folders) {
      top_level(folder);
      pointer(folder + "/HEAD", text_of(folder + "/HEAD", largest_name_file));
      file(folder + "/info/grafts", largest_config);
      config(folder + "/config");
      config(folder + "/config.worktree");
      references(folder + "/refs");
    }
    return trouble_;
  }

 private:
  void fail(const std::string& path, std::string_view why) {
    if (trouble_.empty()) trouble_ = fmt::format("{} {}", printable(path), why);
  }

  // A file that is not there is none to worry about.
  bool file(const std::string& path, size_t limit) {
    struct stat status;
    if (::stat(path.c_str(), &status) != 0) return false;
    if (S_ISDIR(status.st_mode)) return false;
    if (!S_ISREG(status.st_mode)) fail(path, "is not a regular file");
    if (static_cast<size_t>(status.st_size) > limit) fail(path, fmt::format("is larger than {} kB", limit >> 10));
    return trouble_.empty();
  }

  std::string text_of(const std::string& path, size_t limit) {
    std::string text;
    if (file(path, limit)) read_named_file(path, limit, text);
    return text;
  }

  // A .git that is a file says where the folder is: "gitdir: PATH".
  std::string git_directory(const std::string& directory) {
    std::string git = directory + "/.git";
    struct stat status;
    if (::stat(git.c_str(), &status) != 0) return directory;
    if (S_ISDIR(status.st_mode)) return git;
    std::string text = text_of(git, largest_name_file);
    constexpr std::string_view key = "gitdir:";
    if (!text.starts_with(key)) return "";
    return resolved(directory, trim(std::string_view(text).substr(key.size())));
  }

  std::string common_directory(const std::string& git) {
    std::string text = text_of(git + "/commondir", largest_name_file);
    return text.empty() ? git : resolved(git, trim(text));
  }

  static std::string resolved(const std::string& base, std::string_view path) {
    return path.starts_with('/') ? std::string(path) : base + "/" + std::string(path);
  }

  void config(const std::string& path) {
    std::vector<std::string> files = {path};
    for (size_t i = 0; i < files.size() && trouble_.empty(); ++i) {
      if (i == most_includes) return fail(path, "includes too many other files");
      std::string text = text_of(files[i], largest_config);
      for (const std::string& named : included_paths(text)) files.push_back(included(files[i], named));
    }
  }

  static std::string included(const std::string& from, const std::string& named) {
    const char* home = std::getenv("HOME");
    if (named.starts_with("~/") && home) return home + named.substr(1);
    return resolved(std::string(dir_name(from)), named);
  }

  // What lies beside HEAD: a reference may have any such name.
  void top_level(const std::string& git) {
    Descriptor root(::open(git.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    Directory folder(root.get(), "");
    for (const Directory::Name& name : folder.names()) {
      bool is_harmless = name.type == S_IFDIR || name.type == S_IFSOCK;  // opening a socket fails at once
      if (!is_harmless && name.text != "index" && !name.text.starts_with("config"))
        file(git + "/" + name.text, largest_references);
    }
  }

  void references(const std::string& start) {
    Descriptor root(::open(start.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (root.get() < 0) return;
    std::vector<std::string> folders = {""};
    for (size_t seen = 0; !folders.empty() && trouble_.empty();) {
      std::string path = std::move(folders.back());
      folders.pop_back();
      Directory folder(root.get(), path);
      seen += folder.names().size();
      if (seen > most_references) return fail(start, "holds too many files");
      for (const Directory::Name& name : folder.names()) {
        std::string whole = path.empty() ? name.text : path + "/" + name.text;
        if (name.type == S_IFDIR) {
          folders.push_back(std::move(whole));
        } else {
          reference(root.get(), start, whole);
        }
      }
    }
  }

  // One that points to another must stay among references: libgit2 would open any file of the folder for one.
  void reference(int root, const std::string& start, const std::string& path) {
    std::string whole = start + "/" + path;
    struct stat status;
    bool is_folder = ::stat(whole.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    if (is_folder) return fail(whole, "is a symbolic link to a folder");
    std::string text;
    if (!file(whole, largest_name_file)) return;
    if (!read_from_disk(root, path, largest_name_file, text)) pointer(whole, text);
  }

  void pointer(const std::string& path, std::string_view text) {
    constexpr std::string_view key = "ref:";
    if (text.starts_with(key) && !trim(text.substr(key.size())).starts_with("refs/")) {
      fail(path, "points to something that is no reference");
    }
  }

  std::string trouble_;
};

// The few rules of git's configuration files that decide where a section, a key and a value begin and end.
class ConfigReader {
 public:
  explicit ConfigReader(std::string_view text) : text_(text) {}

  std::vector<std::string> run() {
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '[') {
        read_section();
      } else if (c == '#' || c == ';') {
        skip_line();
      } else if (is_name(c)) {
        read_setting();
      } else {
        ++at_;
      }
    }
    return std::move(paths_);
  }

 private:
  static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\n'; }
  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }

  // `[include]`, `[includeIf "condition"]`: the name decides, whatever the condition says.
  void read_section() {
    size_t start = ++at_;
    while (is_name(peek()) || peek() == '.') ++at_;
    std::string name = lower(text_.substr(start, at_ - start));
    is_include_ = name == "include" || before_first(name, '.') == "includeif";
    for (bool in_quotes = false; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        in_quotes = !in_quotes;
      } else if (text_[at_] == ']' && !in_quotes) {
        ++at_;
        return;
      }
    }
  }

  void read_setting() {
    size_t start = at_;
    while (is_name(peek())) ++at_;
    std::string key = lower(text_.substr(start, at_ - start));
    while (peek() == ' ' || peek() == '\t') ++at_;
    if (peek() != '=') return skip_line();
    ++at_;
    std::string value = read_value();
    if (is_include_ && key == "path" && !value.empty()) paths_.push_back(std::move(value));
  }

  // Quotes go, a backslash takes the next character, also an end of line; blanks round the value do not count.
  std::string read_value() {
    std::string value;
    bool in_quotes = false;
    size_t kept = 0;  // up to the last character that is no blank outside of quotes
    for (; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      char c = text_[at_];
      if (c == '"') {
        in_quotes = !in_quotes;
        continue;
      }
      if (!in_quotes && (c == '#' || c == ';')) {
        skip_line();
        break;
      }
      bool is_blank = !in_quotes && (c == ' ' || c == '\t' || c == '\r');
      if (is_blank && value.empty()) continue;
      if (c == '\\') {
        ++at_;
        if (peek() == '\r') ++at_;
        if (at_ >= text_.size() || text_[at_] == '\n') continue;
        c = text_[at_] == 'n' ? '\n' : text_[at_] == 't' ? '\t' : text_[at_];
      }
      value += c;
      if (!is_blank) kept = value.size();
    }
    value.resize(kept);
    return value;
  }

  std::string_view text_;
  size_t at_ = 0;
  bool is_include_ = false;
  std::vector<std::string> paths_;
};

}  // namespace

std::string trouble_before_opening(const std::string& directory) {
  return Check().run(directory);
}

std::vector<std::string> included_paths(const std::string& config) {
  return ConfigReader(config).run();
}

}  // namespace tfcheck
