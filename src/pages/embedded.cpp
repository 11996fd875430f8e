#include "pages/embedded.h"

#include <zlib.h>

#include <cassert>
#include <map>
#include <mutex>
#include <string>

#include "pages/page_source.h"

namespace tfcheck {

std::string pack_bytes(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string packed(size, '\0');
  [[maybe_unused]] int done = compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                                        reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_BEST_COMPRESSION);
  assert(done == Z_OK);
  packed.resize(size);
  return packed;
}

std::string unpack_bytes(PackedBytes bytes) {
  std::string all(bytes.size, '\0');
  uLongf size = bytes.size;
  [[maybe_unused]] int done = uncompress(reinterpret_cast<Bytef*>(all.data()), &size,
                                         reinterpret_cast<const Bytef*>(bytes.packed.data()), bytes.packed.size());
  assert(done == Z_OK && size == bytes.size);
  return all;
}

std::string_view page_text_of(const EmbeddedRules& embedded, size_t number) {
  static std::mutex reading;
  static std::map<const EmbeddedRules*, std::string> unpacked;
  assert(number < embedded.pages.size());
  std::lock_guard lock(reading);
  auto [all, fresh] = unpacked.try_emplace(&embedded);
  if (fresh) all->second = unpack_bytes(embedded.page_texts);
  return std::string_view(all->second).substr(embedded.pages[number].begin, embedded.pages[number].size);
}

std::string_view PageSource::text() const {
  return embedded_ ? page_text_of(*embedded_, number_) : std::string_view(text_);
}

}  // namespace tfcheck
