// Finds the repository that a folder belongs to and says what it is. PATH decides, never GIT_DIR: a hook's environment
// must not redirect an audit of another repository.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "repo/file_set.h"
#include "repo/git_handles.h"

namespace tfcheck {

class ObjectDatabase;

// Where the audit's root lies as the repository sees it.
enum class RootPlace : uint8_t { InWorkTree, InGitDirectory, Bare, Elsewhere };

struct Repository {
  GitPtr<git_repository> handle;            // null outside a repository, and when it cannot be opened
  std::shared_ptr<ObjectDatabase> objects;  // of the handle
  RepositoryInfo info;
  RootPlace place = RootPlace::Elsewhere;
  bool holds_its_git = false;  // the work tree is the folder in which .git lies, as no configuration can arrange
  bool is_partial = false;     // a partial clone: objects may be missing until git fetches them
  std::string trouble;         // why the repository that is there cannot be opened, else ""
  std::vector<Notice> notices;
};

// The repository of `root`, an absolute path without symlinks. An Error when git refuses to trust its owner.
Result<Repository> open_repository(const std::string& root);

// `path` relative to its ancestor `base`; "" for base itself.
std::string_view path_below(std::string_view base, std::string_view path);
bool is_below(std::string_view base, std::string_view path);

// A remote's URL without passwords, tokens and queries. The user of an ssh URL ("git@") is not a secret and stays.
std::string without_credentials(std::string_view url);

}  // namespace tfcheck
