#include "base/parallel.h"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace tfcheck;

TEST_CASE("every task runs once, whatever the threads") {
  for (unsigned threads : {0u, 1u, 2u, 8u, 200u}) {
    CAPTURE(threads);
    std::vector<std::atomic<int>> runs(100);
    run_parallel(threads, runs.size(), [&](size_t i) { ++runs[i]; });
    CHECK(std::all_of(runs.begin(), runs.end(), [](const auto& count) { return count == 1; }));
  }
  run_parallel(4, 0, [](size_t) { FAIL("no task, no call"); });
}

TEST_CASE("an exception of a task reaches the caller after the others have ended") {
  for (unsigned threads : {1u, 2u, 8u}) {
    CAPTURE(threads);
    std::atomic<int> running{0};
    auto work = [&](size_t i) {
      ++running;
      std::this_thread::yield();
      --running;
      if (i % 10 == 3) throw std::runtime_error(std::to_string(i));
    };
    CHECK_THROWS_WITH(run_parallel(threads, 100, work), "3");
    CHECK(running == 0);
  }
}
