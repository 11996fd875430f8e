#include "repo/base_cache.h"

namespace tfcheck {

namespace {

constexpr size_t most_bytes = size_t{24} << 20;

}  // namespace

BaseCache::Bytes BaseCache::find(const Key& key) {
  std::lock_guard lock(mutex_);
  auto found = places_.find(key);
  if (found == places_.end()) return nullptr;
  used_.splice(used_.begin(), used_, found->second);
  return found->second->bytes;
}

void BaseCache::keep(const Key& key, Bytes bytes) {
  std::lock_guard lock(mutex_);
  if (places_.contains(key) || bytes->size() > most_bytes / 2) return;
  size_ += bytes->size();
  used_.push_front({key, std::move(bytes)});
  places_[key] = used_.begin();
  while (size_ > most_bytes) {
    size_ -= used_.back().bytes->size();
    places_.erase(used_.back().key);
    used_.pop_back();
  }
}

}  // namespace tfcheck
