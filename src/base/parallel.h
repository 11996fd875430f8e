// Running independent tasks on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tfcheck {

// Calls work(0) … work(count - 1), each once, on up to `threads` threads (the caller's among them); returns when all
// are done. Fewer threads than asked for do the same work. When a call throws, no new ones begin, those that run are
// waited for, and the exception of the lowest index is thrown again.
template <typename Work>
void run_parallel(unsigned threads, size_t count, const Work& work) {
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex failing;
  std::exception_ptr failure;
  size_t failure_index = count;
  auto attempt = [&](size_t i) {
    try {
      work(i);
    } catch (...) {
      std::lock_guard lock(failing);
      failed = true;
      if (i < failure_index) failure_index = i, failure = std::current_exception();
    }
  };
  auto take = [&] {
    while (!failed) {
      size_t i = next++;
      if (i >= count) return;
      attempt(i);
    }
  };
  std::vector<std::thread> others;
  size_t wanted = std::min<size_t>(threads, count);
  try {
    others.reserve(wanted);
    while (others.size() + 1 < wanted) others.emplace_back(take);
  } catch (const std::exception&) {
    // The system gives no more threads: those that there are do the work.
  }
  take();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace tfcheck
