#include "base/memory.h"

#include <unistd.h>

#include <string_view>

namespace tfcheck {

void end_out_of_memory() {
  constexpr std::string_view line = "tfcheck: error: out of memory\n";
  constexpr int exit_trouble = 2;
  // Nobody may listen on standard error; the exit code says it too.
  [[maybe_unused]] ssize_t ignored = ::write(STDERR_FILENO, line.data(), line.size());
  ::_exit(exit_trouble);
}

}  // namespace tfcheck
