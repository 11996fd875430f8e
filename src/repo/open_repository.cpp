#include "repo/open_repository.h"

#include <fmt/format.h>
#include <git2.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "repo/object_database.h"
#include "repo/repository_check.h"

namespace tfcheck {

namespace {

enum class Sign : uint8_t { None, DotGitFile, DotGitDirectory, BareLike };

mode_t type_of(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & S_IFMT : 0;
}

bool has_git_layout(const std::string& directory) {
  return type_of(directory + "/HEAD") == S_IFREG && type_of(directory + "/objects") == S_IFDIR &&
         type_of(directory + "/refs") == S_IFDIR;
}

Sign sign_of(const std::string& directory) {
  mode_t dot_git = type_of(directory + "/.git");
  if (dot_git == S_IFREG) return Sign::DotGitFile;
  if (dot_git == S_IFDIR) return Sign::DotGitDirectory;
  return has_git_layout(directory) ? Sign::BareLike : Sign::None;
}

// A .git that git itself would take for none at all (an empty folder) hides no repository; it goes on looking above.
bool is_damaged(Sign sign, const std::string& directory) {
  if (sign == Sign::DotGitFile) return true;
  if (sign != Sign::DotGitDirectory) return false;
  return type_of(directory + "/.git/objects") == S_IFDIR || type_of(directory + "/.git/HEAD") == S_IFREG;
}

std::string real_path(const char* path) {
  char* resolved = ::realpath(path, nullptr);
  std::string result = resolved ? resolved : "";
  std::free(resolved);
  return result;
}

std::string shell_quoted(const std::string& path) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+";
  if (path.find_first_not_of(plain) == std::string::npos) return path;
  std::string quoted = "'";
  for (char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return printable(quoted + "'");
}

Error distrusted(const std::string& directory) {
  return Error{fmt::format("{} belongs to another user, so git does not trust it; to trust it run: git config --global "
                           "--add safe.directory {}",
                           printable(directory), shell_quoted(directory)),
               "", 0, ""};
}

// libgit2 1.5 says "not found" instead of GIT_EOWNER when no safe.directory is configured at all.
bool is_distrust(int code) {
  return code == GIT_EOWNER || (code == GIT_ENOTFOUND && git_trouble().find("safe.directory") != std::string::npos);
}

int note_trust(const git_config_entry* entry, void* trusted) {
  std::string_view value = entry->value;
  if (value == "*" || value.empty()) *static_cast<bool*>(trusted) = value == "*";
  return 0;
}

// `safe.directory = *` in the user's or system's configuration, as containers have it; libgit2 1.5 does not know it.
bool trusts_everyone() {
  git_config* raw = nullptr;
  if (git_config_open_default(&raw) != 0) return false;
  GitPtr<git_config> config(raw);
  bool trusted = false;
  git_config_get_multivar_foreach(raw, "safe.directory", nullptr, note_trust, &trusted);
  return trusted;
}

int open_git(git_repository** repository, const std::string& directory) {
  unsigned flags = GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_CROSS_FS;
  int code = git_repository_open_ext(repository, directory.c_str(), flags, nullptr);
  if (code == 0 || !is_distrust(code)) return code;
  if (!trusts_everyone()) return GIT_EOWNER;
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  code = git_repository_open_ext(repository, directory.c_str(), flags, nullptr);
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
  return code;
}

std::string head_commit(git_repository* repository, std::vector<Notice>& notices) {
  git_oid id;
  int code = git_reference_name_to_id(&id, repository, "HEAD");
  if (code == 0) return git_oid_tostr_s(&id);
  if (code != GIT_ENOTFOUND) notices.push_back({"", fmt::format("HEAD cannot be read: {}", git_trouble())});
  return "";
}

std::string head_branch(git_repository* repository) {
  git_reference* raw = nullptr;
  if (git_reference_lookup(&raw, repository, "HEAD") != 0) return "";
  GitPtr<git_reference> head(raw);
  if (git_reference_type(head.get()) != GIT_REFERENCE_SYMBOLIC) return "";
  std::string_view target = git_reference_symbolic_target(head.get());
  constexpr std::string_view heads = "refs/heads/";
  return std::string(target.starts_with(heads) ? target.substr(heads.size()) : target);
}

GitPtr<git_config> config_of(git_repository* repository) {
  git_config* config = nullptr;
  git_repository_config_snapshot(&config, repository);
  return GitPtr<git_config>(config);
}

std::string origin_url(git_config* config) {
  const char* url = nullptr;
  if (!config || git_config_get_string(&url, config, "remote.origin.url") != 0) return "";
  return without_credentials(url);
}

bool is_partial_clone(git_config* config) {
  const char* remote = nullptr;
  int promisor = 0;
  return config && (git_config_get_string(&remote, config, "extensions.partialclone") == 0 ||
                    (git_config_get_bool(&promisor, config, "remote.origin.promisor") == 0 && promisor));
}

RootPlace place_of(git_repository* repository, const std::string& work_tree, const std::string& root) {
  if (git_repository_is_bare(repository)) return RootPlace::Bare;
  if (is_below(real_path(git_repository_path(repository)), root)) return RootPlace::InGitDirectory;
  return !work_tree.empty() && is_below(work_tree, root) ? RootPlace::InWorkTree : RootPlace::Elsewhere;
}

Repository described(GitPtr<git_repository> handle, std::shared_ptr<ObjectDatabase> objects, const std::string& root) {
  Repository repository;
  git_repository* git = handle.get();
  RepositoryInfo& info = repository.info;
  info.is_repository = true;
  if (const char* work_tree = git_repository_workdir(git)) info.work_tree = real_path(work_tree);
  repository.place = place_of(git, info.work_tree, root);
  if (repository.place == RootPlace::InWorkTree) info.prefix = path_below(info.work_tree, root);
  struct stat shallow;
  std::string shallow_file = std::string(git_repository_commondir(git)) + "/shallow";
  info.is_shallow = ::stat(shallow_file.c_str(), &shallow) == 0 && shallow.st_size > 0;
  info.head = head_commit(git, repository.notices);
  info.branch = head_branch(git);
  GitPtr<git_config> config = config_of(git);
  info.remote_url = origin_url(config.get());
  repository.is_partial = is_partial_clone(config.get());
  repository.handle = std::move(handle);
  repository.objects = std::move(objects);
  return repository;
}

Repository damaged(const std::string& directory, const std::string& root, std::string trouble) {
  Repository repository;
  repository.info.is_repository = true;
  repository.info.work_tree = directory;
  repository.info.prefix = path_below(directory, root);
  repository.place = RootPlace::InWorkTree;
  repository.trouble = std::move(trouble);
  return repository;
}

// A work tree without a .git of its own, as dotfile managers keep it: the environment names the repository, and it
// counts only when its work tree holds `root`.
Repository from_environment(const std::string& root) {
  const char* directory = std::getenv("GIT_DIR");
  const char* work_tree = std::getenv("GIT_WORK_TREE");
  if (!directory || !*directory || !work_tree || !*work_tree || !is_below(real_path(work_tree), root)) return {};
  if (!trouble_before_opening(directory).empty()) return {};
  use_libgit2();
  git_repository* raw = nullptr;
  if (open_git(&raw, directory) != 0) return {};
  GitPtr<git_repository> handle(raw);
  // Said here, as libgit2 does not read GIT_WORK_TREE.
  if (git_repository_set_workdir(raw, work_tree, 0) != 0) return {};
  std::shared_ptr<ObjectDatabase> objects = guard_objects(raw);
  if (!objects) return {};
  Repository repository = described(std::move(handle), std::move(objects), root);
  return repository.place == RootPlace::InWorkTree ? std::move(repository) : Repository{};
}

// "user:password@host/path" → "host/path". A password with an unescaped slash reaches beyond the first slash.
std::string_view without_user(std::string_view rest) {
  std::string_view authority = before_first(rest, '/');
  size_t at = authority.rfind('@');
  std::string_view port = authority.substr(std::min(authority.find(':'), authority.size()));
  if (at == std::string_view::npos && port.size() > 1 && !is_digits(port.substr(1)) && !port.starts_with(":[")) {
    at = rest.rfind('@');
  }
  return at == std::string_view::npos ? rest : rest.substr(at + 1);
}

}  // namespace

bool is_below(std::string_view base, std::string_view path) {
  if (base == "/") return true;
  return !base.empty() && path.starts_with(base) && (path.size() == base.size() || path[base.size()] == '/');
}

std::string_view path_below(std::string_view base, std::string_view path) {
  std::string_view rest = path.substr(base.size());
  return rest.starts_with('/') ? rest.substr(1) : rest;
}

std::string without_credentials(std::string_view url) {
  size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) {
    size_t at = url.find('@');
    bool has_password = at != std::string_view::npos && url.substr(0, at).find(':') != std::string_view::npos;
    return std::string(has_password ? url.substr(at + 1) : url);
  }
  std::string_view scheme = url.substr(0, scheme_end);
  std::string_view rest = url.substr(scheme_end + 3);
  if (scheme == "file") return std::string(url);
  std::string_view bare = without_user(rest);
  std::string user;
  if (scheme.find("ssh") != std::string_view::npos && bare.size() != rest.size()) {
    user = std::string(before_first(rest.substr(0, rest.size() - bare.size() - 1), ':')) + "@";
  }
  return fmt::format("{}://{}{}", scheme, user, bare.substr(0, bare.find_first_of("?#")));
}

Result<Repository> open_repository(const std::string& root) {
  for (std::string directory = root; !directory.empty(); directory = dir_name(directory)) {
    Sign sign = sign_of(directory);
    if (sign == Sign::None) continue;
    if (std::string trouble = trouble_before_opening(directory); !trouble.empty()) {
      return damaged(directory, root, std::move(trouble));
    }
    use_libgit2();
    git_repository* raw = nullptr;
    int code = open_git(&raw, directory);
    GitPtr<git_repository> handle(raw);
    std::shared_ptr<ObjectDatabase> objects = code == 0 ? guard_objects(raw) : nullptr;
    if (objects) {
      Repository found = described(std::move(handle), std::move(objects), root);
      found.holds_its_git = found.place == RootPlace::InWorkTree && found.info.work_tree == directory;
      return found;
    }
    if (code == GIT_EOWNER) return distrusted(directory);
    if (is_damaged(sign, directory)) return damaged(directory, root, git_trouble());
  }
  return from_environment(root);
}

}  // namespace tfcheck
