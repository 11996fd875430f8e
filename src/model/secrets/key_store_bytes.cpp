#include "model/secrets/key_store_bytes.h"

#include <cstddef>
#include <cstdint>

namespace tfcheck {

namespace {

constexpr std::string_view jks = "\xfe\xed\xfe\xed", jceks = "\xce\xce\xce\xce";
constexpr uint32_t certificate_entry = 2;  // 1 is a private key, 3 a secret one
constexpr uint32_t most_entries = 10'000;

// Big-endian numbers and texts with their sizes in front; past the end it is spoilt and reads zeros.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  uint32_t number(size_t size) {
    if (!skip(0) || rest_.size() < size) return good_ = false, 0;
    uint32_t value = 0;
    for (size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(size);
    return value;
  }

  bool skip(size_t size) {
    good_ = good_ && size <= rest_.size();
    if (good_) rest_.remove_prefix(size);
    return good_;
  }

  bool good() const { return good_; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

// Magic, version and count; of each entry its tag, alias and date, of a certificate its type and body.
bool java_store_without_key(std::string_view bytes) {
  Reader reader(bytes.substr(jks.size()));
  uint32_t version = reader.number(4), count = reader.number(4);
  if (!reader.good() || version == 0 || version > 2 || count == 0 || count > most_entries) return false;
  for (uint32_t i = 0; i < count; ++i) {
    if (reader.number(4) != certificate_entry) return false;
    reader.skip(reader.number(2));
    reader.skip(8);
    if (version == 2) reader.skip(reader.number(2));
    reader.skip(reader.number(4));
    if (!reader.good()) return false;
  }
  return true;
}

// A sequence that begins with version 3 and the content type "data". Its keys lie in bags of their own, whose types
// stand in the clear; certificates are encrypted as a whole.
bool pkcs12_without_key(std::string_view bytes) {
  constexpr std::string_view version = "\x02\x01\x03", data = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01",
                             encrypted = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06",
                             bag = "\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01";
  constexpr size_t beginning = 48;
  if (bytes.size() < beginning || bytes[0] != '\x30') return false;
  std::string_view head = bytes.substr(0, beginning);
  bool store = head.find(version) != std::string_view::npos && head.find(data) != std::string_view::npos &&
               bytes.find(encrypted) != std::string_view::npos;
  return store && bytes.find(bag) == std::string_view::npos;
}

}  // namespace

bool holds_only_certificates(std::string_view bytes) {
  if (bytes.starts_with(jks) || bytes.starts_with(jceks)) return java_store_without_key(bytes);
  return pkcs12_without_key(bytes);
}

}  // namespace tfcheck
