#include "repo/pack_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "repo/inflate.h"

namespace tfcheck {

namespace {

constexpr uint8_t offset_delta = 6;
constexpr uint8_t id_delta = 7;
constexpr size_t fan_size = 1024;
constexpr size_t pack_header = 12;
// Git makes no longer chains, whatever it is told.
constexpr uint32_t deepest = 4095;
// Objects whose size is remembered, some 90 bytes each.
constexpr size_t most_measured = 100'000;

uint64_t big_endian(std::string_view bytes) {
  uint64_t value = 0;
  for (char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

Descriptor open_regular(const std::string& path, struct stat& status) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  bool is_regular = file.get() >= 0 && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode);
  return is_regular ? std::move(file) : Descriptor();
}

// Numbers of seven bits a byte out of a delta or an entry's head; -1 behind the end.
class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}
  int byte() { return at_ < bytes_.size() ? static_cast<unsigned char>(bytes_[at_++]) : -1; }
  size_t at() const { return at_; }
  size_t left() const { return bytes_.size() - at_; }
  std::string_view take(size_t count) {
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  // The lowest bits come first.
  int64_t size() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 56; shift += 7) {
      int next = byte();
      if (next < 0) return -1;
      value |= static_cast<uint64_t>(next & 127) << shift;
      if (next < 128) return static_cast<int64_t>(value);
    }
    return -1;
  }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
};

// Makes an object from its base by a delta's instructions: copy a part of the base, or take bytes of the delta.
class Patch {
 public:
  Patch(std::string_view delta, std::string_view base) : delta_(delta), base_(base) {}

  // Null when the delta is damaged, or of another base.
  std::shared_ptr<const std::string> run() {
    int64_t before = delta_.size();
    int64_t after = delta_.size();
    if (before < 0 || after < 0 || static_cast<uint64_t>(before) != base_.size()) return nullptr;
    wanted_ = static_cast<size_t>(after);
    if (wanted_ > largest_object) return nullptr;
    result_->reserve(wanted_);
    while (delta_.left() > 0) {
      int code = delta_.byte();
      if (code >= 128 ? !copy(code) : !take(static_cast<size_t>(code))) return nullptr;
    }
    return result_->size() == wanted_ ? result_ : nullptr;
  }

 private:
  size_t room() const { return wanted_ - result_->size(); }

  // Which of seven bytes follow is said by the code's bits: four of the place, three of the size.
  bool copy(int code) {
    uint64_t from = 0;
    uint64_t size = 0;
    for (unsigned bit = 0; bit < 7; ++bit) {
      if (!(code >> bit & 1)) continue;
      int next = delta_.byte();
      if (next < 0) return false;
      uint64_t& part = bit < 4 ? from : size;
      part |= static_cast<uint64_t>(next) << (8 * (bit < 4 ? bit : bit - 4));
    }
    if (size == 0) size = 0x10000;
    if (from > base_.size() || size > base_.size() - from || size > room()) return false;
    result_->append(base_.substr(from, size));
    return true;
  }

  bool take(size_t count) {
    if (count == 0 || count > delta_.left() || count > room()) return false;
    result_->append(delta_.take(count));
    return true;
  }

  BitReader delta_;
  std::string_view base_;
  size_t wanted_ = 0;
  std::shared_ptr<std::string> result_ = std::make_shared<std::string>();
};

}  // namespace

std::unique_ptr<PackFile> PackFile::open(const std::string& path) {
  struct stat status;
  Descriptor file = open_regular(path, status);
  if (file.get() < 0 || static_cast<size_t>(status.st_size) < fan_size + 48) return nullptr;
  auto size = static_cast<size_t>(status.st_size);
  void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (mapped == MAP_FAILED) return nullptr;
  std::unique_ptr<PackFile> pack(new PackFile);
  pack->index_ = {static_cast<const char*>(mapped), size};
  bool is_good = pack->read_layout() && pack->open_pack(path.substr(0, path.size() - 3) + "pack");
  return is_good ? std::move(pack) : nullptr;
}

PackFile::~PackFile() {
  if (!index_.empty()) ::munmap(const_cast<char*>(index_.data()), index_.size());
}

