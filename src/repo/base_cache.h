// Unpacked objects that others are deltas of: those that were used last, up to a number of bytes.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace tfcheck {

class BaseCache {
 public:
  using Bytes = std::shared_ptr<const std::string>;
  // A pack and an offset in it.
  using Key = std::pair<const void*, uint64_t>;

  // Null when it is not kept.
  Bytes find(const Key& key);
  void keep(const Key& key, Bytes bytes);

 private:
  struct Kept {
    Key key;
    Bytes bytes;
  };

  std::mutex mutex_;
  std::list<Kept> used_;  // the last used first
  std::map<Key, std::list<Kept>::iterator> places_;
  size_t size_ = 0;
};

}  // namespace tfcheck
