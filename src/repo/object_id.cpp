#include "repo/object_id.h"

#include <algorithm>
#include <bit>

namespace tfcheck {

namespace {

// FIPS 180-4, in the words of its section 6.1.2.
class Sha1 {
 public:
  using Hash = std::array<uint32_t, 5>;

  // Any number of bytes behind those that came before.
  void add(std::string_view bytes) {
    size_ += bytes.size();
    if (!rest_.empty()) {
      size_t taken = std::min(64 - rest_.size(), bytes.size());
      rest_.append(bytes.substr(0, taken));
      bytes.remove_prefix(taken);
      if (rest_.size() < 64) return;
      block(reinterpret_cast<const unsigned char*>(rest_.data()));
      rest_.clear();
    }
    for (; bytes.size() >= 64; bytes.remove_prefix(64)) block(reinterpret_cast<const unsigned char*>(bytes.data()));
    rest_.append(bytes);
  }

  ObjectId finish() {
    uint64_t bits = size_ * 8;
    add("\x80");
    while (rest_.size() != 56) add(std::string_view("\0", 1));
    std::string length;
    for (int shift = 56; shift >= 0; shift -= 8) length += static_cast<char>(bits >> shift);
    add(length);
    ObjectId id;
    for (size_t i = 0; i < ObjectId::size; ++i) id.bytes[i] = static_cast<uint8_t>(hash_[i / 4] >> (24 - 8 * (i % 4)));
    return id;
  }

 private:
  // Twenty rounds each have a function and a constant of their own; loops of their own make them twice as fast.
  void block(const unsigned char* bytes) {
    std::array<uint32_t, 16> w;
    for (size_t t = 0; t < 16; ++t, bytes += 4) {
      w[t] = uint32_t{bytes[0]} << 24 | uint32_t{bytes[1]} << 16 | uint32_t{bytes[2]} << 8 | bytes[3];
    }
    // The last sixteen words, each made when it is its turn: made all at once they would be vectorized, to their harm.
    auto word = [&](size_t t) __attribute__((always_inline)) {
      if (t >= 16) w[t & 15] = std::rotl(w[(t + 13) & 15] ^ w[(t + 8) & 15] ^ w[(t + 2) & 15] ^ w[t & 15], 1);
      return w[t & 15];
    };
    auto choose = [](uint32_t x, uint32_t y, uint32_t z) { return z ^ (x & (y ^ z)); };
    auto parity = [](uint32_t x, uint32_t y, uint32_t z) { return x ^ y ^ z; };
    auto majority = [](uint32_t x, uint32_t y, uint32_t z) { return (x & y) | (z & (x | y)); };
    uint32_t a = hash_[0], b = hash_[1], c = hash_[2], d = hash_[3], e = hash_[4];
    auto step = [](uint32_t v, uint32_t& x, uint32_t f, uint32_t& to, uint32_t more) {
      to += std::rotl(v, 5) + f + more;
      x = std::rotl(x, 30);
    };
    // Five steps bring every value back to its place, so that none has to be moved.
    auto rounds = [&](size_t first, uint32_t k, auto f) __attribute__((always_inline)) {
      for (size_t t = first; t < first + 20; t += 5) {
        step(a, b, f(b, c, d), e, k + word(t));
        step(e, a, f(a, b, c), d, k + word(t + 1));
        step(d, e, f(e, a, b), c, k + word(t + 2));
        step(c, d, f(d, e, a), b, k + word(t + 3));
        step(b, c, f(c, d, e), a, k + word(t + 4));
      }
    };
    rounds(0, 0x5a827999, choose);
    rounds(20, 0x6ed9eba1, parity);
    rounds(40, 0x8f1bbcdc, majority);
    rounds(60, 0xca62c1d6, parity);
    hash_ = {hash_[0] + a, hash_[1] + b, hash_[2] + c, hash_[3] + d, hash_[4] + e};
  }

  uint64_t size_ = 0;
  std::string rest_;  // fewer than 64 bytes
  Hash hash_ = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
};

}  // namespace

std::string to_hex(const ObjectId& id) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  if (!id) return hex;
  for (uint8_t byte : id.bytes) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

ObjectId object_id(const void* bytes) {
  ObjectId id;
  std::memcpy(id.bytes.data(), bytes, ObjectId::size);
  return id;
}

std::optional<ObjectId> object_id_of_hex(std::string_view hex) {
  ObjectId id;
  if (hex.size() != 2 * ObjectId::size) return std::nullopt;
  for (size_t i = 0; i < hex.size(); ++i) {
    size_t digit = std::string_view("0123456789abcdef").find(hex[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    id.bytes[i / 2] = static_cast<uint8_t>(size_t{id.bytes[i / 2]} << 4 | digit);
  }
  return id;
}

ObjectId sha1(std::string_view bytes) {
  Sha1 hash;
  hash.add(bytes);
  return hash.finish();
}

ObjectId sha1_of_object(std::string_view header, std::string_view bytes) {
  Sha1 hash;
  hash.add(header);
  hash.add(std::string_view("\0", 1));
  hash.add(bytes);
  return hash.finish();
}

}  // namespace tfcheck