bool PackFile::read_layout() {
  is_first_version_ = !index_.starts_with("\377tOc");
  if (!is_first_version_ && big_endian(index_.substr(4, 4)) != 2) return false;
  size_t fan = is_first_version_ ? 0 : 8;
  uint64_t before = 0;
  for (size_t i = 0; i < 256; ++i) {
    uint64_t next = big_endian(index_.substr(fan + i * 4, 4));
    if (next < before) return false;
    before = next;
  }
  count_ = before;
  stride_ = is_first_version_ ? 24 : ObjectId::size;
  ids_ = fan + fan_size + (is_first_version_ ? 4 : 0);
  size_t each = is_first_version_ ? 24 : ObjectId::size + 8;
  return count_ <= (index_.size() - fan - fan_size - 40) / each;
}

bool PackFile::open_pack(const std::string& path) {
  struct stat status;
  pack_ = open_regular(path, status);
  if (pack_.get() < 0) return false;
  pack_size_ = static_cast<uint64_t>(status.st_size);
  std::array<char, 8> head;
  if (::pread(pack_.get(), head.data(), head.size(), 0) != static_cast<ssize_t>(head.size())) return false;
  std::string_view start(head.data(), head.size());
  uint64_t version = big_endian(start.substr(4));
  return start.starts_with("PACK") && (version == 2 || version == 3);
}

std::string_view PackFile::id_at(size_t position) const {
  return index_.substr(ids_ + position * stride_, ObjectId::size);
}

