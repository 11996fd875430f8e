// libgit2's side of the object database: revisions are resolved by libgit2, which asks here for every object.
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>  // newer versions declare git_error_set_str here
#endif

#include <cstring>

#include "repo/git_handles.h"
#include "repo/object_database.h"

namespace tfcheck {

namespace {

struct Backend {
  git_odb_backend git;  // first: libgit2 hands back a pointer to it
  std::shared_ptr<ObjectDatabase> database;
};

ObjectDatabase& database_of(git_odb_backend* git) {
  return *reinterpret_cast<Backend*>(git)->database;
}

int code_of(ObjectDatabase::State state) {
  if (state == ObjectDatabase::State::Good) return 0;
  if (state == ObjectDatabase::State::Missing) return GIT_ENOTFOUND;
  git_error_set_str(GIT_ERROR_ODB, to_string(state).c_str());
  return GIT_ERROR;
}

int read_header(size_t* size, git_object_t* type, git_odb_backend* git, const git_oid* id) {
  ObjectDatabase::Object object = database_of(git).look(object_id(id->id));
  *size = object.size;
  *type = static_cast<git_object_t>(object.type);
  return code_of(object.state);
}

int read_object(void** data, size_t* size, git_object_t* type, git_odb_backend* git, const git_oid* id) {
  ObjectDatabase::Object object = database_of(git).read(object_id(id->id));
  if (int code = code_of(object.state); code != 0) return code;
  auto* content = static_cast<char*>(git_odb_backend_data_alloc(git, object.bytes.size() + 1));
  if (!content) return GIT_ERROR;
  std::memcpy(content, object.bytes.c_str(), object.bytes.size() + 1);
  *data = content;
  *size = object.bytes.size();
  *type = static_cast<git_object_t>(object.type);
  return 0;
}

// Finds the one object whose id starts with the given digits.
int expand(git_oid* id, git_odb_backend* git, const git_oid* start, size_t length) {
  std::string hex = std::string(git_oid_tostr_s(start)).substr(0, length);
  std::vector<ObjectId> found = database_of(git).starting_with(hex);
  if (found.size() > 1) return GIT_EAMBIGUOUS;
  return found.empty() ? GIT_ENOTFOUND : git_oid_fromraw(id, found[0].bytes.data());
}

int read_prefix(git_oid* id, void** data, size_t* size, git_object_t* type, git_odb_backend* git, const git_oid* start,
                size_t length) {
  int code = expand(id, git, start, length);
  return code != 0 ? code : read_object(data, size, type, git, id);
}

int exists(git_odb_backend* git, const git_oid* id) {
  return database_of(git).look(object_id(id->id)).state == ObjectDatabase::State::Missing ? 0 : 1;
}

int exists_prefix(git_oid* id, git_odb_backend* git, const git_oid* start, size_t length) {
  return expand(id, git, start, length);
}

void free_backend(git_odb_backend* git) {
  delete reinterpret_cast<Backend*>(git);
}

}  // namespace

std::shared_ptr<ObjectDatabase> guard_objects(git_repository* repository) {
  git_odb* raw = nullptr;
  if (git_odb_new(&raw) != 0) return nullptr;
  GitPtr<git_odb> odb(raw);
  auto backend = std::make_unique<Backend>();
  git_odb_init_backend(&backend->git, GIT_ODB_BACKEND_VERSION);
  backend->git.read = read_object;
  backend->git.read_header = read_header;
  backend->git.read_prefix = read_prefix;
  backend->git.exists = exists;
  backend->git.exists_prefix = exists_prefix;
  backend->git.free = free_backend;
  std::string directory = std::string(git_repository_commondir(repository)) + "objects";
  backend->database = std::make_shared<ObjectDatabase>(directory);
  std::shared_ptr<ObjectDatabase> database = backend->database;
  if (git_odb_add_backend(raw, &backend->git, 1) != 0) return nullptr;
  static_cast<void>(backend.release());  // the database of libgit2 frees it
  return git_repository_set_odb(repository, raw) == 0 ? database : nullptr;
}

}  // namespace tfcheck
