#include "fuzz/harness.h"

#include <cstdio>
#include <cstdlib>
#include <iterator>

namespace tfcheck::fuzz {

std::vector<Harness> all_harnesses() {
  std::vector<Harness> all;
  for (auto part : {adapter_harnesses(), page_harnesses(), report_harnesses(), repository_harnesses(),
                    git_file_harnesses(), audit_harnesses()})
    std::move(part.begin(), part.end(), std::back_inserter(all));
  return all;
}

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

TwoTexts split_input(std::string_view bytes) {
  size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return {bytes, {}};
  return {bytes.substr(0, end), bytes.substr(end + 1)};
}

}  // namespace tfcheck::fuzz