// The first id that is not less than some bytes, which may be fewer than twenty.
size_t PackFile::lower_bound(std::string_view bytes) const {
  size_t fan = is_first_version_ ? 0 : 8;
  size_t first = static_cast<unsigned char>(bytes[0]);
  size_t low = first == 0 ? 0 : big_endian(index_.substr(fan + (first - 1) * 4, 4));
  size_t high = big_endian(index_.substr(fan + first * 4, 4));
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (id_at(middle) < bytes) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<uint64_t> PackFile::find(const ObjectId& id) const {
  std::string_view bytes(reinterpret_cast<const char*>(id.bytes.data()), ObjectId::size);
  size_t position = lower_bound(bytes);
  if (position >= count_ || id_at(position) != bytes) return std::nullopt;
  return offset_at(position);
}

std::vector<ObjectId> PackFile::starting_with(std::string_view digits, size_t most) const {
  std::vector<ObjectId> found;
  if (digits.empty()) return found;
  std::string start;
  for (size_t i = 0; i < digits.size(); i += 2) {
    std::string pair(digits.substr(i, 2));
    pair.resize(2, '0');
    start += static_cast<char>(std::stoul(pair, nullptr, 16));
  }
  for (size_t i = lower_bound(start); i < count_ && found.size() < most; ++i) {
    ObjectId id = object_id(id_at(i).data());
    if (!to_hex(id).starts_with(digits)) break;
    found.push_back(id);
  }
  return found;
}

std::optional<uint64_t> PackFile::offset_at(size_t position) const {
  if (is_first_version_) return big_endian(index_.substr(ids_ + position * 24 - 4, 4));
  size_t offsets = ids_ + count_ * (ObjectId::size + 4);
  uint64_t offset = big_endian(index_.substr(offsets + position * 4, 4));
  constexpr uint64_t is_large = uint64_t{1} << 31;
  if (offset < is_large) return offset;
  size_t at = offsets + count_ * 4 + (offset - is_large) * 8;
  if (at > index_.size() - 48) return std::nullopt;
  return big_endian(index_.substr(at, 8));
}

PackFile::Entry PackFile::entry_at(uint64_t offset) const {
  std::array<char, 48> bytes;
  if (offset < pack_header || offset >= pack_size_) return {};
  ssize_t got = ::pread(pack_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
  if (got <= 0) return {};
  BitReader head({bytes.data(), static_cast<size_t>(got)});
  int first = head.byte();
  Entry entry;
  auto kind = static_cast<uint8_t>(first >> 4 & 7);
  entry.size = static_cast<uint64_t>(first & 15);
  if (first >= 128) {
    int64_t rest = head.size();
    if (rest < 0 || rest >= int64_t{1} << 52) return {};
    entry.size |= static_cast<uint64_t>(rest) << 4;
  }
  if (kind == offset_delta) {
    int next = head.byte();
    uint64_t back = static_cast<uint64_t>(next & 127);
    for (; next >= 128 && back < uint64_t{1} << 48;) {
      next = head.byte();
      if (next < 0) return {};
      back = (back + 1) << 7 | static_cast<uint64_t>(next & 127);
    }
    if (next < 0 || next >= 128 || back == 0 || back > offset) return {};
    entry.base = offset - back;
  } else if (kind == id_delta) {
    if (head.left() < ObjectId::size) return {};
    std::optional<uint64_t> base = find(object_id(head.take(ObjectId::size).data()));
    if (!base) return {};
    entry.base = *base;
  } else if (kind == 0 || kind == 5) {
    return {};
  }
  entry.data = offset + head.at();
  // No deflate stream grows more than 1,032-fold: a head that promises more lies.
  if (entry.data >= pack_size_ || entry.size / 1032 > pack_size_ - entry.data) return {};
  entry.kind = kind;
  return entry;
}

// A delta says first how long its base and its result are.
PackedSize PackFile::with_delta(const Entry& delta, const PackedSize& base) const {
  if (base.type == ObjectType::None || base.depth >= deepest) return {};
  std::array<char, 20> start;
  size_t known =
      InflateStream(pack_.get(), delta.data).fill(start.data(), std::min<uint64_t>(start.size(), delta.size));
  BitReader reader({start.data(), known});
  int64_t before = reader.size();
  int64_t after = reader.size();
  if (before < 0 || after < 0 || static_cast<uint64_t>(before) != base.size) return {};
  auto size = static_cast<uint64_t>(after);
  return {base.type, size, std::max({base.largest, size, delta.size}), base.work + size + delta.size, base.depth + 1};
}

PackedSize PackFile::measure(uint64_t offset) {
  std::vector<std::pair<uint64_t, Entry>> deltas;
  PackedSize below;
  std::lock_guard lock(mutex_);
  // Measured again it comes to the same.
  if (measured_.size() > most_measured) measured_.clear();
  for (uint64_t at = offset;;) {
    if (auto known = measured_.find(at); known != measured_.end()) {
      below = known->second;
      break;
    }
    Entry entry = entry_at(at);
    if (entry.kind != offset_delta && entry.kind != id_delta) {
      below = {static_cast<ObjectType>(entry.kind), entry.size, entry.size, entry.size, 0};
      measured_[at] = below;
      break;
    }
    deltas.emplace_back(at, entry);
    measured_[at] = {};  // what is met again on its own way is a circle
    at = entry.base;
  }
  for (auto delta = deltas.rbegin(); delta != deltas.rend(); ++delta) {
    below = with_delta(delta->second, below);
    measured_[delta->first] = below;
  }
  return below;
}

std::shared_ptr<const std::string> PackFile::inflated(const Entry& entry) const {
  if (entry.size > largest_object) return nullptr;
  auto bytes = std::make_shared<std::string>(entry.size, '\0');
  InflateStream stream(pack_.get(), entry.data);
  bool is_whole = stream.fill(bytes->data(), bytes->size()) == bytes->size() && stream.ended();
  return is_whole ? bytes : nullptr;
}

std::shared_ptr<const std::string> PackFile::unpack(uint64_t offset, BaseCache& cache) {
  std::vector<std::pair<uint64_t, Entry>> deltas;
  std::shared_ptr<const std::string> bytes;
  for (uint64_t at = offset; !bytes;) {
    bytes = cache.find({this, at});
    if (bytes) break;
    Entry entry = entry_at(at);
    if (entry.kind == 0 || deltas.size() > deepest) return nullptr;
    if (entry.kind != offset_delta && entry.kind != id_delta) {
      bytes = inflated(entry);
      if (!bytes) return nullptr;
      cache.keep({this, at}, bytes);
      break;
    }
    deltas.emplace_back(at, entry);
    at = entry.base;
  }
  for (auto delta = deltas.rbegin(); bytes && delta != deltas.rend(); ++delta) {
    std::shared_ptr<const std::string> changes = inflated(delta->second);
    bytes = changes ? Patch(*changes, *bytes).run() : nullptr;
    if (bytes) cache.keep({this, delta->first}, bytes);
  }
  return bytes;
}

}  // namespace tfcheck
