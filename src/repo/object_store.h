// The objects that a listing needs: files' bytes and folders' entries. What cannot be had says why.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "repo/file_set.h"
#include "repo/object_id.h"

namespace tfcheck {

class ObjectDatabase;
struct Repository;

class ObjectStore {
 public:
  struct Size {
    uint64_t bytes = 0;
    uint64_t work = 0;  // bytes to be unpacked for it
  };
  struct TreeEntry {
    std::string_view name;
    ObjectId id;
    uint32_t mode = 0;  // as git writes it, in octal digits
  };
  struct Tree {
    std::string bytes;  // what the entries' names view
    std::vector<TreeEntry> entries;
    uint64_t work = 0;
    std::optional<ReadFailure> failure;
  };

  // An object of any type, as git stores it.
  struct Raw {
    ObjectType type = ObjectType::None;
    std::string bytes;
    uint64_t work = 0;
    std::optional<ReadFailure> failure;
  };

  explicit ObjectStore(const Repository& repository);
  // Of a file, as git stores it; nothing when it cannot be looked at, and read() says why.
  std::optional<Size> size(const ObjectId& id) const;
  // At most `limit` bytes of a file: an LFS pointer stays a pointer. Returns why it cannot, nothing when it can.
  // Serves all threads.
  std::optional<ReadFailure> read(const ObjectId& id, size_t limit, std::string& buffer) const;
  Tree tree(const ObjectId& id) const;
  Raw raw(const ObjectId& id) const;
  // Why an object cannot be had; nothing when it can.
  std::optional<ReadFailure> trouble(const ObjectId& id) const;

 private:
  std::shared_ptr<ObjectDatabase> objects_;
  bool is_partial_ = false;
};

// Counts what unpacking costs beyond what its results are worth: a small object can be made from large ones.
class UnpackMeter {
 public:
  // False when an object of this size that takes this work would be too much.
  bool admits(uint64_t size, uint64_t work);

 private:
  uint64_t excess_ = 0;
};

}  // namespace tfcheck
