// Plain values as bytes and back, for what the build works out and the program only loads. A struct takes part by a
// function `fields(T&)` that ties its members; both directions use it, so that they cannot disagree. The bytes are our
// own: what does not fit them asserts.
#pragma once

#include <cassert>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace tfcheck {

template <typename T>
concept Scalar = std::is_arithmetic_v<T> || std::is_enum_v<T>;

// Numbers, most of them small: seven bits a byte, the lowest first, the eighth says that more follow.
template <typename T>
concept Number = Scalar<T> && std::unsigned_integral<T> &&(sizeof(T) > 1);

template <typename T>
concept HasFields = requires(T& value) {
  fields(value);
};

class ArchiveWriter {
 public:
  template <Scalar T>
  void put(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <Number T>
  void put(const T& value) {
    T rest = value;
    for (; rest > 0x7F; rest = static_cast<T>(rest >> 7)) bytes_ += static_cast<char>((rest & 0x7F) | 0x80);
    bytes_ += static_cast<char>(rest);
  }
  void put(std::string_view text) {
    put(static_cast<uint32_t>(text.size()));
    bytes_.append(text);
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  template <typename T>
  void put(const std::vector<T>& list) {
    put(static_cast<uint32_t>(list.size()));
    for (const T& item : list) put(item);
  }
  template <typename T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  // What shared() was called for is known by its number.
  template <typename T>
  void put(const T* pointer) {
    put(pointer ? numbers_.at(pointer) : 0u);
  }
  template <HasFields T>
  void put(const T& value) {
    std::apply([&](const auto&... members) { (put(members), ...); }, fields(const_cast<T&>(value)));
  }
  // Values that others point to, in an order that the reader keeps too.
  void share(const void* pointer) { numbers_.emplace(pointer, static_cast<uint32_t>(numbers_.size() + 1)); }

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
  std::map<const void*, uint32_t> numbers_;
};

class ArchiveReader {
 public:
  // The bytes must outlive the reader, and every view that it gives.
  explicit ArchiveReader(std::string_view bytes) : bytes_(bytes) {}

  template <Scalar T>
  void get(T& value) {
    assert(at_ + sizeof value <= bytes_.size());
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
  }
  template <Number T>
  void get(T& value) {
    value = 0;
    for (unsigned shift = 0;; shift += 7) {
      assert(at_ < bytes_.size() && shift < sizeof(T) * 8);
      auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value = static_cast<T>(value | static_cast<T>(static_cast<T>(byte & 0x7F) << shift));
      if (byte < 0x80) return;
    }
  }
  void get(std::string_view& text) {
    auto size = next<uint32_t>();
    assert(size <= bytes_.size() - at_);
    text = bytes_.substr(at_, size);
    at_ += size;
  }
  void get(std::string& text) { text = next<std::string_view>(); }
  template <typename T>
  void get(std::vector<T>& list) {
    list.resize(next<uint32_t>());
    for (T& item : list) get(item);
  }
  template <typename T>
  void get(std::optional<T>& value) {
    value.reset();
    if (next<bool>()) value = next<T>();
  }
  template <typename T>
  void get(const T*& pointer) {
    auto number = next<uint32_t>();
    assert(number <= shared_.size());
    pointer = number ? static_cast<const T*>(shared_[number - 1]) : nullptr;
  }
  template <HasFields T>
  void get(T& value) {
    std::apply([&](auto&... members) { (get(members), ...); }, fields(value));
  }
  template <typename T>
  T next() {
    T value{};
    get(value);
    return value;
  }
  void share(const void* pointer) { shared_.push_back(pointer); }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  std::vector<const void*> shared_;
};

}  // namespace tfcheck
