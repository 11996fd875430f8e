// Lets threads do as much at once as there is memory for.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace tfcheck {

class WorkGate {
 public:
  // `most`: bytes of all that goes on at once. What alone is more goes on alone.
  explicit WorkGate(uint64_t most) : most_(most) {}

  class Pass {
   public:
    Pass(WorkGate& gate, uint64_t bytes) : gate_(gate), bytes_(std::min(bytes, gate.most_)) {
      std::unique_lock lock(gate_.mutex_);
      gate_.free_.wait(lock, [&] { return gate_.used_ + bytes_ <= gate_.most_; });
      gate_.used_ += bytes_;
    }
    ~Pass() {
      std::lock_guard lock(gate_.mutex_);
      gate_.used_ -= bytes_;
      gate_.free_.notify_all();
    }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;

   private:
    WorkGate& gate_;
    uint64_t bytes_;
  };

 private:
  const uint64_t most_;
  std::mutex mutex_;
  std::condition_variable free_;
  uint64_t used_ = 0;
};

}  // namespace tfcheck
