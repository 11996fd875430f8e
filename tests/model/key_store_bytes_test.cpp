#include "model/secrets/key_store_bytes.h"

#include <catch2/catch.hpp>

#include <string>

using namespace tfcheck;

namespace {

std::string number(size_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}

std::string text(std::string_view what) {
  return number(what.size(), 2).append(what);
}

// Tag, alias, date, type and body of a certificate; of a key only its body stands behind the date.
std::string entry(int tag, std::string_view body) {
  std::string out = number(static_cast<size_t>(tag), 4) + text("shop") + number(0, 8);
  if (tag == 2) out += text("X.509");
  return out + number(body.size(), 4).append(body);
}

std::string store(const std::string& entries, size_t count) {
  return "\xfe\xed\xfe\xed" + number(2, 4) + number(count, 4) + entries + std::string(20, 'h');
}

std::string pkcs12(bool key) {
  std::string bag = key ? std::string("\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x02", 13) : std::string();
  return std::string("\x30\x82\x04\x00\x02\x01\x03\x30\x82\x03\xf0\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01", 22) +
         std::string(40, 'a') + "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06" + std::string(40, 'b') + bag;
}

}  // namespace

TEST_CASE("a store of certificates is told from a store of keys without its password") {
  CHECK(holds_only_certificates(store(entry(2, "certificate") + entry(2, "another"), 2)));
  CHECK_FALSE(holds_only_certificates(store(entry(2, "certificate") + entry(1, "key"), 2)));
  CHECK_FALSE(holds_only_certificates(store(entry(3, "key"), 1)));
  CHECK_FALSE(holds_only_certificates(store(entry(2, "certificate"), 2)));  // cut off
  CHECK_FALSE(holds_only_certificates(store("", 0)));
  CHECK_FALSE(holds_only_certificates("\xfe\xed\xfe\xed"));
  CHECK(holds_only_certificates(pkcs12(false)));
  CHECK_FALSE(holds_only_certificates(pkcs12(true)));
  CHECK_FALSE(holds_only_certificates("0123 a text"));
  CHECK_FALSE(holds_only_certificates(""));
}
