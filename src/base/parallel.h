// Running independent tasks on several threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace tfcheck {

// Calls work(0) … work(count - 1), each once, on `threads` threads (the caller's among them); returns when all are
// done.
template <typename Work>
void run_parallel(unsigned threads, size_t count, const Work& work) {
  std::atomic<size_t> next{0};
  auto take = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads && i < count; ++i) others.emplace_back(take);
  take();
  for (std::thread& other : others) other.join();
}

}  // namespace tfcheck
