// Owners of libgit2's objects and the little that every file of this layer asks of the library. git2.h is included by
// .cpp files only.
#pragma once

#include <memory>
#include <string>

struct git_config;
struct git_index;
struct git_object;
struct git_odb;
struct git_odb_object;
struct git_odb_stream;
struct git_reference;
struct git_repository;
struct git_tree;

namespace tfcheck {

struct GitFree {
  void operator()(git_config* config) const;
  void operator()(git_index* index) const;
  void operator()(git_object* object) const;
  void operator()(git_odb* odb) const;
  void operator()(git_odb_object* object) const;
  void operator()(git_odb_stream* stream) const;
  void operator()(git_reference* reference) const;
  void operator()(git_repository* repository) const;
  void operator()(git_tree* tree) const;
};

template <typename T>
using GitPtr = std::unique_ptr<T, GitFree>;

// Initialises libgit2 on first use; it costs milliseconds, so only where there is a repository.
void use_libgit2();
// What libgit2 last complained of in this thread, as one clause that is safe to print.
std::string git_trouble();

}  // namespace tfcheck
