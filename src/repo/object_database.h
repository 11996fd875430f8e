// All objects of a repository: those of its packs, its loose ones, and those of its alternates. Every read is bounded
// and ends, whatever the files say; libgit2 reads objects through it too.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "repo/base_cache.h"
#include "repo/object_id.h"
#include "repo/pack_file.h"

struct git_repository;

namespace tfcheck {

class ObjectDatabase {
 public:
  enum class State : uint8_t { Good, Missing, Damaged, TooLarge };
  struct Object {
    State state = State::Missing;
    ObjectType type = ObjectType::None;
    uint64_t size = 0;
    uint64_t work = 0;  // bytes to be unpacked for it; the same whatever was unpacked before
    std::string bytes;  // of read() only
  };

  // Of the object directory of a repository. Never fails: what is not there is missing.
  explicit ObjectDatabase(const std::string& directory);

  // Both are for any thread. The bytes are those that the id names, or the state is Damaged.
  Object look(const ObjectId& id);
  Object read(const ObjectId& id);
  // The ids that begin with some hexadecimal digits: none, one or two.
  std::vector<ObjectId> starting_with(std::string_view digits);
  // Where a missing object may still be: what of the repository is not looked in, as the end of a sentence; "" when
  // nothing is.
  std::string gap();

 private:
  enum class Part : uint8_t { Size, Whole };
  using Packs = std::vector<std::shared_ptr<PackFile>>;
  struct Folder {
    std::string path;
    int64_t changed = -1;  // when its list of packs last was, as far as it was read
  };

  std::shared_ptr<const Packs> packs();
  bool rescan();
  Object find(const ObjectId& id, Part part);
  Object find_packed(const ObjectId& id, Part part);
  Object find_loose(const ObjectId& id, Part part) const;

  std::vector<std::string> directories_;
  bool has_all_directories_ = true;
  std::vector<Folder> folders_;
  std::mutex mutex_;  // of what follows
  std::shared_ptr<const Packs> packs_;
  std::string damaged_;  // the first pack that cannot be read
  bool has_all_packs_ = true;
  BaseCache cache_;
};

// One clause for what is wrong.
std::string to_string(ObjectDatabase::State state);

// Makes libgit2 read this repository's objects through a database, and through nothing else. Null when it does not let
// itself; then no object of the repository may be read. The database lives as long as the repository.
std::shared_ptr<ObjectDatabase> guard_objects(git_repository* repository);

}  // namespace tfcheck
