// Object ids with a number each, in one block of memory: what is remembered of a history of millions of objects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "repo/object_id.h"

namespace tfcheck {

class IdTable {
 public:
  // Takes at most `most` entries; so many cost some 40 bytes each while the table grows.
  explicit IdTable(size_t most) : most_(most), slots_(first_size) {}

  size_t size() const { return count_; }
  bool is_full() const { return count_ >= most_; }

  // Where the number of an entry stands, and whether the entry is new; null when it is new and the table is full.
  std::pair<uint32_t*, bool> insert(const ObjectId& id, uint32_t number) {
    Slot* slot = place_of(id);
    if (slot->id) return {&slot->number, false};
    if (is_full()) return {nullptr, true};
    if ((count_ + 1) * 4 > slots_.size() * 3) {
      grow();
      slot = place_of(id);
    }
    *slot = {id, number};
    ++count_;
    return {&slot->number, true};
  }

  // The number of an id; null when it is not there.
  uint32_t* find(const ObjectId& id) {
    Slot* slot = place_of(id);
    return slot->id ? &slot->number : nullptr;
  }

 private:
  static constexpr size_t first_size = 1024;
  struct Slot {
    ObjectId id;
    uint32_t number = 0;
  };

  Slot* place_of(const ObjectId& id) {
    size_t mask = slots_.size() - 1;
    for (size_t at = ObjectIdHash()(id) & mask;; at = (at + 1) & mask) {
      Slot& slot = slots_[at];
      if (!slot.id || slot.id == id) return &slot;
    }
  }

  void grow() {
    std::vector<Slot> before(slots_.size() * 2);
    before.swap(slots_);
    for (const Slot& slot : before) {
      if (slot.id) *place_of(slot.id) = slot;
    }
  }

  size_t most_;
  size_t count_ = 0;
  std::vector<Slot> slots_;  // a power of two of them; those without an id are free
};

}  // namespace tfcheck
