#include "repo/index_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t shortest_entry = 62;
constexpr size_t longest_path = 4096;
// Version 4 says only how a path differs from the one before, so few bytes can stand for many.
constexpr size_t most_path_bytes = size_t{256} << 20;
// No index has more, split or not: positions in a base are cut here.
constexpr uint64_t most_entries = 10'000'000;

Error corrupt(std::string_view why = "it is truncated or corrupt") {
  return Error{std::string(why), "", 0, ""};
}

// Big-endian numbers and bytes out of a part of a file; reading beyond its end leaves `failed` behind.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  bool failed() const { return failed_; }
  size_t left() const { return bytes_.size() - at_; }
  size_t at() const { return at_; }

  std::string_view take(size_t count) {
    if (count > left()) failed_ = true;
    if (failed_) return {};
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  uint64_t number(size_t bytes) {
    uint64_t value = 0;
    for (char c : take(bytes)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  uint32_t word() { return static_cast<uint32_t>(number(4)); }
  ObjectId id() {
    std::string_view bytes = take(ObjectId::size);
    return failed_ ? ObjectId{} : object_id(bytes.data());
  }
  // Up to the next NUL, which is taken too.
  std::string_view text() {
    size_t end = bytes_.find('\0', at_);
    if (end == std::string_view::npos) failed_ = true;
    std::string_view found = take(failed_ ? 0 : end - at_);
    take(1);
    return found;
  }
  // Git's number of any length: seven bits a byte, each further byte counts one more.
  uint64_t variable() {
    uint64_t byte = number(1);
    uint64_t value = byte & 127;
    while (!failed_ && (byte & 128)) {
      if (value >= uint64_t{1} << 32) failed_ = true;
      byte = number(1);
      value = ((value + 1) << 7) + (byte & 127);
    }
    return value;
  }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  bool failed_ = false;
};

// The positions of the bits in an EWAH bitmap (git's ewah/): runs of equal words, each followed by literal words.
std::optional<std::vector<uint32_t>> read_bitmap(ByteReader& reader) {
  reader.word();  // size in bits
  uint64_t words = reader.word();
  if (words > reader.left() / 8) return std::nullopt;
  std::vector<uint32_t> positions;
  uint64_t bit = 0;
  while (words > 0 && !reader.failed()) {
    uint64_t head = reader.number(8);
    --words;
    uint64_t run = (head >> 1 & 0xffffffff) * 64;
    uint64_t literals = head >> 33;
    if (literals > words) return std::nullopt;
    if ((head & 1) && bit + run > most_entries) return std::nullopt;
    for (uint64_t i = 0; (head & 1) && i < run; ++i) positions.push_back(static_cast<uint32_t>(bit + i));
    bit += run;
    for (; literals > 0; --literals, --words, bit += 64) {
      uint64_t word = reader.number(8);
      if (word != 0 && bit > most_entries) return std::nullopt;
      for (uint32_t i = 0; i < 64; ++i) {
        if (word >> i & 1) positions.push_back(static_cast<uint32_t>(bit + i));
      }
    }
  }
  reader.word();  // where the last run is
  if (reader.failed()) return std::nullopt;
  return positions;
}

class IndexParser {
 public:
  explicit IndexParser(std::string bytes)
      : file_(std::move(bytes)), reader_(std::string_view(file_).substr(0, content_size())) {}

  Result<IndexData> run() {
    if (reader_.take(4) != "DIRC") return corrupt("it does not begin as an index does");
    version_ = reader_.word();
    uint64_t count = reader_.word();
    if (reader_.failed()) return corrupt();
    if (version_ < 2 || version_ > 4) return corrupt(fmt::format("its version {} is not known", version_));
    if (count > reader_.left() / (shortest_entry + 2)) return corrupt();
    if (!is_signed()) return corrupt("its checksum is wrong");
    data_.entries.reserve(count);
    paths_.reserve(64);  // never in the string itself, which moves
    for (uint64_t i = 0; i < count; ++i) {
      if (std::optional<Error> wrong = entry()) return *wrong;
    }
    while (reader_.left() > 0) {
      if (std::optional<Error> wrong = extension()) return *wrong;
    }
    data_.bytes = version_ == 4 ? std::move(paths_) : std::move(file_);
    for (size_t i = 0; i < places_.size(); ++i) {
      auto [at, size] = places_[i];
      data_.entries[i].path = std::string_view(data_.bytes).substr(at, size);
    }
    return std::move(data_);
  }

 private:
  struct Place {
    size_t at;
    size_t size;
  };

  size_t content_size() const { return file_.size() < ObjectId::size ? 0 : file_.size() - ObjectId::size; }

  // index.skipHash leaves zeros in the checksum's place.
  bool is_signed() {
    data_.checksum = object_id(file_.data() + content_size());
    return !data_.checksum || sha1(std::string_view(file_).substr(0, content_size())) == data_.checksum;
  }

  std::optional<Error> entry() {
    IndexEntry entry;
    size_t start = reader_.at();
    entry.changed_seconds = reader_.word();
    entry.changed_nanoseconds = reader_.word();
    entry.modified_seconds = reader_.word();
    entry.modified_nanoseconds = reader_.word();
    reader_.word();  // device
    entry.inode = reader_.word();
    entry.mode = reader_.word();
    reader_.take(8);  // owner and group
    entry.size = reader_.word();
    entry.id = reader_.id();
    uint64_t flags = reader_.number(2);
    uint64_t further = version_ >= 3 && (flags & 0x4000) ? reader_.number(2) : 0;
    entry.stage = static_cast<uint8_t>(flags >> 12 & 3);
    entry.is_promised_only = (further & 0x2000) != 0;
    std::optional<Error> wrong = version_ == 4 ? packed_path() : padded_path(start, flags & 0xfff);
    if (!wrong && reader_.failed()) wrong = corrupt();
    data_.entries.push_back(entry);
    return wrong;
  }

  // A length of 0xfff is one that does not fit. One to eight NULs end each entry at a multiple of eight bytes.
  std::optional<Error> padded_path(size_t start, size_t length) {
    size_t at = reader_.at();
    if (length == 0xfff) {
      length = reader_.text().size();
    } else {
      reader_.take(length);
      reader_.take(1);
    }
    if (length > longest_path) return corrupt("it has a path of more than 4,096 bytes");
    size_t used = reader_.at() - start;
    reader_.take((8 - used % 8) % 8);
    places_.push_back({at, length});
    return std::nullopt;
  }

  std::optional<Error> packed_path() {
    Place before = places_.empty() ? Place{0, 0} : places_.back();
    uint64_t dropped = reader_.variable();
    std::string_view rest = reader_.text();
    if (dropped > before.size) return corrupt();
    size_t kept = before.size - dropped;
    if (kept + rest.size() > longest_path) return corrupt("it has a path of more than 4,096 bytes");
    if (paths_.size() + kept + rest.size() > most_path_bytes) return corrupt("its paths are unreasonably long");
    places_.push_back({paths_.size(), kept + rest.size()});
    paths_.append(paths_, before.at, kept).append(rest);
    return std::nullopt;
  }

  std::optional<Error> extension() {
    std::string_view name = reader_.take(4);
    std::string_view content = reader_.take(reader_.word());
    if (reader_.failed()) return corrupt();
    if (name == "link") return link(content);
    bool is_needed = name[0] < 'A' || name[0] > 'Z';
    if (is_needed && name != "sdir") {
      return corrupt(fmt::format("it needs the extension '{}', which is not known", printable(name)));
    }
    return std::nullopt;
  }

  std::optional<Error> link(std::string_view content) {
    ByteReader reader(content);
    data_.link.base = reader.id();
    if (reader.failed()) return corrupt();
    if (reader.left() == 0) return std::nullopt;
    std::optional<std::vector<uint32_t>> deleted = read_bitmap(reader);
    std::optional<std::vector<uint32_t>> replaced = deleted ? read_bitmap(reader) : std::nullopt;
    if (!replaced) return corrupt();
    data_.link.deleted = std::move(*deleted);
    data_.link.replaced = std::move(*replaced);
    return std::nullopt;
  }

  std::string file_;
  ByteReader reader_;
  uint32_t version_ = 0;
  std::string paths_;          // of version 4
  std::vector<Place> places_;  // of the entries' paths, in `file_` or `paths_`
  IndexData data_;
};

}  // namespace

Result<IndexData> parse_index(std::string bytes) {
  return IndexParser(std::move(bytes)).run();
}

}  // namespace tfcheck
