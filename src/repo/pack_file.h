// One pack of git objects and its index, as git's pack-format.txt describes them. Read here and not by libgit2: that
// one follows a circle of deltas for ever, and unpacks a base of any size for a result of ten bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "repo/base_cache.h"
#include "repo/descriptor.h"
#include "repo/object_id.h"

namespace tfcheck {

// An object is unpacked as a whole: one that is larger, or made from a larger one, is not read at all.
constexpr uint64_t largest_object = uint64_t{64} << 20;

// What unpacking an object comes to, known before it is done.
struct PackedSize {
  ObjectType type = ObjectType::None;  // None when it cannot be unpacked
  uint64_t size = 0;
  uint64_t largest = 0;  // of the objects that it is made from, itself included
  uint64_t work = 0;     // bytes of all of them and of the deltas between
  uint32_t depth = 0;    // deltas
};

class PackFile {
 public:
  // The pack whose index is at `path` (ending in ".idx"); null when it is not one, or has no pack.
  static std::unique_ptr<PackFile> open(const std::string& path);
  PackFile(const PackFile&) = delete;
  PackFile& operator=(const PackFile&) = delete;
  ~PackFile();

  // Where an object lies.
  std::optional<uint64_t> find(const ObjectId& id) const;
  // The ids that begin with some hexadecimal digits, at most `most` of them.
  std::vector<ObjectId> starting_with(std::string_view digits, size_t most) const;
  // Both are for any thread.
  PackedSize measure(uint64_t offset);
  std::shared_ptr<const std::string> unpack(uint64_t offset, BaseCache& cache);

 private:
  struct Entry {
    uint8_t kind = 0;  // an ObjectType, 6 a delta on an offset, 7 one on an id, 0 damaged
    uint64_t size = 0;
    uint64_t data = 0;  // where its compressed bytes begin
    uint64_t base = 0;  // of a delta
  };

  PackFile() = default;
  bool read_layout();
  bool open_pack(const std::string& path);
  std::string_view id_at(size_t position) const;
  size_t lower_bound(std::string_view bytes) const;
  std::optional<uint64_t> offset_at(size_t position) const;
  Entry entry_at(uint64_t offset) const;
  PackedSize with_delta(const Entry& delta, const PackedSize& base) const;
  std::shared_ptr<const std::string> inflated(const Entry& entry) const;

  std::string_view index_;  // mapped
  size_t count_ = 0;
  size_t ids_ = 0;  // where the table of ids begins, and how far apart they are
  size_t stride_ = 0;
  bool is_first_version_ = false;
  Descriptor pack_;
  uint64_t pack_size_ = 0;
  std::mutex mutex_;
  std::unordered_map<uint64_t, PackedSize> measured_;
};

}  // namespace tfcheck
