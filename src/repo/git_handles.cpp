#include "repo/git_handles.h"

#include <git2.h>

#include <array>

#include "base/text.h"

namespace tfcheck {

void GitFree::operator()(git_config* config) const {
  git_config_free(config);
}
void GitFree::operator()(git_index* index) const {
  git_index_free(index);
}
void GitFree::operator()(git_object* object) const {
  git_object_free(object);
}
void GitFree::operator()(git_odb* odb) const {
  git_odb_free(odb);
}
void GitFree::operator()(git_odb_object* object) const {
  git_odb_object_free(object);
}
void GitFree::operator()(git_odb_stream* stream) const {
  git_odb_stream_free(stream);
}
void GitFree::operator()(git_reference* reference) const {
  git_reference_free(reference);
}
void GitFree::operator()(git_repository* repository) const {
  git_repository_free(repository);
}
void GitFree::operator()(git_tree* tree) const {
  git_tree_free(tree);
}

void use_libgit2() {
  static const int count = [] {
    int initialised = git_libgit2_init();
    // Extensions that libgit2 refuses though reading files does not depend on them: sparse checkouts, partial clones.
    std::array<const char*, 3> harmless = {"worktreeconfig", "partialclone", "preciousobjects"};
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless.data(), harmless.size());
    return initialised;
  }();
  static_cast<void>(count);
}

std::string git_trouble() {
  const git_error* error = git_error_last();
  if (!error || !error->message || !*error->message) return "git gives no reason";
  return printable(trim(error->message));
}

}  // namespace tfcheck
