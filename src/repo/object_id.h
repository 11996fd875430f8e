// The id of a git object: twenty bytes, all zeros for none. And the four types of objects.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace tfcheck {

struct ObjectId {
  static constexpr size_t size = 20;
  std::array<uint8_t, size> bytes = {};

  explicit operator bool() const { return bytes != std::array<uint8_t, size>{}; }
  friend bool operator==(const ObjectId&, const ObjectId&) = default;
};

// By the numbers that git's packs have for them.
enum class ObjectType : uint8_t { None = 0, Commit = 1, Tree = 2, Blob = 3, Tag = 4 };

// Forty hexadecimal digits; "" of none.
std::string to_hex(const ObjectId& id);
// The first twenty of some bytes.
ObjectId object_id(const void* bytes);
// Of forty hexadecimal digits, nothing of another text.
std::optional<ObjectId> object_id_of_hex(std::string_view hex);
// The SHA-1 of some bytes, as git signs its files with it.
ObjectId sha1(std::string_view bytes);
// The id of an object by its header ("blob 12", without the NUL) and its bytes.
ObjectId sha1_of_object(std::string_view header, std::string_view bytes);

// A hash of bytes that are one themselves.
struct ObjectIdHash {
  size_t operator()(const ObjectId& id) const {
    size_t hash;
    std::memcpy(&hash, id.bytes.data(), sizeof hash);
    return hash;
  }
};

}  // namespace tfcheck
